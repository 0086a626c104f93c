/** Tensors that are known by shape and dtype only, and the graph that layers make of them. */
import { type DType, ValueError } from "@crease/backend";
import { promoteDTypes, type Tensor } from "@crease/tensor";
import type { Layer } from "./layer.ts";
import { formatPartialShape, type PartialShape, type Tensors } from "./shape.ts";

/** What is known of a tensor before there are data. */
export interface TensorSpec {
  readonly shape: PartialShape;
  readonly dtype: DType;
}

/** What is known of tensors before there are data, arranged as they are. */
export type SpecsOf<T> = T extends Tensor ? TensorSpec : { readonly [K in keyof T]: TensorSpec };

/** What stands for a value of type T before there are data; for types only. */
export interface StandsFor<T> {
  readonly standsFor?: T;
}

/** Symbolic tensors, arranged as the tensors that they stand for. */
export type Symbolic<T> = T extends Tensor ? SymbolicTensor : { readonly [K in keyof T]: SymbolicTensor };

/** A symbolic tensor, a list of them, or an object of them. */
export type Symbolics = SymbolicTensor | readonly SymbolicTensor[] | { readonly [name: string]: SymbolicTensor };

/** One call of a layer on symbolic tensors. */
export interface GraphNode {
  readonly layer: Layer<Tensors, Tensors>;
  /** What the layer was applied to; null for the input of a model. */
  readonly inputs: Symbolics | null;
  /** What came out. */
  readonly result: Symbolics;
  /** The same in order. */
  readonly outputs: readonly SymbolicTensor[];
  /** Number of the call among all of its layer. */
  readonly index: number;
}

/**
 * Shape and dtype without values; `layer.apply` turns one into the next and remembers the way, of which
 * `new Model({ inputs, outputs })` makes a model.
 *
 * @example
 * ```ts
 * import { Add, Dense, Input } from "@crease/layers";
 * const x = Input({ shape: [784] });
 * const y = new Dense(10).apply(x);
 * String(new Add().apply([y, new Dense(10).apply(x)])); // => SymbolicTensor float32[?,10]
 * ```
 */
export class SymbolicTensor implements TensorSpec, StandsFor<Tensor> {
  /** For types only. */
  declare readonly standsFor?: Tensor;
  /** Sizes, `null` where unknown; the first is the batch size. */
  readonly shape: PartialShape;
  readonly dtype: DType;
  /** The call that it came from. */
  readonly node: GraphNode;
  /** Its place among the outputs of that call. */
  readonly position: number;

  constructor({ shape, dtype }: TensorSpec, node: GraphNode, position: number) {
    this.shape = shape;
    this.dtype = dtype;
    this.node = node;
    this.position = position;
  }

  /** The name of the layer that it came from. */
  get name(): string {
    return this.node.layer.name;
  }

  /** `SymbolicTensor float32[?,10]`. */
  toString(): string {
    return `SymbolicTensor ${formatPartialShape(this.shape, this.dtype)}`;
  }
}

/** The results of one call of a layer, arranged as `specs`; the call joins those that the layer had before. */
export function connect(
  layer: Layer<Tensors, Tensors>,
  calls: GraphNode[],
  inputs: Symbolics | null,
  specs: SpecsOf<Tensors>,
): Symbolics {
  const outputs: SymbolicTensor[] = [];
  const node: { -readonly [K in keyof GraphNode]: GraphNode[K] } = {
    layer,
    inputs,
    result: outputs,
    outputs,
    index: calls.length,
  };
  node.result = mapSpecs(specs, (spec) => {
    const output = new SymbolicTensor(spec, node, outputs.length);
    outputs.push(output);
    return output;
  });
  calls.push(node);
  return node.result;
}

/**
 * True for a symbolic tensor and for lists and objects of them.
 *
 * @throws ValueError where others stand among them.
 */
export function isSymbolics(op: string, x: unknown): x is Symbolics {
  if (x instanceof SymbolicTensor) return true;
  if (typeof x !== "object" || x === null || ArrayBuffer.isView(x)) return false;
  const values: readonly unknown[] = Object.values(x);
  if (!values.some((value) => value instanceof SymbolicTensor)) return false;
  if (values.every((value) => value instanceof SymbolicTensor)) return true;
  throw new ValueError({
    op,
    problem: "some inputs are symbolic and others are not",
    fix: "Give all of them by `Input`, or all as tensors",
  });
}

/**
 * The symbolic tensors of a value that is one, holds some in a list, or in an object.
 *
 * @example
 * ```ts
 * import { Input, symbolicList } from "@crease/layers";
 * symbolicList({ left: Input({ shape: [1] }), right: Input({ shape: [2] }) }).length; // => 2
 * ```
 */
export function symbolicList(x: Symbolics): readonly SymbolicTensor[] {
  return x instanceof SymbolicTensor ? [x] : Object.values(x);
}

/** True for one spec, false for a list or an object of them. */
export function isSpec(specs: SpecsOf<Tensors>): specs is TensorSpec {
  return Array.isArray((specs as Partial<TensorSpec>).shape);
}

/** The same arrangement with `change` applied to each spec. */
export function mapSpecs<R>(
  specs: SpecsOf<Tensors>,
  change: (spec: TensorSpec, name: string) => R,
): R | R[] | Record<string, R> {
  if (isSpec(specs)) return change(specs, "");
  if (Array.isArray(specs)) return specs.map((spec: TensorSpec, i) => change(spec, String(i)));
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, change(spec as TensorSpec, name)]));
}

/** The dtype that operations on all of these would have. */
export function commonDType(specs: SpecsOf<Tensors>): DType {
  const list = isSpec(specs) ? [specs] : (Object.values(specs) as TensorSpec[]);
  return list.map(({ dtype }) => dtype).reduce((a, b) => (a === b ? a : promoteDTypes(a, b)));
}

/**
 * One dtype with shapes: specs, arranged as the shapes are.
 *
 * @example
 * ```ts
 * import { specsWith } from "@crease/layers";
 * specsWith([null, 3], "float32"); // => {"shape":[null,3],"dtype":"float32"}
 * ```
 */
export function specsWith(shapes: unknown, dtype: DType): SpecsOf<Tensors> {
  if (isShape(shapes)) return { shape: shapes, dtype };
  if (Array.isArray(shapes)) return shapes.map((shape: PartialShape) => ({ shape, dtype }));
  const entries = Object.entries(shapes as { readonly [name: string]: PartialShape });
  return Object.fromEntries(entries.map(([name, shape]) => [name, { shape, dtype }]));
}

function isShape(shapes: unknown): shapes is PartialShape {
  return Array.isArray(shapes) && shapes.every((size) => size === null || typeof size === "number");
}
