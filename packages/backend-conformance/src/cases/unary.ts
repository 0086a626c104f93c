/** Cases of the elementwise primitives of one input. */
import type { DType } from "@crease/backend";
import { type ElementwiseName, floats, type Given, type Literal, numbers, type Row, signed } from "../row.ts";
import type { Rule } from "../rule.ts";

type Unary = "neg";
type Range = readonly [low: number, high: number];

/** A row: literals of one input and output, the range of random inputs, and where it has a derivative. */
function unary(
  dtypes: readonly DType[],
  [low, high]: Range,
  literals: readonly (readonly [Rule, readonly DType[], Given, Given])[],
  smooth: Range | null,
): Row<Unary> {
  return {
    dtypes,
    literals: literals.map(([rule, of, x, y]): Literal<Unary> => [rule, of, [x], {}, [y]]),
    random: (r, dtype) => [[r.values(dtype, r.shape(), low, high)], {}],
    smooth: smooth && ((r) => [[r.values("float64", r.shape(), ...smooth)], {}]),
  };
}

const whole: Range = [-20, 20];
const bools: readonly DType[] = ["bool"];

/** Values of a function of floats, as pairs. */
const at = (
  ...pairs: readonly (readonly [x: number, y: number])[]
): readonly [Rule, readonly DType[], Given, Given] => ["R20", floats, pairs.map(([x]) => x), pairs.map(([, y]) => y)];

const nan = (x: number[]): readonly [Rule, readonly DType[], Given, Given] => [
  "R20",
  floats,
  x,
  x.map(() => Number.NaN),
];

/** A row for each primitive of one input. */
export const unaryCases: { readonly [K in ElementwiseName<1>]: Row<Unary> } = {
  neg: unary(
    numbers,
    whole,
    [
      ["R20", signed, [1, -2, 0], [-1, 2, 0]],
      ["R20", floats, [Infinity, -0.5, NaN], [-Infinity, 0.5, NaN]],
      ["R21", ["uint8"], [0, 1, 255], [0, 255, 1]],
      ["R21", ["int8"], [-128, 127], [-128, -127]],
      ["R21", ["int32"], [-2147483648, 2147483647], [-2147483648, -2147483647]],
    ],
    [-2, 2],
  ),
  abs: unary(
    numbers,
    whole,
    [
      ["R20", signed, [1, -2, 0], [1, 2, 0]],
      ["R20", floats, [-Infinity, -0.5, NaN], [Infinity, 0.5, NaN]],
      ["R21", ["uint8"], [0, 200, 255], [0, 200, 255]],
      ["R21", ["int8"], [-128, -127], [-128, 127]],
      ["R21", ["int32"], [-2147483648, -2147483647], [-2147483648, 2147483647]],
    ],
    [-2, 2],
  ),
  sign: unary(
    numbers,
    whole,
    [
      ["R20", signed, [3, -2, 0], [1, -1, 0]],
      ["R20", floats, [Infinity, -Infinity, -0, -0.5], [1, -1, 0, -1]],
      ["R21", ["uint8"], [0, 200], [0, 1]],
      ["R25", floats, [NaN, 1], [NaN, 1]],
    ],
    [-2, 2],
  ),
  floor: unary(
    numbers,
    [-5, 5],
    [
      at([1.5, 1], [-1.5, -2], [2, 2], [-0.25, -1], [Infinity, Infinity]),
      nan([NaN]),
      ["R21", signed, [-3, 4], [-3, 4]],
    ],
    null,
  ),
  ceil: unary(
    numbers,
    [-5, 5],
    [
      at([1.5, 2], [-1.5, -1], [2, 2], [0.25, 1], [-Infinity, -Infinity]),
      nan([NaN]),
      ["R21", signed, [-3, 4], [-3, 4]],
    ],
    null,
  ),
  round: unary(
    numbers,
    [-5, 5],
    [
      ["R26", floats, [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 3.5], [0, 2, 2, 0, -2, -2, 4]],
      ["R26", floats, [0.25, 0.75, -0.75, 1023, NaN, Infinity], [0, 1, -1, 1023, NaN, Infinity]],
      ["R26", ["float64"], [0.49999999999999994, 2251799813685248.5, -0.50000000000001], [0, 2251799813685248, -1]],
      ["R21", signed, [-3, 4], [-3, 4]],
    ],
    null,
  ),
  relu: unary(
    numbers,
    whole,
    [
      ["R20", signed, [3, -2, 0], [3, 0, 0]],
      ["R20", floats, [Infinity, -Infinity, -0], [Infinity, 0, 0]],
      ["R21", ["uint8"], [0, 200], [0, 200]],
      ["R25", floats, [NaN, -1], [NaN, 0]],
    ],
    [-2, 2],
  ),
  exp: unary(
    floats,
    [-10, 10],
    [at([0, 1], [1, Math.E], [-Infinity, 0], [Infinity, Infinity], [Math.LN2, 2]), nan([NaN])],
    [-2, 2],
  ),
  expm1: unary(
    floats,
    [-4, 4],
    [at([0, 0], [1, Math.E - 1], [-Infinity, -1], [Infinity, Infinity], [1e-3, 1.0005001667083417e-3]), nan([NaN])],
    [-2, 2],
  ),
  log: unary(
    floats,
    [0.01, 20],
    [at([1, 0], [Math.E, 1], [0, -Infinity], [Infinity, Infinity], [2, Math.LN2]), nan([NaN, -1])],
    [0.3, 3],
  ),
  log1p: unary(
    floats,
    [-0.9, 10],
    [at([0, 0], [1, Math.LN2], [-1, -Infinity], [Infinity, Infinity]), nan([NaN, -2])],
    [-0.6, 3],
  ),
  sqrt: unary(floats, [0, 20], [at([0, 0], [4, 2], [2, Math.SQRT2], [Infinity, Infinity]), nan([NaN, -1])], [0.3, 3]),
  rsqrt: unary(
    floats,
    [0.05, 20],
    [at([0, Infinity], [4, 0.5], [2, Math.SQRT1_2], [Infinity, 0]), nan([NaN, -1])],
    [0.3, 3],
  ),
  sin: unary(
    floats,
    [-6, 6],
    [at([0, 0], [0.5, 0.479425538604203], [-0.5, -0.479425538604203]), nan([NaN, Infinity])],
    [-2, 2],
  ),
  cos: unary(
    floats,
    [-6, 6],
    [at([0, 1], [0.5, 0.8775825618903728], [-0.5, 0.8775825618903728]), nan([NaN, Infinity])],
    [-2, 2],
  ),
  tan: unary(
    floats,
    [-1.4, 1.4],
    [at([0, 0], [0.5, 0.5463024898437905], [-0.5, -0.5463024898437905]), nan([NaN, Infinity])],
    [-1.2, 1.2],
  ),
  asin: unary(
    floats,
    [-1, 1],
    [at([0, 0], [0.5, Math.PI / 6], [1, Math.PI / 2], [-1, -Math.PI / 2]), nan([NaN, 2, -2])],
    [-0.8, 0.8],
  ),
  acos: unary(
    floats,
    [-1, 1],
    [at([0, Math.PI / 2], [0.5, Math.PI / 3], [1, 0], [-1, Math.PI]), nan([NaN, 2, -2])],
    [-0.8, 0.8],
  ),
  atan: unary(
    floats,
    [-10, 10],
    [at([0, 0], [1, Math.PI / 4], [Infinity, Math.PI / 2], [-Infinity, -Math.PI / 2]), nan([NaN])],
    [-2, 2],
  ),
  sinh: unary(
    floats,
    [-4, 4],
    [at([0, 0], [1, 1.1752011936438014], [Infinity, Infinity], [-Infinity, -Infinity]), nan([NaN])],
    [-2, 2],
  ),
  cosh: unary(
    floats,
    [-4, 4],
    [at([0, 1], [1, 1.5430806348152437], [Infinity, Infinity], [-Infinity, Infinity]), nan([NaN])],
    [-2, 2],
  ),
  tanh: unary(
    floats,
    [-6, 6],
    [at([0, 0], [1, 0.7615941559557649], [Infinity, 1], [-Infinity, -1], [60, 1]), nan([NaN])],
    [-2, 2],
  ),
  asinh: unary(
    floats,
    [-10, 10],
    [at([0, 0], [1, 0.881373587019543], [Infinity, Infinity], [-Infinity, -Infinity]), nan([NaN])],
    [-2, 2],
  ),
  acosh: unary(floats, [1, 10], [at([1, 0], [2, 1.3169578969248166], [Infinity, Infinity]), nan([NaN, 0.5])], [1.3, 4]),
  atanh: unary(
    floats,
    [-0.95, 0.95],
    [at([0, 0], [0.5, 0.5493061443340548], [1, Infinity], [-1, -Infinity]), nan([NaN, 2])],
    [-0.8, 0.8],
  ),
  sigmoid: unary(
    floats,
    [-10, 10],
    [at([0, 0.5], [1, 0.7310585786300049], [Infinity, 1], [-Infinity, 0], [-200, 0], [200, 1]), nan([NaN])],
    [-2, 2],
  ),
  erf: unary(
    floats,
    [-4, 4],
    [at([0, 0], [1, 0.8427007929497149], [-0.5, -0.5204998778130465], [Infinity, 1], [-Infinity, -1]), nan([NaN])],
    [-2, 2],
  ),
  logicalNot: unary(bools, [0, 1], [["R22", bools, [true, false], [false, true]]], null),
  isNaN: unary(
    floats,
    [-2, 2],
    [["R25", floats, [NaN, 0, Infinity, -Infinity, -0], [true, false, false, false, false]]],
    null,
  ),
};
