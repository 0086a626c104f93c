/** The cases: what is measured, in which unit, and what every subject does the same way. */

/** The name of a case, as on the command line. */
export type CaseName = LibraryCase | PageCase;

/** The cases of a library in Node. */
export type LibraryCase = "chapter2" | "gemm" | "op" | "small-net" | "predict-one" | "evaluate" | "start-up";

/** The cases of the web demo's first page in a browser. */
export type PageCase = "frames" | "page-start";

/** What a case measures: one number for each run. */
export interface Case {
  readonly metric: string;
  readonly unit: string;
  /** What is done, for `--help`. */
  readonly work: string;
}

/** All cases, in the order in which they run. */
export const cases: { readonly [name in CaseName]: Case } = {
  chapter2: {
    metric: "fit",
    unit: "samples/s",
    work: "MNIST, 784-512-10, RMSprop, batches of 128, accuracy on; one value for each epoch after the first",
  },
  gemm: { metric: "512x512 by 512x512", unit: "GFLOP/s", work: "float32 matrix products" },
  op: { metric: "one op", unit: "µs", work: "add, neg, sum, add a number on 1-element tensors (their mean)" },
  "small-net": {
    metric: "fit",
    unit: "steps/s",
    work: "13-64-64-1, mean squared error, Adam, batches of 32; one value for each epoch after the first",
  },
  "predict-one": { metric: "predict", unit: "µs", work: "one sample through 13-64-64-1" },
  evaluate: {
    metric: "evaluate",
    unit: "samples/s",
    work: "the 10,000 test digits through 784-512-10, batches of 128",
  },
  "start-up": {
    metric: "import to first trained step",
    unit: "s",
    work: "from before the import until the loss of one step of chapter2's network is read",
  },
  frames: {
    metric: "first page of the demo, while it trains",
    unit: "frames/s",
    work: "chapter2 in a worker of the built web demo, in Chromium; five values in each round",
  },
  "page-start": {
    metric: "first page of the demo, from a cold cache",
    unit: "s",
    work: "from the navigation until a changed setting shows in the code, without waiting for MNIST; seven new browsers a round",
  },
};

/** The names of all cases. */
export const caseNames: readonly CaseName[] = Object.keys(cases) as CaseName[];
