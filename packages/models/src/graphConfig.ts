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

/** A call of a layer, made once its inputs exist. */
interface Call {
  readonly layer: AnyLayer;
  readonly node: unknown;
  /** The layer's call before this one: the calls of a layer are counted, so they are made in order. */
  readonly before: Call | undefined;
  /** True from when something waits for it. */
  isOpen: boolean;
  /** What came out, once it is made. */
  outputs: readonly SymbolicTensor[] | undefined;
}

/**
 * The graph that a config describes, made anew; masks that operations made for the arguments of calls are left out,
 * since layers pass masks on by themselves.
 *
 * @throws DataError where the config is none; ValueError for calls with other arguments than one input, and for
 *   operations that are no layers.
 */
export function graphFrom(
  config: Config,
  make: (described: Described) => AnyLayer,
): { readonly inputs: Symbolics; readonly outputs: Symbolics } {
  const layers = new Map<string, AnyLayer>();
  const operations = new Map<string, string>();
  const calls = new Map<string, readonly Call[]>();
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
    calls.set(name, callsOf(layer, entry.inboundNodes ?? []));
  }
  const callAt = ([name, call]: History, countsOwn: boolean): Call | undefined => {
    const operation = operations.get(name);
    if (operation !== undefined)
      throw new ValueError({
        op: operation,
        problem: "the model calls this operation on symbolic tensors",
        fix: "Use layers only, or write a class that extends Layer with the operation in it",
      });
    const layer = layers.get(name);
    if (layer === undefined) throw damaged(`there is no layer "${name}"`);
    return calls.get(name)?.[countsOwn ? call - ownCalls(layer) : call];
  };
  for (const call of [...calls.values()].flat()) makeCall(call, callAt, (name) => operations.has(name));
  const located = (place: unknown, what: string): Symbolics => {
    const found = mapPlaces(
      place,
      (history) => callAt(history, true)?.outputs?.[history[2]] ?? fail(`${what} holds no output of a layer`),
    );
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

/** The calls of a layer; an input of the model is one that is made already. */
function callsOf(layer: AnyLayer, nodes: readonly unknown[]): readonly Call[] {
  if (nodes.length === 0 && layer.className === "InputLayer") {
    const outputs = [layer.output as SymbolicTensor];
    return [{ layer, node: undefined, before: undefined, isOpen: true, outputs }];
  }
  let before: Call | undefined;
  return nodes.map((node) => {
    before = { layer, node, before, isOpen: false, outputs: undefined };
    return before;
  });
}

/** Makes a call after those that it depends on; without recursion, since graphs come from files. */
function makeCall(
  call: Call,
  callAt: (history: History, countsOwn: boolean) => Call | undefined,
  isOperation: (name: string) => boolean,
): void {
  // Stands for an output that is not there yet; what it is arranged in is not used.
  const unmade = {} as SymbolicTensor;
  const stack = [call];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { layer, node, before } = top;
    let missing: Call | undefined = before?.outputs === undefined ? before : undefined;
    const look = (history: History): SymbolicTensor => {
      const source = callAt(history, Array.isArray(node));
      const output = source?.outputs?.[history[2]];
      if (output === undefined && (source === undefined || source.outputs !== undefined)) throw lost(layer);
      if (output === undefined) missing ??= source;
      return output ?? unmade;
    };
    if (top.outputs === undefined && missing === undefined) {
      const inputs = Array.isArray(node) ? legacyArgument(node, look) : onlyArgument(node, layer, look, isOperation);
      if (missing === undefined) top.outputs = listed(layer.apply(inputs as Symbolics) as Structure<SymbolicTensor>);
    }
    if (missing === undefined) stack.pop();
    else if (missing.isOpen) throw lost(layer);
    else {
      missing.isOpen = true;
      stack.push(missing);
    }
  }
}

function lost(layer: AnyLayer): DataError {
  return damaged(`the inputs of "${layer.name}" come from no other layer`);
}

/** Keras 3: `{ args, kwargs }`. */
function onlyArgument(
  node: unknown,
  layer: AnyLayer,
  look: (history: History) => SymbolicTensor,
  isOperation: (name: string) => boolean,
): Symbolics {
  const { args, kwargs } = isObject(node) ? node : {};
  const wrong = (problem: string): ValueError =>
    new ValueError({ op: layer.name, problem, fix: "Call it with one input, a list or an object of them" });
  for (const [name, value] of Object.entries(isObject(kwargs) ? kwargs : {})) {
    const [source] = (name === "mask" && historyIn(value)) || [];
    if (value !== null && value !== false && (source === undefined || !isOperation(source)))
      throw wrong(`the model calls this layer with \`${name}\`, which a graph cannot say here`);
  }
  const given = listOf(args, "args");
  if (given.length !== 1) throw wrong(`the model calls this layer with ${given.length} arguments`);
  const inputs = mapPlaces(given[0], look);
  if (inputs === undefined) throw wrong("the model calls this layer with something that is no output of a layer");
  return inputs;
}

/** Keras 2: a list of places, each with the arguments of the call besides. */
function legacyArgument(node: readonly unknown[], look: (history: History) => SymbolicTensor): Symbolics {
  const histories = node.map((place) => historyIn(Array.isArray(place) ? place.slice(0, 3) : place));
  if (histories.length === 0 || histories.includes(undefined)) throw damaged("a call has no inputs");
  const inputs = histories.map((history) => look(history as History));
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
