/** The graph of a functional model as JSON values: its layers with their calls, its inputs and outputs. */
import { DataError, ValueError } from "@crease/backend";
import type { Config, Layer, Symbolics, SymbolicTensor, Tensors } from "@crease/layers";
import { describeLayer } from "./describeLayer.ts";
import type { Graph } from "./graph.ts";
import { type Described, isDescribed, isObject, tensorClass } from "./keras/described.ts";
import { arrange, listed, type Structure } from "./structure.ts";

type AnyLayer = Layer<Tensors, Tensors>;

/** The place of a symbolic tensor: a layer's name, the number of its call, the output of that. */
type History = readonly [layer: string, call: number, output: number];

/**
 * A model in a graph, which Keras counts a call of for having inputs and outputs of its own: Keras 3 where a graph's
 * inputs and outputs are listed, Keras 2 in the arguments of calls too.
 */
function ownCalls(layer: AnyLayer): number {
  return "graph" in layer && layer.graph !== undefined ? 1 : 0;
}

/** What the config of a functional model says of its graph, as Keras arranges it. */
export function graphConfig(graph: Graph): Config {
  const listedHistory = (x: SymbolicTensor): History => {
    const [name, call, output] = graph.historyOf(x);
    return [name, call + ownCalls(x.node.layer), output];
  };
  const reference = (x: SymbolicTensor): Described => ({
    className: tensorClass,
    config: { shape: x.shape, dtype: x.dtype, kerasHistory: graph.historyOf(x) },
  });
  return {
    layers: graph.layers.map((layer) => ({
      ...describeLayer(layer),
      name: layer.name,
      inboundNodes: graph.callsOf(layer).map(({ inputs }) => ({
        args: [arrange(inputs as Structure<SymbolicTensor>, reference)],
        kwargs: {},
      })),
    })),
    inputLayers: arrange(graph.inputs as Structure<SymbolicTensor>, listedHistory),
    outputLayers: arrange(graph.outputs as Structure<SymbolicTensor>, listedHistory),
  };
}

/** A call that has not been made yet. */
interface Call {
  readonly layer: AnyLayer;
  readonly node: unknown;
}

/**
 * The graph that a config describes, made anew; masks among the arguments of calls are left out, since layers pass
 * them on by themselves.
 *
 * @throws DataError where the config is none; ValueError for calls with other arguments than one input, for operations
 *   that are no layers, and for calls whose inputs no other call gives.
 */
export function graphFrom(
  config: Config,
  make: (described: Described) => AnyLayer,
): { readonly inputs: Symbolics; readonly outputs: Symbolics } {
  const layers = new Map<string, AnyLayer>();
  const operations = new Map<string, string>();
  const results = new Map<string, (readonly SymbolicTensor[])[]>();
  let waiting: Call[] = [];
  for (const entry of listOf(config.layers, "layers")) {
    if (!isDescribed(entry)) throw damaged("a layer has no class and config");
    const name = entry.name ?? (isObject(entry.config) ? entry.config.name : undefined);
    if (typeof name !== "string") throw damaged("a layer has no name");
    if (layers.has(name) || operations.has(name)) throw damaged(`two layers are named "${name}"`);
    if (entry.isOperation) {
      operations.set(name, entry.className);
      continue;
    }
    const layer = make(entry);
    layers.set(name, layer);
    const calls = (entry.inboundNodes ?? []).map((node) => ({ layer, node }));
    results.set(name, calls.length === 0 && layer.className === "InputLayer" ? [[layer.output as SymbolicTensor]] : []);
    waiting.push(...calls);
  }
  const find = ([name, call, output]: History, countsOwn: boolean): SymbolicTensor | undefined => {
    const operation = operations.get(name);
    if (operation !== undefined)
      throw new ValueError({
        op: operation,
        problem: "the model calls this operation on symbolic tensors",
        fix: "Use layers only, or write a class that extends Layer with the operation in it",
      });
    const layer = layers.get(name);
    if (layer === undefined) throw damaged(`there is no layer "${name}"`);
    return results.get(name)?.[countsOwn ? call - ownCalls(layer) : call]?.[output];
  };
  while (waiting.length > 0) {
    const blocked: Call[] = [];
    const stuck = new Set<AnyLayer>();
    for (const call of waiting) {
      const { layer, node } = call;
      const inputs = stuck.has(layer) ? undefined : argumentOf(node, layer, find);
      if (inputs === undefined) {
        // The calls of a layer are counted, so they are made in order.
        stuck.add(layer);
        blocked.push(call);
      } else results.get(layer.name)?.push(listed(layer.apply(inputs as Symbolics) as Structure<SymbolicTensor>));
    }
    if (blocked.length === waiting.length)
      throw damaged(`the inputs of "${blocked[0]?.layer.name}" come from no other layer`);
    waiting = blocked;
  }
  const located = (place: unknown, what: string): Symbolics => {
    const found = mapPlaces(place, (history) => find(history, true) ?? fail(`${what} holds no output of a layer`));
    if (found === undefined) throw damaged(`${what} holds no places of layers`);
    // Keras writes a list where there is one.
    return Array.isArray(found) && found.length === 1 ? (found[0] as SymbolicTensor) : found;
  };
  return { inputs: located(config.inputLayers, "inputLayers"), outputs: located(config.outputLayers, "outputLayers") };
}

function fail(problem: string): never {
  throw damaged(problem);
}

function damaged(problem: string): DataError {
  return new DataError({ op: "graph", problem, fix: "Pass the config of a functional model" });
}

function listOf(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) ? value : fail(`${what} is no list`);
}

/** What a layer is applied to; undefined where that does not exist yet. */
function argumentOf(
  node: unknown,
  layer: AnyLayer,
  find: (history: History, countsOwn: boolean) => SymbolicTensor | undefined,
): Symbolics | undefined {
  let isWaiting = false;
  const isLegacy = Array.isArray(node);
  // Stands for an output that is not there yet; what it is arranged in is not used.
  const unmade = {} as SymbolicTensor;
  const look = (history: History): SymbolicTensor => {
    const x = find(history, isLegacy);
    isWaiting ||= x === undefined;
    return x ?? unmade;
  };
  const inputs = isLegacy ? legacyArgument(node, look) : onlyArgument(node, layer, look);
  return isWaiting ? undefined : inputs;
}

/** Keras 3: `{ args, kwargs }`. */
function onlyArgument(node: unknown, layer: AnyLayer, look: (history: History) => SymbolicTensor): Symbolics {
  const { args, kwargs } = isObject(node) ? node : {};
  const wrong = (problem: string): ValueError =>
    new ValueError({ op: layer.name, problem, fix: "Call it with one input, a list or an object of them" });
  for (const [name, value] of Object.entries(isObject(kwargs) ? kwargs : {}))
    if (name !== "mask" && value !== null && value !== false)
      throw wrong(`the model calls this layer with \`${name}\`, which a graph cannot say here`);
  const given = listOf(args, "args");
  if (given.length !== 1) throw wrong(`the model calls this layer with ${given.length} arguments`);
  const inputs = mapPlaces(given[0], look);
  if (inputs === undefined) throw wrong("the model calls this layer with something that is no output of a layer");
  return inputs;
}

/** Keras 2: a list of places, each with the arguments of the call besides. */
function legacyArgument(node: readonly unknown[], look: (history: History) => SymbolicTensor): Symbolics {
  const inputs = node.map((place) => mapPlaces(Array.isArray(place) ? place.slice(0, 3) : place, look));
  if (inputs.length === 0 || inputs.some((x) => x === undefined)) throw damaged("a call has no inputs");
  return (inputs.length === 1 ? inputs[0] : inputs) as Symbolics;
}

/** The symbolic tensors at one place, or at places in a list or an object; undefined for anything else. */
function mapPlaces(places: unknown, find: (history: History) => SymbolicTensor): Symbolics | undefined {
  const history = historyIn(places);
  if (history !== undefined) return find(history);
  if (!isObject(places) && !Array.isArray(places)) return undefined;
  const parts = Object.entries(places).map(([name, place]) => [name, historyIn(place)] as const);
  if (parts.length === 0 || parts.some(([, part]) => part === undefined)) return undefined;
  const found = parts.map(([name, part]) => [name, find(part as History)] as const);
  return Array.isArray(places) ? found.map(([, x]) => x) : Object.fromEntries(found);
}

function historyIn(value: unknown): History | undefined {
  const place = isDescribed(value) && isObject(value.config) ? value.config.kerasHistory : value;
  if (!Array.isArray(place) || place.length !== 3 || typeof place[0] !== "string") return undefined;
  return Number.isSafeInteger(place[1]) && Number.isSafeInteger(place[2]) ? (place as unknown as History) : undefined;
}
