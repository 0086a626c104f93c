/** What a functional model computes: the calls of layers between its inputs and its outputs. */
import { ShapeError, ValueError } from "@crease/backend";
import {
  formatPartialShape,
  type GraphNode,
  InputLayer,
  type Layer,
  type PartialShape,
  type SpecsOf,
  type Symbolics,
  SymbolicTensor,
  symbolicList,
  type TensorSpec,
  type Tensors,
} from "@crease/layers";
import { scope, type Tensor } from "@crease/tensor";
import { sortGraph } from "./graphOrder.ts";
import { numberNames } from "./layerNames.ts";
import { arrange, listed, namesOf, pick, type Structure } from "./structure.ts";

type AnyLayer = Layer<Tensors, Tensors>;

/** One call of a layer, with the places of its inputs and outputs among all values. */
interface Step {
  readonly layer: AnyLayer;
  readonly inputs: Structure<number>;
  readonly outputs: readonly number[];
}

/** The layers between symbolic tensors, in the order in which they compute. */
export class Graph {
  readonly inputs: Symbolics;
  readonly outputs: Symbolics;
  /** What inputs and outputs are called: by the keys of an object, else by their layers. */
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** All layers, each once: those farthest from the outputs first, as Keras orders them. */
  readonly layers: readonly AnyLayer[];
  /** All calls but those of inputs, in the order of computing. */
  readonly nodes: readonly GraphNode[];
  readonly #entries: readonly SymbolicTensor[];
  readonly #steps: readonly Step[];
  readonly #results: Structure<number>;
  readonly #size: number;
  readonly #calls: ReadonlyMap<AnyLayer, readonly GraphNode[]>;

  /**
   * @throws ValueError for what is no symbolic tensor, for an input that reaches no output or is given twice, for
   *   outputs that need another input, and for two layers of one name.
   */
  constructor(op: string, inputs: Symbolics, outputs: Symbolics) {
    requireSymbolics(op, "inputs", inputs);
    requireSymbolics(op, "outputs", outputs);
    this.inputs = inputs;
    this.outputs = outputs;
    const given = symbolicList(inputs);
    // Where a model starts in the middle of another's graph, it gets inputs of its own there.
    this.#entries = given.map((x) => (x.node.inputs === null ? x : entryFor(x)));
    const { nodes, layers } = sortGraph(op, given, outputs);
    this.nodes = nodes;
    this.layers = [...this.#entries.flatMap((x, i) => (x === given[i] ? [] : [x.node.layer])), ...layers];
    nameLayers(op, this.layers);
    this.inputNames = namesOf(inputs, this.#entries);
    this.outputNames = namesOf(outputs, symbolicList(outputs));
    const places = new Map<SymbolicTensor, number>();
    for (const x of [...given, ...nodes.flatMap((node) => node.outputs)])
      if (!places.has(x)) places.set(x, places.size);
    const place = (x: SymbolicTensor): number => places.get(x) as number;
    this.#steps = nodes.map((node) => ({
      layer: node.layer,
      inputs: arrange(node.inputs as Symbolics, place),
      outputs: node.outputs.map(place),
    }));
    this.#results = arrange(outputs, place);
    this.#size = places.size;
    this.#calls = callsByLayer(nodes);
  }

  /** The symbolic tensors that the inputs are named after, in order: those given, or stand-ins in the middle of a graph. */
  get entries(): readonly SymbolicTensor[] {
    return this.#entries;
  }

  /** The place of a symbolic tensor as Keras writes it: its layer, the number of the call in this graph, the output. */
  historyOf(x: SymbolicTensor): readonly [layer: string, call: number, output: number] {
    const entry = this.#entries[symbolicList(this.inputs).indexOf(x)];
    if (entry !== undefined) return [entry.name, 0, 0];
    return [x.name, this.callsOf(x.node.layer).indexOf(x.node), x.position];
  }

  /** The calls of a layer in this graph, in the order in which they were made. */
  callsOf(layer: AnyLayer): readonly GraphNode[] {
    return this.#calls.get(layer) ?? [];
  }

  /**
   * The outputs for inputs, arranged as the symbolic ones.
   *
   * @throws ValueError for inputs that are missing or too many; ShapeError for one of another shape.
   */
  run(op: string, x: Tensors, training: boolean): Tensors {
    const given = pick(op, "input", x as Structure<Tensor>, this.inputNames);
    return scope(() => {
      const inputs = given.map((value, i) => fitted(op, value, this.#entries[i] as SymbolicTensor));
      return this.#walk(
        inputs,
        (layer, xs) => layer.apply(xs as Tensors, { training }) as Structure<Tensor>,
      ) as Tensors;
    });
  }

  /** The outputs' shapes and dtypes for others of the inputs, arranged as the outputs. */
  specs(op: string, x: SpecsOf<Tensors>): SpecsOf<Tensors> {
    const given = pick(op, "input", x as Structure<TensorSpec>, this.inputNames);
    given.forEach(({ shape }, i) => {
      checkShape(op, shape, this.#entries[i] as SymbolicTensor);
    });
    return this.#walk(given, (layer, xs) => layer.computeOutputSpec(xs as SpecsOf<Tensors>) as Structure<TensorSpec>);
  }

  #walk<V>(given: readonly V[], apply: (layer: AnyLayer, xs: Structure<V>) => Structure<V>): Structure<V> {
    const values = new Array<V>(this.#size);
    given.forEach((value, i) => {
      values[i] = value;
    });
    const at = (place: number): V => values[place] as V;
    for (const { layer, inputs, outputs } of this.#steps) {
      const made = listed(apply(layer, arrange(inputs, at)));
      outputs.forEach((place, i) => {
        values[place] = made[i] as V;
      });
    }
    return arrange(this.#results, at);
  }
}

function callsByLayer(nodes: readonly GraphNode[]): ReadonlyMap<AnyLayer, readonly GraphNode[]> {
  const calls = new Map<AnyLayer, GraphNode[]>();
  for (const node of nodes) {
    const list = calls.get(node.layer);
    if (list === undefined) calls.set(node.layer, [node]);
    else list.push(node);
  }
  for (const list of calls.values()) list.sort((a, b) => a.index - b.index);
  return calls;
}

function requireSymbolics(op: string, what: string, given: unknown): void {
  const list: readonly unknown[] =
    typeof given === "object" && given !== null && !(given instanceof SymbolicTensor) ? Object.values(given) : [given];
  if (list.length > 0 && list.every((x) => x instanceof SymbolicTensor)) return;
  throw new ValueError({
    op,
    problem: list.length === 0 ? `there are no ${what}` : `among the ${what} is something that is no symbolic tensor`,
    fix: "Give what `Input` and layers applied to it return, in a list or an object where there are several",
  });
}

/** An input of a model's own for a symbolic tensor in the middle of a graph. */
function entryFor({ name, shape, dtype }: SymbolicTensor): SymbolicTensor {
  const [batchSize = null, ...sample] = shape;
  return new InputLayer({ name: `${name}_input`, shape: sample, batchSize, dtype }).input;
}

function nameLayers(op: string, layers: readonly AnyLayer[]): void {
  numberNames(layers);
  const names = new Set<string>();
  for (const { name } of layers) {
    if (names.has(name))
      throw new ValueError({ op, problem: `two layers are named "${name}"`, fix: "Give each a name of its own" });
    names.add(name);
  }
}

/** The input as its `Input` says: of its dtype, with or without a last axis of size 1. */
function fitted(op: string, x: Tensor, entry: SymbolicTensor): Tensor {
  const rank = entry.shape.length;
  const squeezed =
    x.ndim === rank + 1 && x.shape[rank] === 1
      ? x.squeeze(-1)
      : x.ndim === rank - 1 && entry.shape[rank - 1] === 1
        ? x.expandDims(-1)
        : x;
  checkShape(op, squeezed.shape, entry, x.shape);
  return squeezed.dtype === entry.dtype || squeezed.dtype === "string" ? squeezed : squeezed.cast(entry.dtype);
}

/** Any number of samples fits, whatever batch size the `Input` was given, as in Keras. */
function checkShape(op: string, shape: PartialShape, entry: SymbolicTensor, got: PartialShape = shape): void {
  const fits =
    shape.length === entry.shape.length &&
    entry.shape.every((size, axis) => axis === 0 || size === null || shape[axis] === null || size === shape[axis]);
  if (fits) return;
  const wanted = formatPartialShape([null, ...entry.shape.slice(1)]);
  throw new ShapeError({
    op,
    problem: `the input "${entry.name}" wants shape ${wanted}, got ${formatPartialShape(got)}`,
    fix: `Give it as ${wanted}`,
  });
}
