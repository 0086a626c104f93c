/** Repeatable random inputs: shapes of every kind that makes kernels fail, and elements. */
import { type DType, integerRange, isInteger, type Shape, sizeOf } from "@crease/backend";
import { fromNumbers, type Value } from "./value.ts";

/** The lowest rank, an axis without elements, a long odd inner axis, the highest rank, or anything between. */
export type ShapeKind = "scalar" | "empty" | "long" | "deep" | "any";

/** Strings of which some differ in the order of code points and code units, one is empty and some are equal. */
const words = ["", "a", "ab", "b", "\u{1F600}", "\uFF5E", "é"] as const;

/** A source of random numbers, shapes and tensors that is the same for the same seed. */
export class Random {
  readonly kind: ShapeKind;
  #state: number;

  constructor(seed: number, kind: ShapeKind = "any") {
    this.kind = kind;
    this.#state = seed;
  }

  /** In [0, 1). Source: Bryc's mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from one to the other, both included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True half of the time. */
  coin(): boolean {
    return this.next() < 0.5;
  }

  /** A shape of the kind asked for, with a rank between the two. */
  shape(leastRank = 0, mostRank = 5): Shape {
    const { kind } = this;
    const lower = kind === "empty" || kind === "long" ? Math.min(Math.max(leastRank, 1), mostRank) : leastRank;
    const upper =
      kind === "scalar" ? lower : kind === "long" || kind === "empty" ? Math.min(lower + 1, mostRank) : mostRank;
    const shape = Array.from({ length: kind === "deep" ? mostRank : this.integer(lower, upper) }, () =>
      this.next() < 0.15 ? 1 : this.integer(1, 3),
    );
    if (kind === "empty" && shape.length > 0) shape[this.integer(0, shape.length - 1)] = 0;
    if (kind === "long" && shape.length > 0) shape[shape.length - 1] = this.integer(24, 33) * 2 + 1;
    return shape;
  }

  /** The shape with leading axes dropped and some axes as 1: it broadcasts to the shape itself. */
  part(shape: Shape): Shape {
    return shape.slice(this.integer(0, shape.length)).map((size) => (this.next() < 0.3 ? 1 : size));
  }

  /** Two shapes that broadcast: the first, the second or both are repeated. */
  pair(shape: Shape = this.shape()): readonly [Shape, Shape] {
    const other = this.part(shape);
    return this.coin() ? [shape, other] : [other, shape];
  }

  /** Some of the axes, sorted. */
  axes(shape: Shape): number[] {
    return shape.flatMap((_, axis) => (this.coin() ? [axis] : []));
  }

  /** The numbers below `size` in any order. */
  permutation(size: number): number[] {
    const order = Array.from({ length: size }, (_, i) => i);
    for (let i = size - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    return order;
  }

  /** Elements spread over a range: whole ones for integers, within the dtype's own range. */
  values(dtype: DType, shape: Shape, low = -2, high = 2): Value {
    const length = sizeOf(shape);
    if (dtype === "string")
      return fromNumbers(
        dtype,
        shape,
        Array.from({ length }, () => words[this.integer(0, words.length - 1)] as string),
      );
    if (dtype === "bool")
      return fromNumbers(
        dtype,
        shape,
        Array.from({ length }, () => this.integer(0, 1)),
      );
    if (!isInteger(dtype))
      return fromNumbers(
        dtype,
        shape,
        Array.from({ length }, () => low + this.next() * (high - low)),
      );
    const [least, most] = integerRange[dtype as "int32"];
    const [from, to] = [Math.max(Math.ceil(low), least), Math.min(Math.floor(high), most)];
    return fromNumbers(
      dtype,
      shape,
      Array.from({ length }, () => this.integer(from, to)),
    );
  }

  /** Multiples of a quarter, so that equal elements, whole ones and exact quotients occur. */
  coarse(dtype: DType, shape: Shape, low = -2, high = 2): Value {
    if (dtype === "string" || dtype === "bool" || isInteger(dtype)) return this.values(dtype, shape, low, high);
    return fromNumbers(
      dtype,
      shape,
      Array.from({ length: sizeOf(shape) }, () => this.integer(low * 4, high * 4) / 4),
    );
  }

  /** float64 elements at least 0.05 apart, in any order, none near 0. */
  distinct(shape: Shape): Value {
    const order = this.permutation(sizeOf(shape));
    return fromNumbers(
      "float64",
      shape,
      order.map((i) => 0.06 * i - 1.03 + 0.01 * this.next()),
    );
  }

  /** Positions below `size`. */
  indices(shape: Shape, size: number): Value {
    return fromNumbers(
      "int32",
      shape,
      Array.from({ length: sizeOf(shape) }, () => this.integer(0, size - 1)),
    );
  }
}
