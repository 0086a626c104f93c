/** The configuration of a run with everything decided that was left open: the one that is saved with it. */
import { suggestName } from "@crease/backend";
import type { AnyModel } from "@crease/models";
import type { BackendName } from "./backends.ts";
import { buildModel, usualModel } from "./buildModel.ts";
import type { Config, OptimizerConfig } from "./configSchema.ts";
import type { DataSettings, TrainingData } from "./data/trainingData.ts";
import { UsageError } from "./failure.ts";
import { judgementOf } from "./task.ts";

/** A configuration that leaves nothing open which decides numbers. */
export interface RunConfig extends Config {
  readonly data: string;
  readonly model: NonNullable<Config["model"]>;
  readonly optimizer: string | OptimizerConfig;
  readonly loss: string;
  readonly metrics: readonly string[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly monitor: string;
  readonly seed: number;
  readonly backend: BackendName;
}

/** What is decided before data are loaded. */
export type EarlyConfig = Config & DataSettings & { readonly backend: BackendName };

/** Decides what the data decide: the model, epochs, batches, loss and metrics. @throws UsageError where the model does not fit. */
export async function resolveConfig(
  config: EarlyConfig,
  data: TrainingData,
): Promise<{ readonly config: RunConfig; readonly model: AnyModel }> {
  const { defaults, counts, task } = data;
  // A run that repeats another has a folder of its own.
  const { units, out: _, ...rest } = config;
  const like = config.model ?? usualModel(data, units === undefined ? defaults.hidden : [units]);
  const { model, outputs } = await buildModel(like, data);
  const { loss, metrics } = judgementOf(task, outputs);
  const used = ["loss", ...(config.metrics ?? metrics)];
  const watched = counts.validation > 0 ? [...used, ...used.map(ofValidation)] : used;
  if (config.monitor !== undefined && !watched.includes(config.monitor))
    throw new UsageError(`there is no "${config.monitor}" to monitor. ${suggestName(config.monitor, watched)}.`);
  const resolved = {
    ...rest,
    model: like,
    optimizer: config.optimizer ?? "rmsprop",
    loss: config.loss ?? loss,
    metrics: config.metrics ?? metrics,
    epochs: config.epochs ?? defaults.epochs,
    batchSize: config.batchSize ?? defaults.batchSize,
    monitor: config.monitor ?? (counts.validation > 0 ? "valLoss" : "loss"),
  };
  return { config: resolved, model };
}

/** `valLoss` for `loss`. */
function ofValidation(name: string): string {
  return `val${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
