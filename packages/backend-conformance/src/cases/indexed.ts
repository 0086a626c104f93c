/** Cases of the primitives that move elements by indices. */
import { type Shape, sizeOf } from "@crease/backend";
import type { Random } from "../random.ts";
import { empty, everything, floats, numbers, type Row } from "../row.ts";
import { value } from "../value.ts";
import { moved } from "./moved.ts";

const matrix = [
  [1, 2, 3],
  [4, 5, 6],
];
/** 48 rows of 0 to 9. */
const manyRows = Array.from({ length: 48 }, () => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
const indices = (nested: readonly number[] | readonly (readonly number[])[]) => value("int32", nested);

/** A tensor with an axis that indices point along, and indices that share its leading axes. */
function pointed(r: Random) {
  const shape = r.shape(1, 4);
  const axis = r.integer(0, shape.length - 1);
  const batchDims = r.integer(0, axis);
  const size = shape[axis] as number;
  // An axis without elements can be pointed at by no index.
  const taken: Shape = size === 0 ? [0] : r.shape(0, 2);
  return { shape, axis, batchDims, size, indices: r.indices([...shape.slice(0, batchDims), ...taken], size) };
}

/** The row of gather. */
export const gather: Row<"gather"> = {
  dtypes: everything,
  literals: [
    ["R31", numbers, [[10, 20, 30], indices([2, 0, 0])], { axis: 0, batchDims: 0 }, [[30, 10, 10]]],
    ["R31", numbers, [matrix, indices([[2, 0]])], { axis: 1, batchDims: 0 }, [[[[3, 1]], [[6, 4]]]]],
    ["R31", numbers, [matrix, value("int32", 1)], { axis: 0, batchDims: 0 }, [[4, 5, 6]]],
    [
      "R31",
      numbers,
      [
        matrix,
        indices([
          [2, 0],
          [1, 1],
        ]),
      ],
      { axis: 1, batchDims: 1 },
      [
        [
          [3, 1],
          [5, 5],
        ],
      ],
    ],
    // One index for each of many rows, as losses pick the labels' values.
    [
      "R31",
      numbers,
      [manyRows, indices(manyRows.map((_, i) => i % 10))],
      { axis: 1, batchDims: 1 },
      [manyRows.map((_, i) => i % 10)],
    ],
    ["R17", numbers, [matrix, value("int32", [], [0])], { axis: 0, batchDims: 0 }, [empty(0, 3)]],
    ["R24", ["string"], [["a", "b"], indices([1, 0])], { axis: 0, batchDims: 0 }, [["b", "a"]]],
  ],
  ...moved<"gather">((r, dtype) => {
    const { shape, axis, batchDims, indices } = pointed(r);
    return [[r.values(dtype, shape), indices], { axis, batchDims }];
  }),
};

/** The row of scatterAdd. */
export const scatterAdd: Row<"scatterAdd"> = {
  dtypes: numbers,
  literals: [
    ["R33", numbers, [indices([1, 1, 2]), [1, 2, 3]], { axis: 0, batchDims: 0, size: 4 }, [[0, 3, 3, 0]]],
    [
      "R33",
      numbers,
      [indices([1, 1]), matrix],
      { axis: 0, batchDims: 0, size: 2 },
      [
        [
          [0, 0, 0],
          [5, 7, 9],
        ],
      ],
    ],
    [
      "R33",
      numbers,
      [value("int32", 1), [1, 2]],
      { axis: 1, batchDims: 0, size: 2 },
      [
        [
          [0, 1],
          [0, 2],
        ],
      ],
    ],
    [
      "R33",
      numbers,
      [
        indices([
          [0, 0],
          [2, 1],
        ]),
        [
          [1, 2],
          [3, 4],
        ],
      ],
      { axis: 1, batchDims: 1, size: 3 },
      [
        [
          [3, 0, 0],
          [0, 4, 3],
        ],
      ],
    ],
    ["R33", floats, [indices([0, 0, 0]), [0.5, -0.25, Infinity]], { axis: 0, batchDims: 0, size: 1 }, [[Infinity]]],
    ["R17", numbers, [value("int32", [], [0]), empty(0, 2)], { axis: 0, batchDims: 0, size: 1 }, [[[0, 0]]]],
    ["R21", ["int8"], [indices([0, 0]), [127, 1]], { axis: 0, batchDims: 0, size: 1 }, [[-128]]],
    ["R21", ["uint8"], [indices([0, 0]), [255, 2]], { axis: 0, batchDims: 0, size: 1 }, [[1]]],
    ["R21", ["int32"], [indices([0, 0]), [2147483647, 1]], { axis: 0, batchDims: 0, size: 1 }, [[-2147483648]]],
  ],
  ...moved<"scatterAdd">((r, dtype) => {
    const { shape, axis, batchDims, indices, size } = pointed(r);
    const updates = [...shape.slice(0, axis), ...indices.shape.slice(batchDims), ...shape.slice(axis + 1)];
    return [[indices, r.values(dtype, updates)], { axis, batchDims, size }];
  }),
  terms: ([taken], { batchDims }) => sizeOf((taken?.shape ?? []).slice(batchDims)),
};
