/** The kinds of objects in Keras's files: their modules, their classes here, and what differs between the two. */
import * as layers from "@crease/layers";
import * as losses from "@crease/losses";
import * as metrics from "@crease/metrics";
import * as optimizers from "@crease/optimizers";
import { toSnake } from "./spelling.ts";

/** What an object is, and where it is found. */
export type Kind =
  | "layer"
  | "initializer"
  | "regularizer"
  | "constraint"
  | "optimizer"
  | "schedule"
  | "loss"
  | "metric";

/** Keras's module of each kind. */
export const modules: { readonly [K in Kind]: string } = {
  layer: "keras.layers",
  initializer: "keras.initializers",
  regularizer: "keras.regularizers",
  constraint: "keras.constraints",
  optimizer: "keras.optimizers",
  schedule: "keras.optimizers.schedules",
  loss: "keras.losses",
  metric: "keras.metrics",
};

/** A class by name, whatever its options are. */
type AnyClass = new (options: never) => object;

const namespaces: { readonly [K in Kind]: { readonly [name: string]: unknown } } = {
  layer: layers,
  initializer: layers,
  regularizer: layers,
  constraint: layers,
  optimizer: optimizers,
  schedule: optimizers,
  loss: losses,
  metric: metrics,
};

/** The class of ours by its name; undefined for others. */
export function classOf(kind: Kind, className: string): AnyClass | undefined {
  const names = namespaces[kind];
  const found = Object.hasOwn(names, className) ? names[className] : undefined;
  return typeof found === "function" && /^[A-Z]/.test(className) ? (found as AnyClass) : undefined;
}

/** The name under which a loss, a metric or an optimizer of ours is found, whatever a minifier made of its class. */
export function nameOf(kind: Kind, value: object): string {
  const found = Object.entries(namespaces[kind]).find(([, made]) => made === value.constructor);
  return found?.[0] ?? value.constructor.name;
}

/** What a class is called or takes that is not what the rules of spelling say. */
interface Difference {
  /** Keras's name of the class. */
  readonly className?: string;
  /** Keras's names of options, by ours. */
  readonly keys?: { readonly [ours: string]: string };
}

const differences: readonly (readonly [Kind, className: string, Difference])[] = [
  ["initializer", "IdentityInitializer", { className: "Identity" }],
  ["initializer", "RandomUniform", { keys: { minValue: "minval", maxValue: "maxval" } }],
];

/** The class's name in Keras. */
export function theirClass(kind: Kind, className: string): string {
  return differenceOf(kind, className)?.className ?? className;
}

/** The class's name here. */
export function ourClass(kind: Kind, theirs: string): string {
  const found = differences.find(([of, , difference]) => of === kind && difference.className === theirs);
  return found?.[1] ?? theirs;
}

/** The names of options that follow no rule: ours with Keras's. */
export function oddKeys(kind: Kind, className: string): readonly (readonly [ours: string, theirs: string])[] {
  return Object.entries(differenceOf(kind, className)?.keys ?? {});
}

function differenceOf(kind: Kind, className: string): Difference | undefined {
  return differences.find(([of, name]) => of === kind && name === className)?.[2];
}

/** The kind of what stands under a name of a config, where it is an object or the name of one. */
export function kindOfKey(key: string): Kind | undefined {
  for (const kind of ["initializer", "regularizer", "constraint"] as const)
    if (key.toLowerCase().endsWith(kind)) return kind;
  const kinds: { readonly [key: string]: Kind } = {
    layers: "layer",
    optimizer: "optimizer",
    learningRate: "schedule",
    loss: "loss",
    metrics: "metric",
    weightedMetrics: "metric",
  };
  return Object.hasOwn(kinds, key) ? kinds[key] : undefined;
}

/** Options whose values are names, spelled as ours here and as Keras's there. */
const named: ReadonlySet<string> = new Set([
  "activation",
  "reduction",
  "mode",
  "distribution",
  "outputMode",
  "standardize",
  "classAggregation",
]);

/** Whether texts under this name are names, to be spelled differently. */
export function holdsNames(key: string): boolean {
  return named.has(key) || (kindOfKey(key) !== undefined && key !== "layers");
}

/** What Keras calls a loss, metric or optimizer that was given no name; undefined where the name was given. */
export function defaultName(kind: Kind, className: string, name: unknown): string | undefined {
  if (kind !== "loss" && kind !== "optimizer" && kind !== "metric") return undefined;
  const words = layers.snakeCase(className);
  const odd: { readonly [className: string]: string } = {
    FBetaScore: "fbeta_score",
    Huber: kind === "loss" ? "huber_loss" : words,
    LogCoshError: "logcosh",
  };
  const theirs = Object.hasOwn(odd, className) ? odd[className] : words;
  // Names of losses and optimizers show nowhere, those of metrics in logs.
  return kind !== "metric" || name === theirs || toSnake(String(name)) === words ? theirs : undefined;
}

/** The spelling of an option of a class in Keras's files. */
export function keyToKeras(kind: Kind, className: string, key: string): string {
  return oddKeys(kind, className).find(([ours]) => ours === key)?.[1] ?? toSnake(key);
}
