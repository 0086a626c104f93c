/** Data sets by name, a line each; their code is loaded when they are asked for. */
import type { Load } from "./trainingData.ts";

/** A data set that has a name. */
export interface DataSet {
  /** What help says of it. */
  readonly summary: string;
  open(): Promise<Load>;
}

/** All data sets by name. */
export const dataSets: { readonly [name: string]: DataSet } = {
  mnist: { summary: "70,000 handwritten digits, 28 x 28", open: async () => (await pictures()).pictures("mnist") },
  fashionMnist: { summary: "70,000 clothes, 28 x 28", open: async () => (await pictures()).pictures("fashionMnist") },
  cifar10: { summary: "60,000 photos of 10 things, 32 x 32", open: async () => (await pictures()).pictures("cifar10") },
  cifar100: { summary: "60,000 photos of 100 things", open: async () => (await pictures()).pictures("cifar100") },
  bostonHousing: { summary: "506 prices of houses", open: async () => (await housing()).housing("bostonHousing") },
  californiaHousing: { summary: "20,640 prices", open: async () => (await housing()).housing("californiaHousing") },
};

function pictures(): Promise<typeof import("./pixelData.ts")> {
  return import("./pixelData.ts");
}

function housing(): Promise<typeof import("./housingData.ts")> {
  return import("./housingData.ts");
}
