/** Breast cancer: 569 tumours, 30 measures of cell nuclei each, malignant or benign (W. H. Wolberg et al. 1995); it comes with the package. */
import { type ClassifiedPart, loadRows, type SmallTableOptions } from "./tables/loadRows.ts";

/**
 * `[[xTrain, yTrain], [xTest, yTest]]`: float32 tensors of 569 rows and 30 columns in all, named by `featureNames`,
 * int32 classes 0 and 1, named by `targetNames`. They are the caller's to dispose. Nothing is downloaded.
 *
 * @throws ValueError for options out of range.
 * @example
 * ```ts
 * import { breastCancer } from "@crease/datasets";
 * const [[xTrain, yTrain], [xTest]] = await breastCancer.loadData();
 * xTrain.shape; // => [455, 30]
 * xTest.shape; // => [114, 30]
 * breastCancer.targetNames; // => ["malignant", "benign"]
 * ```
 */
export async function loadData(
  options: SmallTableOptions = {},
): Promise<[train: ClassifiedPart, test: ClassifiedPart]> {
  const { rows } = await import("./tables/breastCancerRows.ts");
  return loadRows("breastCancer.loadData", rows, options);
}

const measures: readonly string[] = [
  "radius",
  "texture",
  "perimeter",
  "area",
  "smoothness",
  "compactness",
  "concavity",
  "concave points",
  "symmetry",
  "fractal dimension",
];

/** What the columns hold: of each measure its mean over the nuclei, then its standard error, then the worst of it. */
export const featureNames: readonly string[] = [
  ...measures.map((measure) => `mean ${measure}`),
  ...measures.map((measure) => `${measure} error`),
  ...measures.map((measure) => `worst ${measure}`),
];

/** What the classes stand for. */
export const targetNames: readonly string[] = ["malignant", "benign"];
