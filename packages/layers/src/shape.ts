/** Shapes of what goes into and comes out of layers, with sizes that are not known yet. */
import type { DType } from "@crease/backend";
import { Tensor } from "@crease/tensor";

/** A shape whose unknown sizes, the batch size as a rule, are `null`. */
export type PartialShape = readonly (number | null)[];

/** What a layer takes and gives: a tensor, a list of them, or an object of them. */
export type Tensors = Tensor | readonly Tensor[] | { readonly [name: string]: Tensor };

/** The shapes of tensors, arranged as they are. */
export type ShapesOf<T> = T extends Tensor ? PartialShape : { readonly [K in keyof T]: PartialShape };

/** The masks of tensors, arranged as they are; null for those that have none. */
export type MasksOf<T> = T extends Tensor ? Tensor | null : { readonly [K in keyof T]: Tensor | null };

/** The masks that tensors have; undefined where none has one. */
export function masksOf<T extends Tensors>(x: T): MasksOf<T> | undefined {
  const maskOf = (value: Tensor): Tensor | null => value.mask ?? null;
  if (x instanceof Tensor) return x.mask as MasksOf<T> | undefined;
  if (!listOf(x).some((value) => value.mask !== undefined)) return undefined;
  if (Array.isArray(x)) return x.map(maskOf) as unknown as MasksOf<T>;
  return Object.fromEntries(Object.entries(x).map(([name, value]) => [name, maskOf(value)])) as MasksOf<T>;
}

/** The shapes of tensors, arranged as they are. */
export function shapesOf<T extends Tensors>(x: T): ShapesOf<T> {
  const shapeOf = (value: Tensor): PartialShape => value.shape;
  if (x instanceof Tensor) return shapeOf(x) as ShapesOf<T>;
  if (Array.isArray(x)) return x.map(shapeOf) as unknown as ShapesOf<T>;
  return Object.fromEntries(Object.entries(x).map(([name, value]) => [name, shapeOf(value)])) as ShapesOf<T>;
}

/**
 * The tensors of a value that is one, holds some in a list, or in an object.
 *
 * @example
 * ```ts
 * import { listOf } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * listOf({ left: tensor(1), right: tensor(2) }).length; // => 2
 * ```
 */
export function listOf(x: Tensors): readonly Tensor[] {
  return x instanceof Tensor ? [x] : Object.values(x);
}

/** True for a tensor and for non-empty lists and objects of tensors; false for numbers and arrays that are still to become one. */
export function isTensors(x: unknown): x is Tensors {
  if (x instanceof Tensor) return true;
  if (typeof x !== "object" || x === null || ArrayBuffer.isView(x)) return false;
  const values = Object.values(x);
  return values.length > 0 && values.every((value) => value instanceof Tensor);
}

/**
 * The spelling of a partial shape in messages, `?` for what is unknown.
 *
 * @example
 * ```ts
 * import { formatPartialShape } from "@crease/layers";
 * formatPartialShape([null, 784]); // => [?,784]
 * ```
 */
export function formatPartialShape(shape: PartialShape, dtype: DType | "" = ""): string {
  return `${dtype}[${shape.map((size) => size ?? "?").join(",")}]`;
}
