/** Data sets by name, a line each; their code is loaded when they are asked for. */
import type { Load } from "./trainingData.ts";

/** A data set that has a name. */
export interface DataSet {
  /** What help says of it. */
  readonly summary: string;
  /** Whether it is downloaded at its first use, unless a package brings it. */
  readonly isDownloaded: boolean;
  open(): Promise<Load>;
}

/** All data sets by name. */
export const dataSets: { readonly [name: string]: DataSet } = {
  mnist: downloaded("70,000 handwritten digits, 28 x 28", async () => (await pixels()).pictures("mnist")),
  fashionMnist: downloaded("70,000 clothes of 10 kinds, 28 x 28", async () =>
    (await pixels()).pictures("fashionMnist"),
  ),
  cifar10: downloaded("60,000 photos of 10 things, 32 x 32", async () => (await pixels()).pictures("cifar10")),
  cifar100: downloaded("60,000 photos of 100 things, 32 x 32", async () => (await pixels()).pictures("cifar100")),
  imdb: downloaded("50,000 film reviews, good or bad", async () => (await texts()).texts("imdb")),
  reuters: downloaded("11,228 news of 46 topics", async () => (await texts()).texts("reuters")),
  bostonHousing: downloaded("506 prices of houses", async () => (await tables()).table("bostonHousing")),
  californiaHousing: downloaded("20,640 prices of houses", async () => (await tables()).table("californiaHousing")),
  iris: included("150 flowers of 3 kinds", async () => (await tables()).table("iris")),
  wine: included("178 wines of 3 kinds", async () => (await tables()).table("wine")),
  breastCancer: included("569 tumours, malignant or benign", async () => (await tables()).table("breastCancer")),
  moons: included("two half circles of points", async () => (await points()).points("moons")),
  circles: included("a circle of points within another", async () => (await points()).points("circles")),
  spirals: included("two arms of points", async () => (await points()).points("spirals")),
  blobs: included("three heaps of points", async () => (await points()).points("blobs")),
};

function downloaded(summary: string, open: () => Promise<Load>): DataSet {
  return { summary, isDownloaded: true, open };
}

function included(summary: string, open: () => Promise<Load>): DataSet {
  return { summary, isDownloaded: false, open };
}

function pixels(): Promise<typeof import("./pixelData.ts")> {
  return import("./pixelData.ts");
}

function texts(): Promise<typeof import("./textSets.ts")> {
  return import("./textSets.ts");
}

function tables(): Promise<typeof import("./tableSets.ts")> {
  return import("./tableSets.ts");
}

function points(): Promise<typeof import("./pointSets.ts")> {
  return import("./pointSets.ts");
}
