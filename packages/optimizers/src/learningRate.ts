/** What an optimizer takes as learning rate, and its form in configurations. */
import { suggestName, ValueError } from "@crease/backend";
import { CosineDecay } from "./schedules/cosineDecay.ts";
import { CosineDecayRestarts } from "./schedules/cosineDecayRestarts.ts";
import { ExponentialDecay } from "./schedules/exponentialDecay.ts";
import { InverseTimeDecay } from "./schedules/inverseTimeDecay.ts";
import { LearningRateSchedule } from "./schedules/learningRateSchedule.ts";
import { PiecewiseConstantDecay } from "./schedules/piecewiseConstantDecay.ts";
import { PolynomialDecay } from "./schedules/polynomialDecay.ts";

/** A number, a schedule, or any function of the step (the first being 0). */
export type LearningRate = number | LearningRateSchedule | ((step: number) => number);

/** An object's class by name with its constructor's options: the form in which it is saved. */
export interface ClassConfig {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const schedules = {
  CosineDecay,
  CosineDecayRestarts,
  ExponentialDecay,
  InverseTimeDecay,
  PiecewiseConstantDecay,
  PolynomialDecay,
} as const;

/** The rate of a step. @throws ValueError where it is no finite number. */
export function rateAt(rate: LearningRate, step: number): number {
  const value = typeof rate === "function" ? rate(step) : rate instanceof LearningRateSchedule ? rate.call(step) : rate;
  if (!Number.isFinite(value))
    throw new ValueError({
      op: "learningRate",
      problem: `the rate of step ${step} is ${typeof value === "number" ? value : JSON.stringify(value)}`,
      fix: "Use a finite number, a schedule, or a function that returns a finite number",
    });
  return value;
}

/** The rate's saved form. @throws ValueError for a function that is no `LearningRateSchedule`. */
export function serializeRate(rate: LearningRate): number | ClassConfig {
  if (typeof rate === "number") return rate;
  if (rate instanceof LearningRateSchedule) {
    const known = Object.entries(schedules).find(([, schedule]) => schedule === rate.constructor);
    return { className: known?.[0] ?? rate.constructor.name, config: rate.getConfig() };
  }
  throw new ValueError({
    op: "getConfig",
    problem: "a function as learning rate cannot be saved",
    fix: "Extend LearningRateSchedule with call() and getConfig()",
  });
}

/** The rate of a saved form; other values are rates already. @throws ValueError for an unknown class. */
export function deserializeRate(rate: LearningRate | ClassConfig): LearningRate {
  if (typeof rate !== "object" || rate instanceof LearningRateSchedule) return rate;
  const { className, config } = rate;
  if (!Object.hasOwn(schedules, className))
    throw new ValueError({
      op: "learningRate",
      problem: `unknown schedule "${className}"`,
      fix: suggestName(className, Object.keys(schedules)),
    });
  return new schedules[className as keyof typeof schedules](config as never);
}
