/** What the case table holds for one op. */
import type { Attrs, CallName, DType, ElementwiseTable, Inputs, Outputs, Spec, ViewName } from "@crease/backend";
import type { Random } from "./random.ts";
import type { Rule } from "./rule.ts";
import { type Nested, type Value, value } from "./value.ts";

/** Elements of the dtype of the case, a value with a dtype of its own, or one made for the dtype of the case. */
export type Given = Nested | Value | ((dtype: DType) => Value);

/** A tensor without elements. */
export const empty =
  (...shape: readonly number[]): Given =>
  (dtype) =>
    value(dtype, [], shape);

/** A case with a known result: the rule that it shows, dtypes it holds for, inputs, attributes, outputs. */
export type Literal<K extends CallName> = readonly [
  rule: Rule,
  dtypes: readonly DType[],
  inputs: Inputs<K, Given>,
  attrs: Attrs<K>,
  outputs: Outputs<K, Given>,
];

/** Inputs and attributes of one call. */
export type Sample<K extends CallName> = readonly [inputs: Inputs<K, Value>, attrs: Attrs<K>];

/** All that is known about one op. */
export interface Row<K extends CallName> {
  /** Results worked out by hand from the rules. */
  readonly literals: readonly Literal<K>[];
  /** Element types of random calls. */
  readonly dtypes: readonly DType[];
  /** A random call. */
  readonly random: (r: Random, dtype: DType) => Sample<K>;
  /** A random call in float64 at a point where the op has derivatives; null for ops without. */
  readonly smooth: ((r: Random) => Sample<K>) | null;
  /** Number of rounded terms that an element of the result is made of; 1 unless said. */
  readonly terms?: (inputs: readonly Spec[], attrs: Attrs<K>) => number;
}

/** The elementwise primitives of so many inputs and no attributes that backends compute. */
export type ElementwiseName<Arity extends 1 | 2> = Exclude<
  {
    readonly [K in keyof ElementwiseTable]: ElementwiseTable[K]["arity"] extends Arity ? K : never;
  }[keyof ElementwiseTable],
  ViewName | "cast"
>;

/** The floating-point types. */
export const floats: readonly DType[] = ["float16", "float32", "float64"];
/** The integer types. */
export const integers: readonly DType[] = ["int8", "uint8", "int32"];
/** All types of numbers. */
export const numbers: readonly DType[] = [...floats, ...integers];
/** The types with negative numbers. */
export const signed: readonly DType[] = [...floats, "int8", "int32"];
/** All types but strings. */
export const numbersAndBool: readonly DType[] = [...numbers, "bool"];
/** All types. */
export const everything: readonly DType[] = [...numbersAndBool, "string"];
