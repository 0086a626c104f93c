/** Writes objects as Keras 3's files have them: `{ module, class_name, config, registered_name }`. */
import type { Config } from "@crease/layers";
import { type Described, isDescribed, isObject, tensorClass } from "./described.ts";
import { classOf, defaultName, holdsNames, type Kind, keyToKeras, kindOfKey, modules, theirClass } from "./kinds.ts";
import { toSnake } from "./spelling.ts";

/** An object in Keras's form. */
export type KerasJSON = { readonly [key: string]: unknown };

/** The object in Keras's form. */
export function toKeras({ className, config, ...more }: Described, kind: Kind): KerasJSON {
  if (className === tensorClass)
    return { class_name: className, config: configToKeras("layer", className, config as Config) };
  const isFunction = typeof config === "string";
  const place = isFunction ? { module: "builtins", registered_name: "function" } : placeOf(kind, className);
  return {
    module: place.module,
    class_name: theirClass(kind, className),
    config: isFunction ? config : configToKeras(kind, className, config),
    registered_name: place.registered_name,
    ...configToKeras(kind, className, more),
  };
}

function placeOf(
  kind: Kind,
  className: string,
): { readonly module: string | null; readonly registered_name: string | null } {
  if (kind === "layer" && className === "Sequential") return { module: "keras", registered_name: null };
  if (kind === "layer" && className === "Functional")
    return { module: "keras.src.models.functional", registered_name: "Functional" };
  if (classOf(kind, className) !== undefined) return { module: modules[kind], registered_name: null };
  return { module: null, registered_name: className };
}

function configToKeras(kind: Kind, className: string, config: Config): KerasJSON {
  if (className === "InputLayer" && "batchSize" in config) {
    const { shape, batchSize, ...rest } = config;
    return { batch_shape: [batchSize, ...(shape as readonly unknown[])], ...rest };
  }
  const entries = Object.entries(config).flatMap(([key, value]) => {
    if (key === "name") return [["name", defaultName(kind, className, value) ?? value] as const];
    // Metrics compute in float32 here and there; a layer's dtype is a policy in Keras.
    if (key === "dtype" && kind === "metric") return [];
    // The one layer of Keras's that is not told whether it is trained.
    if (key === "trainable" && className === "Discretization") return [];
    if (key === "dtype" && kind === "layer" && className !== "InputLayer" && className !== tensorClass)
      return [["dtype", policyOf(String(value))] as const];
    return [[keyToKeras(kind, className, key), valueToKeras(key, value)] as const];
  });
  return Object.fromEntries(entries);
}

function policyOf(dtype: string): KerasJSON {
  return { module: "keras", class_name: "DTypePolicy", config: { name: dtype }, registered_name: null };
}

function valueToKeras(key: string, value: unknown): unknown {
  if (typeof value === "string") return holdsNames(key) ? toSnake(value) : value;
  if (Array.isArray(value)) return value.map((item) => valueToKeras(key, item));
  if (!isObject(value)) return value;
  if (isDescribed(value)) return toKeras(value, kindOfKey(key) ?? "layer");
  // Users name what stands here, but for these.
  const spell = key === "compileConfig" || key === "buildConfig" ? toSnake : (name: string): string => name;
  const keyBelow = (name: string): string => (spell === toSnake ? name : key);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [spell(name), valueToKeras(keyBelow(name), inner)]),
  );
}
