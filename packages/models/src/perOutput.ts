/** What `compile` is given for each output of a model: by name, by position, or the same for all. */
import { type OptionNames, requireOptions, suggestName, ValueError } from "@crease/backend";
import { getLoss, type LossLike } from "@crease/losses";
import { getMetric, type MetricLike } from "@crease/metrics";
import type { getOptimizer } from "@crease/optimizers";
import type { HeadOptions } from "./head.ts";

/** One value for each output: by position, or by name. */
export type PerOutput<T> = readonly T[] | { readonly [output: string]: T };

/** The metrics of one output. */
export type OutputMetrics = MetricLike | readonly MetricLike[] | null;

/** What `model.compile` takes. */
export interface CompileOptions {
  /** Default `"rmsprop"`. */
  readonly optimizer?: Parameters<typeof getOptimizer>[0];
  /** For all outputs, or for each by position or name. Without one, only losses that layers add are minimised. */
  readonly loss?: LossLike | null | PerOutput<LossLike | null>;
  /** What the loss of each output counts in the sum, default 1. */
  readonly lossWeights?: number | PerOutput<number> | null;
  /**
   * Names, metrics or functions; of several outputs a list of them for each, by position or name. Sample weights do
   * not count in them.
   */
  readonly metrics?: PerOutput<OutputMetrics>;
  /** The same, weighted by sample and class weights. */
  readonly weightedMetrics?: PerOutput<OutputMetrics>;
}

const optionNames: OptionNames<CompileOptions> = {
  optimizer: true,
  loss: true,
  lossWeights: true,
  metrics: true,
  weightedMetrics: true,
};

/** Shapes of sparse labels: what "crossentropy" and "accuracy" mean then exists in any case. */
export const sparseShapes: { readonly yTrueShape: readonly number[]; readonly yPredShape: readonly number[] } = {
  yTrueShape: [1],
  yPredShape: [1, 2],
};

/** @throws ValueError for names of options, losses and metrics that do not exist; what they mean depends on shapes seen later. */
export function checkNames(options: CompileOptions): void {
  requireOptions("compile", options, optionNames);
  const { loss, metrics = [], weightedMetrics = [] } = options;
  for (const [name, given] of Object.entries({ metrics, weightedMetrics }))
    if (typeof given !== "object" || given === null)
      throw new ValueError({
        op: "compile",
        problem: `${name} is ${typeof given === "string" ? JSON.stringify(given) : String(given)}`,
        fix: 'Give a list such as ["accuracy"]',
      });
  for (const like of lossesIn(loss)) if (like !== null) getLoss(like, sparseShapes);
  for (const like of [metrics, weightedMetrics].flatMap((given) => Object.values(given).flat()))
    if (like !== null) getMetric(like as MetricLike, sparseShapes);
}

/** All losses that were given. */
function lossesIn(loss: CompileOptions["loss"]): readonly (LossLike | null)[] {
  if (loss === undefined || loss === null) return [];
  return isPerOutput(loss) ? Object.values(loss) : [loss];
}

/** The loss that an output has, where its name and position are known. */
export function lossFor(loss: CompileOptions["loss"], name: string, position: number): LossLike | null {
  if (loss === undefined || loss === null) return null;
  return isPerOutput(loss) ? (entryOf(loss, name, position) ?? null) : loss;
}

/**
 * The options by output.
 *
 * @throws ValueError for a name that no output has, and for lists of another length than there are outputs.
 */
export function headOptions(options: CompileOptions, names: readonly string[]): readonly HeadOptions[] {
  const { loss, lossWeights, metrics, weightedMetrics } = options;
  if (loss && isPerOutput(loss)) checkOutputs("loss", loss, names);
  if (lossWeights && isPerOutput(lossWeights)) checkOutputs("lossWeights", lossWeights, names);
  if (typeof lossWeights === "number" && names.length > 1)
    throw new ValueError({
      op: "compile",
      problem: `lossWeights is one number for ${names.length} outputs`,
      fix: `Give one for each of: ${names.join(", ")}`,
    });
  return names.map((name, i) => ({
    name,
    prefix: names.length > 1 ? `${name}_` : "",
    loss: lossFor(loss, name, i),
    lossWeight: typeof lossWeights === "number" ? lossWeights : lossWeights ? entryOf(lossWeights, name, i) : undefined,
    metrics: metricsFor("metrics", metrics, names, i),
    weightedMetrics: metricsFor("weightedMetrics", weightedMetrics, names, i),
  }));
}

function metricsFor(
  what: string,
  metrics: PerOutput<OutputMetrics> | undefined,
  names: readonly string[],
  position: number,
): readonly MetricLike[] {
  if (metrics === undefined || (Array.isArray(metrics) && metrics.length === 0)) return [];
  const some = (given: OutputMetrics | undefined): readonly MetricLike[] =>
    (Array.isArray(given) ? given : [given ?? []]).flat() as readonly MetricLike[];
  // One output takes all of a list; by name it is checked like several.
  if (names.length === 1 && Array.isArray(metrics)) return metrics.flatMap(some);
  checkOutputs(what, metrics, names);
  return some(entryOf(metrics, names[position] as string, position));
}

/** Whether it is a list or a plain object: losses are neither. */
function isPerOutput<T>(value: T | PerOutput<T>): value is PerOutput<T> {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

function entryOf<T>(values: PerOutput<T>, name: string, position: number): T | undefined {
  if (Array.isArray(values)) return values[position];
  const byName = values as { readonly [output: string]: T };
  // The only output of a model without names is whatever it is called.
  if (name === "") return Object.values(byName)[0];
  return Object.hasOwn(byName, name) ? byName[name] : undefined;
}

function checkOutputs(what: string, values: PerOutput<unknown>, names: readonly string[]): void {
  if (Array.isArray(values)) {
    if (values.length === names.length) return;
    throw new ValueError({
      op: "compile",
      problem: `${what} has ${values.length} entries for ${names.length} output${names.length === 1 ? "" : "s"}`,
      fix: names[0] ? `Give one for each of: ${names.join(", ")}` : "Give one for each output",
    });
  }
  const given = Object.keys(values);
  const isOnly = names.length === 1 && names[0] === "" && given.length === 1;
  const unknown = given.find((name) => !names.includes(name));
  if (isOnly || unknown === undefined) return;
  throw new ValueError({
    op: "compile",
    problem: `${what} is given for the output "${unknown}", which the model has not`,
    fix: suggestName(unknown, names),
  });
}
