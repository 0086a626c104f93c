/** Data sets: well-known ones, files of your own, and input pipelines. */
export type { ArrayFileOptions, ArrayFileSource } from "./arrayFile.ts";
export * as bostonHousing from "./bostonHousing.ts";
export * as breastCancer from "./breastCancer.ts";
export { cacheFolder } from "./cacheFolder.ts";
export * as californiaHousing from "./californiaHousing.ts";
export * as cifar10 from "./cifar10.ts";
export * as cifar100 from "./cifar100.ts";
export type { CifarOptions, CifarPart } from "./cifarArchive.ts";
export { CsvDataset, csvDataset } from "./csv/csvDataset.ts";
export type { CsvDatasetOptions, CsvFormatOptions, CsvSchemaOptions } from "./csv/csvOptions.ts";
export { type CsvColumn, type CsvRole, type CsvSchema, type CsvType, csvFeatureNames } from "./csv/csvSchema.ts";
export { type CsvRow, encodeCsvRows } from "./csv/encodeCsvRows.ts";
export type { Decimal } from "./csv/numberText.ts";
export { readCsvSchema } from "./csv/readCsvSchema.ts";
export type { CsvElement } from "./csv/rowStore.ts";
export type { CsvSource } from "./csv/source.ts";
export { Dataset } from "./dataset.ts";
export type { BatchOptions, DatasetState, GeneratorOptions, PassOptions, ShuffleOptions } from "./datasetOptions.ts";
export type { OnProgress } from "./download.ts";
export { disposeElement, type Element, type Feature, tensorsOf } from "./element.ts";
export * as fashionMnist from "./fashionMnist.ts";
export { type BlobsOptions, blobs } from "./generated/blobs.ts";
export { type CirclesOptions, circles } from "./generated/circles.ts";
export { moons } from "./generated/moons.ts";
export type { Points, PointsOptions } from "./generated/points.ts";
export { type SpiralsOptions, spirals } from "./generated/spirals.ts";
export { xor } from "./generated/xor.ts";
export { type GetFileOptions, getFile } from "./getFile.ts";
export type { TableOptions, TablePart } from "./housingTable.ts";
export {
  type IdxArray,
  type IdxData,
  type IdxDType,
  type IdxSource,
  type ReadIdxOptions,
  readIdx,
  writeIdx,
} from "./idx.ts";
export {
  ImageDataset,
  type ImageDatasetOptions,
  type ImageElement,
  imageDatasetFromDirectory,
} from "./images/imageDatasetFromDirectory.ts";
export type { ImageOptions } from "./images/imageOptions.ts";
export type { ColorMode } from "./images/pixels.ts";
export { type ReadImageOptions, readImage } from "./images/readImage.ts";
export type { Interpolation } from "./images/resize.ts";
export * as imdb from "./imdb.ts";
export * as iris from "./iris.ts";
export type { LabelledTexts } from "./labelledTexts.ts";
export type { SourceOptions } from "./loadFile.ts";
export { type LoadNpzOptions, loadNpz } from "./loadNpz.ts";
export * as mnist from "./mnist.ts";
export type { NamedFileOptions } from "./namedFile.ts";
export { type NpzDatasetOptions, type NpzElement, npzDataset } from "./npzDataset.ts";
export { type PadSequencesOptions, padSequences } from "./padSequences.ts";
export * as reuters from "./reuters.ts";
export { type SplitDatasetOptions, splitDataset } from "./splitDataset.ts";
export type { ClassifiedPart, SmallTableOptions } from "./tables/loadRows.ts";
export {
  type TimeseriesElement,
  type TimeseriesOptions,
  timeseriesDatasetFromArray,
} from "./timeseriesDatasetFromArray.ts";
export * as wine from "./wine.ts";
export type { SequenceOptions } from "./wordSequences.ts";
export { writeWhole } from "./writeWhole.ts";
