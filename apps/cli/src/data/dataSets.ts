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
  mnist: {
    summary: "70,000 handwritten digits, 28 x 28",
    open: async () => (await import("./mnistData.ts")).loadDigits,
  },
};
