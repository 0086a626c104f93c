/** Data sets: MNIST, the IDX file format, and input pipelines. */
export { Dataset } from "./dataset.ts";
export type { BatchOptions, DatasetState, GeneratorOptions, PassOptions, ShuffleOptions } from "./datasetOptions.ts";
export { disposeElement, type Element, type Feature, tensorsOf } from "./element.ts";
export {
  type IdxArray,
  type IdxData,
  type IdxDType,
  type IdxSource,
  type ReadIdxOptions,
  readIdx,
  writeIdx,
} from "./idx.ts";
export type { SourceOptions } from "./loadFile.ts";
export * as mnist from "./mnist.ts";
export { writeWhole } from "./writeWhole.ts";
