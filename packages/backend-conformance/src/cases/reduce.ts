/** Cases of the reductions. */
import type { Axes, DType, ReduceTable, Spec } from "@crease/backend";
import { sizeOf } from "@crease/backend";
import type { Random } from "../random.ts";
import { empty, floats, numbers, numbersAndBool, type Row } from "../row.ts";
import { fromNumbers, type Nested, type Value } from "../value.ts";
import { positionCases } from "./positions.ts";

type Reduction = "sum";
const summed: readonly DType[] = [...floats, "int32"];
const wholeShape = { axes: [0, 1], keepDims: false };
const rows = { axes: [1], keepDims: false };
const columns = { axes: [0], keepDims: true };
const vector = { axes: [0], keepDims: false };

/** A random reduction; with `filled` only over axes that have elements. */
function reduced(r: Random, filled: boolean): readonly [shape: readonly number[], attrs: Axes] {
  const shape = r.shape();
  const axes = r.axes(shape).filter((axis) => !filled || shape[axis] !== 0);
  return [shape, { axes, keepDims: r.coin() }];
}

/** Elements that meet in one element of the result. */
const ratio = ([x]: readonly Spec[], { axes }: { readonly axes: readonly number[] }): number =>
  sizeOf(axes.map((axis) => x?.shape[axis] as number));

interface Options {
  /** True where there is no result without elements. */
  readonly filled?: boolean;
  readonly draw?: (r: Random, dtype: DType, shape: readonly number[]) => Value;
  readonly smooth?: (r: Random, shape: readonly number[]) => Value;
  readonly terms?: typeof ratio;
}

function reduction(
  dtypes: readonly DType[],
  literals: Row<Reduction>["literals"],
  { filled = false, draw, smooth, terms }: Options,
): Row<Reduction> {
  return {
    dtypes,
    literals,
    random: (r, dtype) => {
      const [shape, attrs] = reduced(r, filled);
      return [[draw === undefined ? r.coarse(dtype, shape, -4, 4) : draw(r, dtype, shape)], attrs];
    },
    smooth:
      smooth === undefined
        ? null
        : (r) => {
            const [shape, attrs] = reduced(r, filled);
            return [[smooth(r, shape)], attrs];
          },
    ...(terms === undefined ? {} : { terms }),
  };
}

const matrix: Nested = [
  [1, 2, 3],
  [4, 5, 6],
];
/** Factors around 1, so that products of many stay finite; integers of 1 and -1. */
const factors = (r: Random, dtype: DType, shape: readonly number[]): Value =>
  dtype === "int32"
    ? fromNumbers(
        dtype,
        shape,
        Array.from({ length: sizeOf(shape) }, () => (r.coin() ? 1 : -1)),
      )
    : r.values(dtype, shape, 0.8, 1.25);
const spread = (r: Random, dtype: DType, shape: readonly number[]): Value => r.values(dtype, shape);

/** A row for each reduction. */
export const reduceCases: { readonly [K in keyof ReduceTable]: Row<K> } = {
  sum: reduction(
    summed,
    [
      ["R20", summed, [matrix], rows, [[6, 15]]],
      ["R20", summed, [matrix], columns, [[[5, 7, 9]]]],
      ["R20", summed, [matrix], wholeShape, [21]],
      ["R20", summed, [matrix], { axes: [], keepDims: false }, [matrix]],
      ["R17", summed, [empty(0, 2)], columns, [[[0, 0]]]],
      ["R21", ["int32"], [[2147483647, 1, 5]], vector, [-2147483643]],
      [
        "R25",
        floats,
        [
          [
            [NaN, 1],
            [2, 3],
          ],
        ],
        rows,
        [[NaN, 5]],
      ],
      ["R20", floats, [[Infinity, 1, -Infinity]], vector, [NaN]],
    ],
    { draw: spread, smooth: (r, shape) => r.values("float64", shape), terms: ratio },
  ),
  prod: reduction(
    summed,
    [
      ["R20", summed, [matrix], rows, [[6, 120]]],
      ["R20", summed, [matrix], columns, [[[4, 10, 18]]]],
      ["R20", summed, [matrix], wholeShape, [720]],
      ["R17", summed, [empty(0, 2)], columns, [[[1, 1]]]],
      ["R21", ["int32"], [[65536, 65536, 3]], vector, [0]],
      ["R21", ["int32"], [[46341, 46341]], vector, [-2147479015]],
      ["R21", ["int32"], [[2147483647, 2147483647]], vector, [1]],
      [
        "R25",
        floats,
        [
          [
            [NaN, 0],
            [2, 3],
          ],
        ],
        rows,
        [[NaN, 6]],
      ],
    ],
    { draw: factors, smooth: (r, shape) => r.values("float64", shape, 0.8, 1.25), terms: ratio },
  ),
  max: reduction(
    numbersAndBool,
    [
      ["R20", numbers, [matrix], rows, [[3, 6]]],
      ["R20", numbers, [matrix], columns, [[[4, 5, 6]]]],
      ["R20", floats, [[-Infinity, -Infinity]], vector, [-Infinity]],
      ["R21", ["int8"], [[-128, -127]], vector, [-127]],
      ["R21", ["int32"], [[-2147483648, -2147483647]], vector, [-2147483647]],
      [
        "R22",
        ["bool"],
        [
          [
            [true, false],
            [false, false],
          ],
        ],
        rows,
        [[true, false]],
      ],
      [
        "R25",
        floats,
        [
          [
            [NaN, 1],
            [1, NaN],
            [1, 2],
          ],
        ],
        rows,
        [[NaN, NaN, 2]],
      ],
    ],
    { filled: true, smooth: (r, shape) => r.distinct(shape) },
  ),
  min: reduction(
    numbersAndBool,
    [
      ["R20", numbers, [matrix], rows, [[1, 4]]],
      ["R20", numbers, [matrix], columns, [[[1, 2, 3]]]],
      ["R20", floats, [[Infinity, Infinity]], vector, [Infinity]],
      ["R21", ["uint8"], [[255, 254]], vector, [254]],
      ["R21", ["int32"], [[2147483647, 2147483646]], vector, [2147483646]],
      [
        "R22",
        ["bool"],
        [
          [
            [true, false],
            [true, true],
          ],
        ],
        rows,
        [[false, true]],
      ],
      [
        "R25",
        floats,
        [
          [
            [NaN, 1],
            [1, NaN],
            [1, 2],
          ],
        ],
        rows,
        [[NaN, NaN, 1]],
      ],
    ],
    { filled: true, smooth: (r, shape) => r.distinct(shape) },
  ),
  any: reduction(
    ["bool"],
    [
      [
        "R22",
        ["bool"],
        [
          [
            [true, false],
            [false, false],
          ],
        ],
        rows,
        [[true, false]],
      ],
      ["R17", ["bool"], [empty(0, 2)], columns, [[[false, false]]]],
    ],
    {},
  ),
  all: reduction(
    ["bool"],
    [
      [
        "R22",
        ["bool"],
        [
          [
            [true, false],
            [true, true],
          ],
        ],
        rows,
        [[false, true]],
      ],
      ["R17", ["bool"], [empty(0, 2)], columns, [[[true, true]]]],
    ],
    {},
  ),
  ...positionCases,
  cumSum: {
    dtypes: summed,
    literals: [
      ["R20", summed, [[1, 2, 3]], { axis: 0, exclusive: false, reverse: false }, [[1, 3, 6]]],
      ["R20", summed, [[1, 2, 3]], { axis: 0, exclusive: true, reverse: false }, [[0, 1, 3]]],
      ["R20", summed, [[1, 2, 3]], { axis: 0, exclusive: false, reverse: true }, [[6, 5, 3]]],
      ["R20", summed, [[1, 2, 3]], { axis: 0, exclusive: true, reverse: true }, [[5, 3, 0]]],
      [
        "R20",
        summed,
        [matrix],
        { axis: 0, exclusive: false, reverse: false },
        [
          [
            [1, 2, 3],
            [5, 7, 9],
          ],
        ],
      ],
      [
        "R21",
        ["int32"],
        [[2147483647, 1, 5]],
        { axis: 0, exclusive: false, reverse: false },
        [[2147483647, -2147483648, -2147483643]],
      ],
      ["R25", floats, [[1, NaN, 2]], { axis: 0, exclusive: false, reverse: false }, [[1, NaN, NaN]]],
    ],
    random: (r, dtype) => {
      const shape = r.shape(1);
      return [
        [r.values(dtype, shape)],
        { axis: r.integer(0, shape.length - 1), exclusive: r.coin(), reverse: r.coin() },
      ];
    },
    smooth: (r) => {
      const shape = r.shape(1);
      return [
        [r.values("float64", shape)],
        { axis: r.integer(0, shape.length - 1), exclusive: r.coin(), reverse: r.coin() },
      ];
    },
    terms: ([x], { axis }) => x?.shape[axis] as number,
  },
};
