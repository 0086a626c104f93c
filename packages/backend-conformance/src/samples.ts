/** The calls that checks are made of: literal and random ones of one op, those that a backend can run. */
import type { CallName, DType } from "@crease/backend";
import { type Bench, inferOuts } from "./bench.ts";
import { cases } from "./cases.ts";
import type { RunName } from "./check.ts";
import { Random, type ShapeKind } from "./random.ts";
import type { Given, Row } from "./row.ts";
import type { Rule } from "./rule.ts";
import { type Value, value } from "./value.ts";

/** One call. */
export interface Call {
  readonly inputs: readonly Value[];
  readonly attrs: object;
}

/** One call with its results. */
export interface Known extends Call {
  readonly outputs: readonly Value[];
}

/** Every op by name, untyped. */
export const rowOf = (op: RunName): Row<CallName> => cases[op] as unknown as Row<CallName>;

/** The names of all ops in the table. */
export const names = Object.keys(cases) as readonly RunName[];

/** Rules that an op's literal cases show. */
export function literalRules(op: RunName): readonly Rule[] {
  return [...new Set(rowOf(op).literals.map(([rule]) => rule))];
}

/** The literal cases of one rule that the backend can run. */
export function literalsOf(bench: Bench, op: RunName, rule: Rule): readonly Known[] {
  return rowOf(op).literals.flatMap(([of, dtypes, inputs, attrs, outputs]) =>
    of !== rule
      ? []
      : dtypes.flatMap((dtype) => {
          const given = (inputs as readonly Given[]).map((x) => valueFor(x, dtype));
          const outs = inferOuts(op, given, attrs);
          const results = (outputs as readonly Given[]).map((y, i) => valueFor(y, outs[i]?.dtype as DType));
          return bench.canRun(op, dtype, given, attrs, results) ? [{ inputs: given, attrs, outputs: results }] : [];
        }),
  );
}

function valueFor(given: Given, dtype: DType): Value {
  if (typeof given === "function") return given(dtype);
  return typeof given === "object" && "data" in given ? given : value(dtype, given);
}

const kinds: readonly ShapeKind[] = ["scalar", "empty", "long", "deep", "any", "any", "any"];

/** Random calls of one op and dtype, of every kind of shape asked for; others in each `round`. */
export function randomCalls(
  bench: Bench,
  op: RunName,
  dtype: DType,
  of: readonly ShapeKind[] = kinds,
  round = 0,
): readonly Call[] {
  const { random } = rowOf(op);
  return of
    .map((kind, i): Call => {
      const [inputs, attrs] = random(new Random(seedOf(op, round) + i, kind), dtype);
      return { inputs: inputs as readonly Value[], attrs };
    })
    .filter(({ inputs, attrs }) => bench.canRun(op, dtype, inputs, attrs));
}

/** Random calls of every dtype that the backend has for the op. */
export function allCalls(bench: Bench, op: RunName, of?: readonly ShapeKind[]): readonly Call[] {
  return rowOf(op).dtypes.flatMap((dtype) => randomCalls(bench, op, dtype, of));
}

/** Random calls in float64 where the op has derivatives, others in each `round`; null where it has none. */
export function smoothCalls(op: RunName, round = 0): readonly Call[] | null {
  const { smooth } = rowOf(op);
  return (
    smooth &&
    kinds.map((kind, i) => {
      const [inputs, attrs] = smooth(new Random(seedOf(op, round) + 100 + i, kind));
      return { inputs: inputs as readonly Value[], attrs };
    })
  );
}

/** Number of rounded terms of an element of a call's result. */
export function termsOf(op: RunName, { inputs, attrs }: Call): number {
  return rowOf(op).terms?.(inputs, attrs as never) ?? 1;
}

/** A different start for each op and round. */
function seedOf(op: RunName, round: number): number {
  return [...op].reduce((seed, letter) => (seed * 31 + letter.charCodeAt(0)) | 0, 7 + round);
}
