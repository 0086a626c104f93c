/** Wine: 178 wines, 13 measures each, of three growers in one region of Italy (M. Forina et al.); it comes with the package. */
import { type ClassifiedPart, loadRows, type SmallTableOptions } from "./tables/loadRows.ts";

/**
 * `[[xTrain, yTrain], [xTest, yTest]]`: float32 tensors of 178 rows and 13 columns in all, named by `featureNames`,
 * int32 classes from 0 to 2, named by `targetNames`. They are the caller's to dispose. Nothing is downloaded.
 *
 * @throws ValueError for options out of range.
 * @example
 * ```ts
 * import { wine } from "@crease/datasets";
 * const [[xTrain], [xTest, yTest]] = await wine.loadData({ testSplit: 0.5 });
 * xTrain.shape; // => [89, 13]
 * yTest.shape; // => [89]
 * ```
 */
export async function loadData(
  options: SmallTableOptions = {},
): Promise<[train: ClassifiedPart, test: ClassifiedPart]> {
  const { rows } = await import("./tables/wineRows.ts");
  return loadRows("wine.loadData", rows, options);
}

/** What the columns hold. */
export const featureNames: readonly string[] = [
  "alcohol",
  "malic acid",
  "ash",
  "alcalinity of ash",
  "magnesium",
  "total phenols",
  "flavanoids",
  "nonflavanoid phenols",
  "proanthocyanins",
  "color intensity",
  "hue",
  "od280/od315 of diluted wines",
  "proline",
];

/** What the classes stand for. */
export const targetNames: readonly string[] = ["class_0", "class_1", "class_2"];
