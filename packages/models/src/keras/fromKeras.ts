/** Reads objects of Keras's files, `{ module, class_name, config, registered_name }`, as our own classes take them. */
import { DataError, ValueError } from "@crease/backend";
import {
  type Config,
  type CustomObjects,
  getConstraint,
  getInitializer,
  getRegularizer,
  isIdle,
  type Serialized,
} from "@crease/layers";
import { type Described, isObject, tensorClass } from "./described.ts";
import { classOf, defaultName, holdsNames, type Kind, kindOfKey, oddKeys, ourClass } from "./kinds.ts";
import { toCamel } from "./spelling.ts";

/** Deeper than any model is, and shallow enough for the stack. */
const maxDepth = 64;

/** What reading needs to know besides the JSON. */
export interface Reading {
  readonly customObjects: CustomObjects;
  /** How deep the objects around this one are nested. */
  readonly depth: number;
}

/** True for an object in Keras's form. */
export function isKerasObject(value: unknown): value is { readonly class_name: string; readonly config: unknown } {
  return isObject(value) && typeof value.class_name === "string" && Object.hasOwn(value, "config");
}

/**
 * The object as ours: class names, options and values spelled our way, at every depth.
 *
 * @throws ValueError for dtype policies that mix, and for options that a class of ours does not have; DataError for
 *   JSON that no model makes.
 */
export function fromKeras(json: unknown, kind: Kind, reading: Reading): Described {
  if (!isKerasObject(json)) throw damaged(`a ${kind} has no class_name and config`);
  if (reading.depth > maxDepth) throw damaged(`it is nested more than ${maxDepth} deep`);
  const { class_name: theirs, config, registered_name: registered } = json as typeof json & Config;
  const { module } = json as Config;
  const inner = { ...reading, depth: reading.depth + 1 };
  // A function is known by name only.
  if (typeof config === "string") return { className: "function", config: nameFromKeras(config, reading) };
  if (!isObject(config)) throw damaged(`the config of ${theirs} is no object`);
  if (theirs === tensorClass) {
    const { keras_history: kerasHistory, ...rest } = config;
    return { className: theirs, config: { ...rest, kerasHistory } };
  }
  if (typeof module === "string" && /^keras(\.src)?\.ops\b/.test(module))
    return {
      className: `${module}.${theirs}`,
      config: {},
      isOperation: true,
      ...placeFromKeras(json as Config, inner),
    };
  const isCustom = typeof registered === "string" && Object.hasOwn(reading.customObjects, registered);
  const className = isCustom ? registered : ourClass(kind, theirs);
  return {
    className,
    config: configFromKeras(kind, className, config, inner),
    ...(kind === "layer" && placeFromKeras(json as Config, inner)),
  };
}

/** What a file says of a layer besides its class and config. */
function placeFromKeras(json: Config, reading: Reading): Partial<Described> {
  const { name, inbound_nodes: nodes, build_config: build, compile_config: compile } = json;
  return {
    ...(typeof name === "string" && { name }),
    ...(Array.isArray(nodes) && {
      inboundNodes: valueFromKeras("inboundNodes", nodes, reading) as readonly unknown[],
    }),
    ...(isObject(build) && { buildConfig: { inputShape: build.input_shape } }),
    ...(isObject(compile) && { compileConfig: configFromKeras("layer", "compile", compile, reading) }),
  };
}

function configFromKeras(kind: Kind, className: string, config: Config, reading: Reading): Config {
  const batchShape = config.batch_shape ?? config.batch_input_shape;
  if (className === "InputLayer" && Array.isArray(batchShape)) {
    const [batchSize, ...shape] = batchShape as readonly (number | null)[];
    const { batch_shape: _, batch_input_shape: __, ...rest } = config;
    return configFromKeras(kind, className, { ...rest, shape, batch_size: batchSize }, reading);
  }
  const odd = oddKeys(kind, className);
  const entries = Object.entries(config).flatMap(([key, value]) => {
    const ours = odd.find(([, theirs]) => theirs === key)?.[0] ?? toCamel(key);
    if (ours === "name" && (kind === "schedule" || defaultName(kind, className, value) !== undefined)) return [];
    if (ours === "dtype") return dtypeOf(kind, className, value);
    return [[ours, valueFromKeras(ours, value, reading)] as const];
  });
  return Object.fromEntries(entries);
}

/** The layers that take and give other types than they compute in: Keras's dtype says nothing for them. */
const untyped: ReadonlySet<string> = new Set(["StringLookup", "IntegerLookup", "TextVectorization", "Hashing"]);

/** Keras's integers that tensors lack; files of arrays give them as int32 too. */
const integers: ReadonlySet<string> = new Set(["int16", "int64", "uint16", "uint32", "uint64"]);

function dtypeOf(kind: Kind, className: string, dtype: unknown): readonly (readonly [string, unknown])[] {
  if (kind !== "layer" || untyped.has(className) || dtype === null) return [];
  if (typeof dtype === "string") return [["dtype", integers.has(dtype) ? "int32" : dtype]];
  const name = isKerasObject(dtype) && isObject(dtype.config) ? dtype.config.name : undefined;
  if (typeof name === "string" && !name.startsWith("mixed_")) return [["dtype", name]];
  throw new ValueError({
    op: className,
    problem: `the dtype policy ${typeof name === "string" ? `"${name}"` : JSON.stringify(dtype)} is not available`,
    fix: "Save the model with one dtype, such as float32",
  });
}

function valueFromKeras(key: string, value: unknown, reading: Reading): unknown {
  if (typeof value === "string") return holdsNames(key) ? nameFromKeras(value, reading) : value;
  if (Array.isArray(value)) {
    if (reading.depth > maxDepth) throw damaged(`it is nested more than ${maxDepth} deep`);
    return value.map((item) => valueFromKeras(key, item, { ...reading, depth: reading.depth + 1 }));
  }
  if (isKerasObject(value)) return partFromKeras(key, value, reading);
  if (!isObject(value)) return value;
  if (reading.depth > maxDepth) throw damaged(`it is nested more than ${maxDepth} deep`);
  const inner = { ...reading, depth: reading.depth + 1 };
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, valueFromKeras(key, item, inner)]));
}

/** A function's or a class's name: the user's own stay as they are. */
function nameFromKeras(name: string, { customObjects }: Reading): string {
  return Object.hasOwn(customObjects, name) ? name : toCamel(name);
}

function partFromKeras(key: string, value: object, reading: Reading): unknown {
  const kind = kindOfKey(key);
  if (kind === undefined) {
    const described = fromKeras(value, "layer", reading);
    if (described.className === "function") return described.config;
    if (key.toLowerCase().endsWith("activation"))
      throw new ValueError({
        op: described.className,
        problem: "a layer is no activation of another here",
        fix: "Save the model with the layer behind the other one",
      });
    return described;
  }
  const described = fromKeras(value, kind, reading);
  const { className, config } = described;
  const known = isObject(config) ? partConfig(kind, { className, config }) : undefined;
  if (known !== undefined) checkOptions(className, config as Config, known);
  return described;
}

/** The config of a part with all of its options; undefined for kinds that are checked where they are made. */
function partConfig(kind: Kind, part: Serialized): Config | undefined {
  if (classOf(kind, part.className) === undefined) return undefined;
  switch (kind) {
    case "initializer":
      return getInitializer(part).getConfig();
    case "regularizer":
      return (getRegularizer(part) as { getConfig(): Config } | null)?.getConfig();
    case "constraint":
      return (getConstraint(part) as { getConfig(): Config } | null)?.getConfig();
    default:
      return undefined;
  }
}

/**
 * Refuses options that a class of ours does not have, unless they are null, false, or change nothing.
 *
 * @throws ValueError with the option and those that exist.
 */
export function checkOptions(className: string, given: Config, known: Config): void {
  for (const [key, value] of Object.entries(given)) {
    if (Object.hasOwn(known, key) || isIdle(key, value)) continue;
    throw new ValueError({
      op: className,
      problem: `its option ${key} (${JSON.stringify(value)}) is not available`,
      fix: `It has: ${Object.keys(known).join(", ") || "none"}`,
    });
  }
}

/** What a file raises that is no model. */
export function damaged(problem: string): DataError {
  return new DataError({ op: "modelFromJSON", problem, fix: "Pass the JSON of a model: what `toJSON` gave, or Keras" });
}
