/** The public names of @crease/optimizers. */
export * from "./adagrad.ts";
export * from "./adam.ts";
export * from "./adamW.ts";
export * from "./getOptimizer.ts";
export type { ClassConfig, LearningRate } from "./learningRate.ts";
export * from "./nadam.ts";
export * from "./optimizer.ts";
export type { OptimizerOptions } from "./optimizerOptions.ts";
export * from "./rmsprop.ts";
export * from "./schedules/cosineDecay.ts";
export * from "./schedules/cosineDecayRestarts.ts";
export * from "./schedules/exponentialDecay.ts";
export * from "./schedules/inverseTimeDecay.ts";
export * from "./schedules/learningRateSchedule.ts";
export * from "./schedules/piecewiseConstantDecay.ts";
export * from "./schedules/polynomialDecay.ts";
export * from "./sgd.ts";
export type { UpdateStep } from "./updateStep.ts";
