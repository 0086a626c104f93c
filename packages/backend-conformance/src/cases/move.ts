/** Cases of the primitives that move elements. */
import { type DType, isFloat, type MoveTable, type Shape, sizeOf, type ViewName } from "@crease/backend";
import type { Random } from "../random.ts";
import { empty, everything, floats, numbers, type Row, type Sample } from "../row.ts";
import { value } from "../value.ts";

type MoveName = Exclude<keyof MoveTable, ViewName>;
type Make<K extends MoveName> = (r: Random, dtype: DType) => Sample<K>;

/** The same random calls for values and for derivatives. */
const both = <K extends MoveName>(make: Make<K>): Pick<Row<K>, "random" | "smooth"> => ({
  random: make,
  smooth: (r) => make(r, "float64"),
});

const matrix = [
  [1, 2, 3],
  [4, 5, 6],
];
const words = [
  ["a", "b"],
  ["c", "d"],
];
const indices = (nested: readonly number[] | readonly (readonly number[])[]) => value("int32", nested);

const transpose: Row<"transpose"> = {
  dtypes: everything,
  literals: [
    [
      "R1",
      numbers,
      [matrix],
      { perm: [1, 0] },
      [
        [
          [1, 4],
          [2, 5],
          [3, 6],
        ],
      ],
    ],
    [
      "R1",
      numbers,
      [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
      ],
      { perm: [2, 0, 1] },
      [[[[1, 3]], [[2, 4]]]],
    ],
    [
      "R24",
      ["string"],
      [words],
      { perm: [1, 0] },
      [
        [
          ["a", "c"],
          ["b", "d"],
        ],
      ],
    ],
  ],
  ...both<"transpose">((r, dtype) => {
    const shape = r.shape();
    return [[r.values(dtype, shape)], { perm: r.permutation(shape.length) }];
  }),
};

const broadcastTo: Row<"broadcastTo"> = {
  dtypes: everything,
  literals: [
    [
      "R1",
      numbers,
      [[1, 2]],
      { shape: [2, 2] },
      [
        [
          [1, 2],
          [1, 2],
        ],
      ],
    ],
    [
      "R1",
      numbers,
      [[[1], [2]]],
      { shape: [2, 2] },
      [
        [
          [1, 1],
          [2, 2],
        ],
      ],
    ],
    ["R1", numbers, [7], { shape: [2] }, [[7, 7]]],
    ["R17", numbers, [[7]], { shape: [2, 0] }, [empty(2, 0)]],
    ["R24", ["string"], [["a"]], { shape: [2] }, [["a", "a"]]],
  ],
  ...both<"broadcastTo">((r, dtype) => {
    const shape = r.shape();
    return [[r.values(dtype, r.part(shape))], { shape }];
  }),
};

const slice: Row<"slice"> = {
  dtypes: everything,
  literals: [
    [
      "R1",
      numbers,
      [matrix],
      { start: [0, 1], shape: [2, 2], step: [1, 1] },
      [
        [
          [2, 3],
          [5, 6],
        ],
      ],
    ],
    [
      "R1",
      numbers,
      [matrix],
      { start: [1, 2], shape: [2, 2], step: [-1, -2] },
      [
        [
          [6, 4],
          [3, 1],
        ],
      ],
    ],
    ["R1", numbers, [[1, 2, 3, 4, 5]], { start: [1], shape: [2], step: [1] }, [[2, 3]]],
    ["R1", numbers, [[1, 2, 3, 4, 5]], { start: [1], shape: [2], step: [3] }, [[2, 5]]],
    ["R1", numbers, [[1, 2, 3, 4, 5]], { start: [4], shape: [3], step: [-2] }, [[5, 3, 1]]],
    ["R17", numbers, [matrix], { start: [2, 0], shape: [0, 3], step: [1, 1] }, [empty(0, 3)]],
    ["R17", numbers, [9], { start: [], shape: [], step: [] }, [9]],
    ["R24", ["string"], [words], { start: [1, 1], shape: [1, 2], step: [1, -1] }, [[["d", "c"]]]],
  ],
  ...both<"slice">((r, dtype) => {
    const shape = r.shape().map((size) => size * 2);
    const parts = shape.map((size) => {
      const step = r.integer(1, 3) * (r.coin() ? 1 : -1);
      const count = size === 0 ? 0 : r.integer(0, Math.ceil(size / Math.abs(step)));
      const room = count === 0 ? 0 : size - 1 - (count - 1) * Math.abs(step);
      const first = r.integer(0, room);
      return { step, count, start: step > 0 ? first : first + Math.max(count - 1, 0) * -step };
    });
    const attrs = {
      start: parts.map((p) => p.start),
      shape: parts.map((p) => p.count),
      step: parts.map((p) => p.step),
    };
    return [[r.values(dtype, shape)], attrs];
  }),
};

const pad: Row<"pad"> = {
  dtypes: everything,
  literals: [
    ["R1", numbers, [[1, 2]], { pads: [[1, 2]], value: 9 }, [[9, 1, 2, 9, 9]]],
    [
      "R1",
      numbers,
      [[[1], [2]]],
      {
        pads: [
          [0, 1],
          [1, 0],
        ],
        value: 0,
      },
      [
        [
          [0, 1],
          [0, 2],
          [0, 0],
        ],
      ],
    ],
    ["R1", floats, [[1]], { pads: [[1, 0]], value: -0.5 }, [[-0.5, 1]]],
    ["R1", floats, [[1]], { pads: [[1, 0]], value: -Infinity }, [[-Infinity, 1]]],
    [
      "R17",
      numbers,
      [empty(0, 2)],
      {
        pads: [
          [1, 0],
          [0, 0],
        ],
        value: 3,
      },
      [[[3, 3]]],
    ],
    ["R22", ["bool"], [[false]], { pads: [[1, 1]], value: 1 }, [[true, false, true]]],
    ["R24", ["string"], [["a"]], { pads: [[1, 1]], value: 0 }, [["", "a", ""]]],
  ],
  ...both<"pad">((r, dtype) => {
    const shape = r.shape(0, 4);
    const pads = shape.map(() => [r.integer(0, 2), r.integer(0, 2)] as const);
    return [[r.values(dtype, shape)], { pads, value: isFloat(dtype) ? 0.5 : r.integer(0, 1) }];
  }),
};

const concat: Row<"concat"> = {
  dtypes: everything,
  literals: [
    ["R1", numbers, [[1, 2], [3], [4, 5]], { axis: 0 }, [[1, 2, 3, 4, 5]]],
    [
      "R1",
      numbers,
      [
        [[1], [2]],
        [
          [3, 4],
          [5, 6],
        ],
      ],
      { axis: 1 },
      [
        [
          [1, 3, 4],
          [2, 5, 6],
        ],
      ],
    ],
    ["R1", numbers, [[1, 2]], { axis: 0 }, [[1, 2]]],
    ["R17", numbers, [empty(0), [1], empty(0)], { axis: 0 }, [[1]]],
    ["R24", ["string"], [["a"], ["b", "c"]], { axis: 0 }, [["a", "b", "c"]]],
  ],
  ...both<"concat">((r, dtype) => {
    const shape = r.shape(1, 4);
    const axis = r.integer(0, shape.length - 1);
    const sizes = Array.from({ length: r.integer(1, 4) }, () => r.integer(0, 3));
    return [
      sizes.map((size) =>
        r.values(
          dtype,
          shape.map((n, i) => (i === axis ? size : n)),
        ),
      ),
      { axis },
    ];
  }),
};

const reverse: Row<"reverse"> = {
  dtypes: everything,
  literals: [
    [
      "R1",
      numbers,
      [matrix],
      { axes: [0] },
      [
        [
          [4, 5, 6],
          [1, 2, 3],
        ],
      ],
    ],
    [
      "R1",
      numbers,
      [matrix],
      { axes: [0, 1] },
      [
        [
          [6, 5, 4],
          [3, 2, 1],
        ],
      ],
    ],
    ["R1", numbers, [[1, 2]], { axes: [] }, [[1, 2]]],
    ["R24", ["string"], [["a", "b"]], { axes: [0] }, [["b", "a"]]],
  ],
  ...both<"reverse">((r, dtype) => {
    const shape = r.shape();
    return [[r.values(dtype, shape)], { axes: r.axes(shape) }];
  }),
};

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

const gather: Row<"gather"> = {
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
    ["R17", numbers, [matrix, value("int32", [], [0])], { axis: 0, batchDims: 0 }, [empty(0, 3)]],
    ["R24", ["string"], [["a", "b"], indices([1, 0])], { axis: 0, batchDims: 0 }, [["b", "a"]]],
  ],
  ...both<"gather">((r, dtype) => {
    const { shape, axis, batchDims, indices } = pointed(r);
    return [[r.values(dtype, shape), indices], { axis, batchDims }];
  }),
};

const scatterAdd: Row<"scatterAdd"> = {
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
  ...both<"scatterAdd">((r, dtype) => {
    const { shape, axis, batchDims, indices, size } = pointed(r);
    const updates = [...shape.slice(0, axis), ...indices.shape.slice(batchDims), ...shape.slice(axis + 1)];
    return [[indices, r.values(dtype, updates)], { axis, batchDims, size }];
  }),
  terms: ([taken], { batchDims }) => sizeOf((taken?.shape ?? []).slice(batchDims)),
};

/** A row for each primitive that moves elements and needs a kernel. */
export const moveCases: { readonly [K in MoveName]: Row<K> } = {
  transpose,
  broadcastTo,
  slice,
  pad,
  concat,
  reverse,
  gather,
  scatterAdd,
};
