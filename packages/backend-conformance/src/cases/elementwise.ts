/** Cases of the elementwise primitives. */
import type { ElementwiseTable, ViewName } from "@crease/backend";
import { type DType, dtypes } from "@crease/backend";
import { everything, floats, numbers, type Row, signed } from "../row.ts";
import { value } from "../value.ts";
import { binaryCases } from "./binary.ts";
import { compareCases } from "./compare.ts";
import { unaryCases } from "./unary.ts";

const condition = value("bool", [true, false, true]);
const to = (dtype: DType): { readonly dtype: DType } => ({ dtype });
const numeric: readonly DType[] = dtypes.filter((dtype) => dtype !== "string");

const select: Row<"select"> = {
  dtypes: everything,
  literals: [
    ["R16", numbers, [condition, [1, 2, 3], 4], {}, [[1, 4, 3]]],
    [
      "R16",
      numbers,
      [value("bool", [[true], [false]]), [1, 2], [3, 4]],
      {},
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ],
    [
      "R16",
      numbers,
      [value("bool", true), [[1], [2]], [3, 4]],
      {},
      [
        [
          [1, 1],
          [2, 2],
        ],
      ],
    ],
    ["R25", floats, [condition, [NaN, NaN, 1], [1, 2, NaN]], {}, [[NaN, 2, 1]]],
    ["R22", ["bool"], [condition, [true, true, false], [false, false, false]], {}, [[true, false, false]]],
    ["R24", ["string"], [condition, ["a", "b", "c"], ["x", "y", "z"]], {}, [["a", "y", "c"]]],
  ],
  random: (r, dtype) => {
    const shape = r.shape();
    const [a, b] = r.pair(shape);
    return [[r.values("bool", r.part(shape)), r.values(dtype, a), r.values(dtype, b)], {}];
  },
  smooth: (r) => {
    const shape = r.shape();
    const [a, b] = r.pair(shape);
    return [[r.values("bool", r.part(shape)), r.values("float64", a), r.values("float64", b)], {}];
  },
};

const cast: Row<"cast"> = {
  dtypes: numeric,
  literals: [
    ["R23", floats, [[1.75, -1.75, 0.5, -0.5]], to("int32"), [value("int32", [1, -1, 0, 0])]],
    [
      "R23",
      floats,
      [[NaN, 300, -300, 1.5, Infinity, -Infinity]],
      to("int8"),
      [value("int8", [0, 127, -128, 1, 127, -128])],
    ],
    ["R23", floats, [[NaN, 300, -300, 1.5, Infinity, -0.5]], to("uint8"), [value("uint8", [0, 255, 0, 1, 255, 0])]],
    [
      "R23",
      ["float32", "float64"],
      [[NaN, 3e9, -3e9, Infinity]],
      to("int32"),
      [value("int32", [0, 2147483647, -2147483648, 2147483647])],
    ],
    ["R23", ["int32"], [[300, -1, 128, -129]], to("int8"), [value("int8", [44, -1, -128, 127])]],
    ["R23", ["int32"], [[300, -1, 256]], to("uint8"), [value("uint8", [44, 255, 0])]],
    ["R23", ["uint8"], [[200, 3]], to("int8"), [value("int8", [-56, 3])]],
    ["R23", ["int8"], [[-1, 3]], to("uint8"), [value("uint8", [255, 3])]],
    ["R23", ["int8"], [[-1, 3]], to("int32"), [value("int32", [-1, 3])]],
    [
      "R23",
      floats,
      [[0, -0, 0.5, NaN, Infinity, -1]],
      to("bool"),
      [value("bool", [false, false, true, true, true, true])],
    ],
    ["R23", signed, [[0, 2, -1]], to("bool"), [value("bool", [false, true, true])]],
    ["R23", ["bool"], [[true, false]], to("float32"), [value("float32", [1, 0])]],
    ["R23", ["bool"], [[true, false]], to("int32"), [value("int32", [1, 0])]],
    [
      "R20",
      ["float32", "float64"],
      [[1 + 2 ** -11, 1 + 3 * 2 ** -11, 65519, 65520, 2 ** -24, 2 ** -25]],
      to("float16"),
      [value("float16", [1, 1 + 2 ** -9, 65504, Infinity, 2 ** -24, 0])],
    ],
    [
      "R20",
      ["float64"],
      [[1 + 2 ** -24, 1 + 3 * 2 ** -24, 1e300, NaN]],
      to("float32"),
      [value("float32", [1, 1 + 2 ** -22, Infinity, NaN])],
    ],
    ["R20", ["int32"], [[1, -2]], to("float32"), [value("float32", [1, -2])]],
  ],
  random: (r, dtype) => [
    [r.values(dtype, r.shape(), -300, 300)],
    to(numeric[r.integer(0, numeric.length - 1)] as DType),
  ],
  // To the dtype of the check itself: a narrower one would round differences away.
  smooth: (r) => [[r.values("float64", r.shape())], to("float64")],
};

/** A row for each elementwise primitive that needs a kernel. */
export const elementwiseCases: { readonly [K in Exclude<keyof ElementwiseTable, ViewName>]: Row<K> } = {
  ...unaryCases,
  ...binaryCases,
  ...compareCases,
  select,
  cast,
};
