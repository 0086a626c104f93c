/** The Boston housing prices of 1978: 506 districts, 13 inputs each, the median price in thousands of dollars. */
import { loadTable, type TableOptions, type TablePart } from "./housingTable.ts";

/**
 * `[[xTrain, yTrain], [xTest, yTest]]` in the order and division of Keras 3 `boston_housing.load_data`: float32 tensors
 * of shape (404, 13), (404), (102, 13) and (102), the caller's to dispose.
 *
 * The table has an input made from the share of Black residents, on the assumption that segregation raises prices: it
 * is here for old examples only. For a price to predict, use `californiaHousing`.
 *
 * The file comes from `path` or `url` where given, else from the cache, else it is downloaded once, 57 kB, checked by SHA-256.
 *
 * @throws DataError where the file is missing, damaged or cannot be fetched; ValueError for options out of range.
 * @example
 * ```ts
 * import { bostonHousing } from "@crease/datasets";
 * const load = () => bostonHousing.loadData({ testSplit: 0.1 });
 * typeof load; // => function
 * ```
 */
export async function loadData(options: TableOptions = {}): Promise<[train: TablePart, test: TablePart]> {
  return loadTable(
    {
      op: "bostonHousing.loadData",
      folder: "boston-housing",
      name: "boston_housing.npz",
      origin: "https://storage.googleapis.com/tensorflow/tf-keras-datasets",
      hash: "f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5",
      limit: 2 ** 22,
    },
    options,
  );
}
