/** The California housing prices of the 1990 census: 20640 districts, 8 inputs each, the median price in dollars. */
import { requireOneOf } from "@crease/backend";
import { loadTable, type TableOptions, type TablePart } from "./housingTable.ts";

/** How `loadData` finds the file, which rows it takes and how it divides them. */
export interface LoadDataOptions extends TableOptions {
  /** All 20640 rows, or the first 600. Default "large". */
  readonly version?: "large" | "small";
}

const op = "californiaHousing.loadData";
const smallRows = 600;

/**
 * `[[xTrain, yTrain], [xTest, yTest]]` in the order and division of Keras 3 `california_housing.load_data`: float32
 * tensors of shape (16512, 8), (16512), (4128, 8) and (4128), the caller's to dispose. The inputs are named by
 * `featureNames`.
 *
 * The file comes from `path` or `url` where given, else from the cache, else it is downloaded once, checked by SHA-256.
 *
 * @throws DataError where the file is missing, damaged or cannot be fetched; ValueError for options out of range.
 * @example
 * ```ts
 * import { californiaHousing } from "@crease/datasets";
 * const load = () => californiaHousing.loadData({ version: "small" });
 * typeof load; // => function
 * ```
 */
export async function loadData(options: LoadDataOptions = {}): Promise<[train: TablePart, test: TablePart]> {
  const { version = "large" } = options;
  requireOneOf(op, "version", version, ["large", "small"]);
  return loadTable(
    {
      op,
      folder: "california-housing",
      name: "california_housing.npz",
      origin: "https://storage.googleapis.com/tensorflow/tf-keras-datasets",
      hash: "1a2e3a52e0398de6463aebe6f4a8da34fb21fbb6b934cf88c3425e766f2a1a6f",
      limit: 2 ** 24,
    },
    options,
    version === "small" ? smallRows : undefined,
  );
}

/** What the inputs are, in order: median income in tens of thousands of dollars, ages in years, averages per household, degrees. */
export const featureNames: readonly string[] = [
  "MedInc",
  "HouseAge",
  "AveRooms",
  "AveBedrms",
  "Population",
  "AveOccup",
  "Latitude",
  "Longitude",
];
