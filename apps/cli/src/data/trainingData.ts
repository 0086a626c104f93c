/** What a model is trained on, whatever file or data set it came from. */
import type { Dataset } from "@crease/datasets";
import type { Config } from "../configSchema.ts";
import type { Task } from "../task.ts";

/**
 * How inputs are made of what people have, as plain values that JSON holds: `crease predict` reads it from the run.
 * `image`: pixels divided by 255, `[height, width, channels]`, or all in one axis where `flat`; `table`: the rows of a
 * CSV by its schema; `words`: 1 for each word number that a text has, else 0; `array`: numbers less `mean` over `stddev`, where they have
 * those, else as they are, bytes divided by 255.
 */
export type InputKind =
  | {
      readonly kind: "image";
      readonly height: number;
      readonly width: number;
      readonly channels: 1 | 3;
      readonly flat: boolean;
    }
  | { readonly kind: "table"; readonly schema: unknown }
  | { readonly kind: "words"; readonly count: number }
  | { readonly kind: "array"; readonly mean?: readonly number[]; readonly stddev?: readonly number[] };

/** The parts of a data set. */
export type Part = "train" | "validation" | "test";

/** A data set, ready to train on. */
export interface TrainingData {
  /** What reports call it: `mnist`, `houses.csv`. */
  readonly name: string;
  readonly task: Task;
  readonly input: InputKind;
  /** Shape of one sample's input. */
  readonly inputShape: readonly number[];
  /** Number of samples in each part. */
  readonly counts: { readonly [P in Part]: number };
  /** What was inferred, a line each for people. */
  readonly notes: readonly string[];
  /** Changes when the data do; undefined where they cannot. */
  readonly digest: string | undefined;
  /** What trains something sensible. */
  readonly defaults: TrainingDefaults;
  /** A part in batches `[x, y]` (those of a CSV have the size that was set): int32 classes `[n]` or float32 numbers `[n, outputs]`; `train` in another order in each pass. */
  batches(part: Part, batchSize: number): Dataset;
}

/** What a training is like unless it is told otherwise. */
export interface TrainingDefaults {
  /** Neurons of the hidden layers. */
  readonly hidden: readonly number[];
  readonly epochs: number;
  readonly batchSize: number;
}

/** The settings that decide how data are read. */
export type DataSettings = Pick<
  Config,
  "target" | "features" | "task" | "validationSplit" | "imageSize" | "channels" | "limit" | "batchSize"
> & { readonly data: string; readonly seed: number };

/** How data of one kind are loaded. @throws DataError where they are missing, damaged or of another kind. */
export type Load = (settings: DataSettings) => Promise<TrainingData>;

/** So many steps train small data well enough; large data get five epochs. */
const stepsWanted = 1500;

/** Epochs and batches for so many samples. */
export function defaultsFor(samples: number, hidden: readonly number[]): TrainingDefaults {
  const batchSize = samples < 10_000 ? 32 : 128;
  const epochs = Math.ceil(stepsWanted / Math.ceil(samples / batchSize));
  return { hidden, batchSize, epochs: Math.min(Math.max(epochs, 5), 100) };
}
