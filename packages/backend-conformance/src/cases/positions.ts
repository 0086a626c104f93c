/** Cases of the positions of extremes. */
import type { DType } from "@crease/backend";
import { floats, numbers, numbersAndBool, type Row } from "../row.ts";
import { value } from "../value.ts";

/** Element types whose negatives exist. */
const summed: readonly DType[] = [...floats, "int32"];

const position = (sign: 1 | -1, literals: Row<"argMax">["literals"]): Row<"argMax"> => ({
  dtypes: numbersAndBool,
  literals: [
    ...literals,
    [
      "R29",
      summed,
      [
        [
          [3, 1],
          [2, 5],
        ].map((row) => row.map((x) => x * sign)),
      ],
      { axis: 0 },
      [value("int32", [0, 1])],
    ],
    [
      "R29",
      summed,
      [
        [
          [3, 1],
          [2, 5],
        ].map((row) => row.map((x) => x * sign)),
      ],
      { axis: 1 },
      [value("int32", [0, 1])],
    ],
    ["R29", floats, [[1, NaN, sign * Infinity, NaN]], { axis: 0 }, [value("int32", 1)]],
    ["R29", floats, [[-sign * Infinity, -sign * Infinity]], { axis: 0 }, [value("int32", 0)]],
  ],
  random: (r, dtype) => {
    const shape = r.shape(1);
    const full = shape.flatMap((size, axis) => (size > 0 ? [axis] : []));
    // Only an axis with elements has a largest one.
    const sizes = full.length === 0 ? [...shape, 2] : shape;
    const axis = full.length === 0 ? sizes.length - 1 : (full[r.integer(0, full.length - 1)] as number);
    return [[r.coarse(dtype, sizes)], { axis }];
  },
  smooth: null,
});

/** A row for each of them. */
export const positionCases: { readonly argMax: Row<"argMax">; readonly argMin: Row<"argMin"> } = {
  argMax: position(1, [
    ["R29", numbers, [[1, 3, 3, 2]], { axis: 0 }, [value("int32", 1)]],
    ["R29", ["bool"], [[false, true, true]], { axis: 0 }, [value("int32", 1)]],
  ]),
  argMin: position(-1, [
    ["R29", numbers, [[3, 1, 1, 2]], { axis: 0 }, [value("int32", 1)]],
    ["R29", ["bool"], [[true, false, false]], { axis: 0 }, [value("int32", 1)]],
  ]),
};
