/** Keras's spellings in training.json as ours. */

import { type Config, Dense, getRegularizer, Input } from "@crease/layers";
import { type Callback, EarlyStopping, LearningRateScheduler, ReduceLROnPlateau, Sequential } from "@crease/models";
import { getOptimizer, type Optimizer } from "@crease/optimizers";

/** `val_loss` to `valLoss`. */
export const camel = (name: string): string => name.replace(/_([a-zA-Z0-9])/g, (_, next: string) => next.toUpperCase());

/** Keys in camelCase at every depth; `{ class_name, config }` as `{ className, config }`. */
export function translated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translated);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camel(key), translated(inner)]));
}

/** `AUC` to `auc`, `Precision` to `precision`, `mae` stays. */
export const metricName = (name: string): string =>
  name === name.toUpperCase() ? name.toLowerCase() : camel(name).replace(/^./, (c) => c.toLowerCase());

/** A key of Keras's logs as ours: `val_AUC` to `valAuc`. */
export function logName(name: string): string {
  const [, prefix = "", metric = name] = /^(val_|weighted_)?(.*)$/.exec(name) ?? [];
  const own = metricName(metric);
  if (prefix !== "") return prefix.slice(0, -1) + own.charAt(0).toUpperCase() + own.slice(1);
  return own;
}

/** An optimizer by Keras's class name and arguments. */
export function optimizerOf(className: string, args: object): Optimizer {
  return getOptimizer({ className, config: translated(args) as Config });
}

interface LayerConfig {
  readonly name: string;
  readonly units: number;
  readonly activation: string;
  readonly use_bias: boolean;
  readonly kernel_regularizer: { readonly class_name: string; readonly config: Config } | null;
}

/** A model of Dense layers. */
export function modelOf(inputs: number, layers: readonly LayerConfig[]): Sequential {
  const dense = layers.map(({ name, units, activation, use_bias: useBias, kernel_regularizer: penalty }) => {
    const kernelRegularizer =
      penalty === null
        ? null
        : getRegularizer({ className: penalty.class_name, config: translated(penalty.config) as Config });
    return new Dense(units, { name, activation: camel(activation) as "relu", useBias, kernelRegularizer });
  });
  return new Sequential([Input({ shape: [inputs] }), ...dense]);
}

interface CallbackCase {
  readonly class: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly factor?: number;
}

/** A callback by Keras's class name. */
export function callbackOf({ class: className, args = {}, factor = 1 }: CallbackCase): Callback {
  const options = translated({
    ...args,
    ...(typeof args.monitor === "string" ? { monitor: logName(args.monitor) } : {}),
  });
  switch (className) {
    case "EarlyStopping":
      return new EarlyStopping(options as object);
    case "ReduceLROnPlateau":
      return new ReduceLROnPlateau(options as object);
    case "LearningRateScheduler":
      return new LearningRateScheduler((epoch, rate) => (epoch >= 2 ? rate * factor : rate));
    default:
      throw new Error(`unknown callback ${className}`);
  }
}
