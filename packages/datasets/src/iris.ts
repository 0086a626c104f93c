/** Iris: 150 flowers, four measures each, of three species (R. A. Fisher 1936); it comes with the package. */
import { type ClassifiedPart, loadRows, type SmallTableOptions } from "./tables/loadRows.ts";

/**
 * `[[xTrain, yTrain], [xTest, yTest]]`: float32 tensors of 150 rows and 4 columns in all, named by `featureNames`, int32
 * classes from 0 to 2, named by `targetNames`. They are the caller's to dispose. Nothing is downloaded.
 *
 * @throws ValueError for options out of range.
 * @example
 * ```ts
 * import { iris } from "@crease/datasets";
 * const [[xTrain, yTrain], [xTest]] = await iris.loadData({ testSplit: 0.2, seed: 1 });
 * xTrain.shape; // => [120, 4]
 * yTrain.dtype; // => int32
 * xTest.shape; // => [30, 4]
 * iris.targetNames; // => ["setosa", "versicolor", "virginica"]
 * ```
 */
export async function loadData(
  options: SmallTableOptions = {},
): Promise<[train: ClassifiedPart, test: ClassifiedPart]> {
  const { rows } = await import("./tables/irisRows.ts");
  return loadRows("iris.loadData", rows, options);
}

/** What the columns hold. */
export const featureNames: readonly string[] = [
  "sepal length (cm)",
  "sepal width (cm)",
  "petal length (cm)",
  "petal width (cm)",
];

/** What the classes stand for. */
export const targetNames: readonly string[] = ["setosa", "versicolor", "virginica"];
