/** What a model was compiled with as JSON values, and back. */
import { ValueError } from "@crease/backend";
import { type Config, type CustomObjects, withoutIdle } from "@crease/layers";
import { Loss, type LossLike } from "@crease/losses";
import { Metric, type MetricLike } from "@crease/metrics";
import { getOptimizer, type Optimizer } from "@crease/optimizers";
import type { Compiled } from "./compiled.ts";
import { type Described, isDescribed, isObject } from "./keras/described.ts";
import { checkOptions } from "./keras/fromKeras.ts";
import { classOf, type Kind, nameOf } from "./keras/kinds.ts";
import type { CompileOptions, OutputMetrics, PerOutput } from "./perOutput.ts";

/** See `Model.getCompileConfig`. */
export function compileConfigOf({ optimizer, options }: Compiled): Config {
  const { loss = null, lossWeights = null, metrics = null, weightedMetrics = null } = options;
  return {
    optimizer: { className: nameOf("optimizer", optimizer), config: optimizer.getConfig() },
    loss: described("loss", loss),
    lossWeights,
    metrics: described("metric", metrics),
    weightedMetrics: described("metric", weightedMetrics),
  };
}

/** Names as they are, functions by name, losses and metrics by class and config, in lists and objects too. */
function described(kind: Kind, value: unknown): unknown {
  if (typeof value === "function") return { className: "function", config: value.name };
  if (value instanceof Loss) return { className: nameOf("loss", value), config: value.getConfig() };
  if (value instanceof Metric) return { className: nameOf(kind, value), config: value.getConfig() };
  if (Array.isArray(value)) return value.map((item) => described(kind, item));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, described(kind, item)]));
  return value;
}

/**
 * What `compile` takes, from what `getCompileConfig` gave.
 *
 * @throws ValueError for unknown classes and functions, and for options that a class of ours does not have.
 */
export function compileOptionsFrom(config: Config, customObjects: CustomObjects): CompileOptions {
  const { optimizer, loss, lossWeights, metrics, weightedMetrics } = config;
  const make = (kind: Kind, value: unknown): unknown => made(kind, value, customObjects);
  return {
    optimizer: optimizerFrom(optimizer, customObjects),
    loss: make("loss", loss ?? null) as LossLike | null | PerOutput<LossLike | null>,
    lossWeights: (lossWeights ?? null) as PerOutput<number> | null,
    ...(metrics ? { metrics: make("metric", metrics) as PerOutput<OutputMetrics> } : {}),
    ...(weightedMetrics ? { weightedMetrics: make("metric", weightedMetrics) as PerOutput<OutputMetrics> } : {}),
  };
}

/** An optimizer of ours as its description, so that the compiled model makes and owns it. */
function optimizerFrom(value: unknown, customObjects: CustomObjects): NonNullable<CompileOptions["optimizer"]> {
  if (!isDescribed(value) || typeof value.config === "string") return value as string;
  const { className, config: given } = value as Described & { readonly config: Config };
  const custom = Object.hasOwn(customObjects, className) ? customObjects[className] : undefined;
  if (typeof custom === "function") return new (custom as new (config: Config) => Optimizer)(given);
  const config = withoutIdle(given, classOf("optimizer", className));
  checkOptions(className, config, getOptimizer({ className, config }).getConfig());
  return { className, config };
}

function made(kind: Kind, value: unknown, customObjects: CustomObjects): unknown {
  if (typeof value === "string") return Object.hasOwn(customObjects, value) ? customObjects[value] : value;
  if (Array.isArray(value)) return value.map((item) => made(kind, item, customObjects));
  if (isDescribed(value)) return objectFrom(kind, value, customObjects);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, made(kind, item, customObjects)]));
  return value;
}

function objectFrom(kind: Kind, { className, config }: Described, customObjects: CustomObjects): LossLike | MetricLike {
  // Functions of Keras's are losses and metrics here, by the same name.
  if (typeof config === "string") return made(kind, config, customObjects) as LossLike;
  const custom = Object.hasOwn(customObjects, className) ? customObjects[className] : undefined;
  const found = (custom ?? classOf(kind, className)) as (new (config: Config) => Loss | Metric) | undefined;
  const isKind = typeof found === "function" && found.prototype instanceof (kind === "loss" ? Loss : Metric);
  if (!isKind)
    throw new ValueError({
      op: "compile",
      problem: `unknown ${kind} "${className}"`,
      fix: "Give the class in `customObjects`",
    });
  const object = new found(custom === undefined ? withoutIdle(config, found) : config);
  if (custom === undefined) checkOptions(className, config, object.getConfig());
  return object as LossLike | MetricLike;
}
