/** Rows of elementwise primitives of two inputs. */
import type { DType } from "@crease/backend";
import type { Random } from "../random.ts";
import type { Given, Literal, Row } from "../row.ts";
import type { Rule } from "../rule.ts";
import type { Value } from "../value.ts";

/** Stands for every op of two inputs without attributes: their rows look alike. */
export type Binary = "add";
/** Between which numbers elements are drawn. */
export type Range = readonly [low: number, high: number];
type Pick = "values" | "coarse";

const draw = (r: Random, pick: Pick, dtype: DType, [low, high]: Range, shape: readonly number[]): Value =>
  r[pick](dtype, shape, low, high);

interface Domain {
  readonly first: Range;
  readonly second?: Range;
  /** How elements are drawn; anywhere in the ranges unless said. */
  readonly pick?: Pick;
}

/** A row: literals of two inputs and an output, random inputs that broadcast both ways. */
export function binary(
  dtypes: readonly DType[],
  { first, second = first, pick = "values" }: Domain,
  literals: readonly (readonly [Rule, readonly DType[], Given, Given, Given])[],
  smooth: readonly [Range, Range] | null,
): Row<Binary> {
  return {
    dtypes,
    literals: literals.map(([rule, of, a, b, y]): Literal<Binary> => [rule, of, [a, b], {}, [y]]),
    random: (r, dtype) => {
      const [a, b] = r.pair();
      return [[draw(r, pick, dtype, first, a), draw(r, pick, dtype, second, b)], {}];
    },
    smooth:
      smooth &&
      ((r) => {
        const [a, b] = r.pair();
        return [[draw(r, "values", "float64", smooth[0], a), draw(r, "values", "float64", smooth[1], b)], {}];
      }),
  };
}

/** All pairs of truth values. */
export const truth: readonly [Given, Given] = [
  [false, false, true, true],
  [false, true, false, true],
];
/** NaN on either side, and on both. */
export const nans: readonly [Given, Given] = [
  [NaN, 1, NaN],
  [1, NaN, NaN],
];
/** Only bool. */
export const bools: readonly DType[] = ["bool"];
