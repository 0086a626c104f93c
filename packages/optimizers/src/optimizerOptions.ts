/** The options that all optimizers share. */
import { type OptionNames, requireInteger, requireNumber, ValueError } from "@crease/backend";
import type { LearningRate } from "./learningRate.ts";

/** Names, defaults and meaning as in Keras 3; null stands for none. */
export interface OptimizerOptions {
  readonly learningRate?: LearningRate;
  /** Decoupled decay: before each step a variable is scaled by `1 - learningRate * weightDecay`. */
  readonly weightDecay?: number | null;
  /** The largest Euclidean norm of each gradient; larger ones are scaled down to it. */
  readonly clipnorm?: number | null;
  /** The largest magnitude of each element of a gradient. */
  readonly clipvalue?: number | null;
  /** The largest Euclidean norm of all gradients together. */
  readonly globalClipnorm?: number | null;
  /** Whether an exponential moving average of each variable is kept. */
  readonly useEma?: boolean;
  /** What remains of the average at each step; 0.99 unless said. */
  readonly emaMomentum?: number;
  /** Every so many steps the variables are set to their averages; never without it. */
  readonly emaOverwriteFrequency?: number | null;
  /** What `scaleLoss` multiplies by, and gradients are divided by. */
  readonly lossScaleFactor?: number | null;
  /** Variables change only every so many calls, by the mean of the gradients since. */
  readonly gradientAccumulationSteps?: number | null;
  readonly name?: string;
}

/** The names of the options that a class takes besides those that all take. */
export type OwnNames<O extends OptimizerOptions> = OptionNames<Omit<O, keyof OptimizerOptions>>;

/** The names of the options that all optimizers share. */
export const sharedNames: OptionNames<OptimizerOptions> = {
  learningRate: true,
  weightDecay: true,
  clipnorm: true,
  clipvalue: true,
  globalClipnorm: true,
  useEma: true,
  emaMomentum: true,
  emaOverwriteFrequency: true,
  lossScaleFactor: true,
  gradientAccumulationSteps: true,
  name: true,
};

/** @throws ValueError for options that are no object: a rate by position. */
export function requireOptionsObject(op: string, options: OptimizerOptions): void {
  if (typeof options === "object" && options !== null) return;
  const problem = `the options are ${options === null ? "null" : `a ${typeof options}`}`;
  throw new ValueError({ op, problem, fix: `Write new ${op}({ learningRate: 0.01 })` });
}

/** All shared options but the rate and the name, filled in. */
export interface FilledOptions {
  readonly weightDecay: number | null;
  readonly clipnorm: number | null;
  readonly clipvalue: number | null;
  readonly globalClipnorm: number | null;
  readonly useEma: boolean;
  readonly emaMomentum: number;
  readonly emaOverwriteFrequency: number | null;
  readonly lossScaleFactor: number | null;
  readonly gradientAccumulationSteps: number | null;
}

/** Options with Keras's defaults. @throws ValueError for numbers out of range and for two ways of clipping at once. */
export function fillOptions(op: string, options: OptimizerOptions): FilledOptions {
  const filled: FilledOptions = {
    weightDecay: options.weightDecay ?? null,
    clipnorm: options.clipnorm ?? null,
    clipvalue: options.clipvalue ?? null,
    globalClipnorm: options.globalClipnorm ?? null,
    useEma: options.useEma ?? false,
    emaMomentum: options.emaMomentum ?? 0.99,
    emaOverwriteFrequency: options.emaOverwriteFrequency ?? null,
    lossScaleFactor: options.lossScaleFactor ?? null,
    gradientAccumulationSteps: options.gradientAccumulationSteps ?? null,
  };
  const { weightDecay, emaMomentum, emaOverwriteFrequency, gradientAccumulationSteps, lossScaleFactor } = filled;
  const clips = (["clipnorm", "clipvalue", "globalClipnorm"] as const).filter((name) => filled[name] !== null);
  if (clips.length > 1)
    throw new ValueError({ op, problem: `${clips.join(" and ")} are both set`, fix: "Clip in one way only" });
  for (const name of clips) requireNumber(op, name, filled[name] as number, { above: 0 });
  if (weightDecay !== null) requireNumber(op, "weightDecay", weightDecay, { min: 0 });
  requireNumber(op, "emaMomentum", emaMomentum, { min: 0, max: 1 });
  if (emaOverwriteFrequency !== null) requireInteger(op, "emaOverwriteFrequency", emaOverwriteFrequency, { min: 1 });
  if (gradientAccumulationSteps !== null)
    requireInteger(op, "gradientAccumulationSteps", gradientAccumulationSteps, { min: 2 });
  if (lossScaleFactor !== null) requireNumber(op, "lossScaleFactor", lossScaleFactor, { above: 0 });
  return filled;
}
