/** Cases of the primitives that move elements. */
import { isFloat, type MoveTable, type ViewName } from "@crease/backend";
import { empty, everything, floats, numbers, type Row } from "../row.ts";
import { gather, scatterAdd } from "./indexed.ts";
import { moved } from "./moved.ts";

type MoveName = Exclude<keyof MoveTable, ViewName>;

const matrix = [
  [1, 2, 3],
  [4, 5, 6],
];
const words = [
  ["a", "b"],
  ["c", "d"],
];

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
  ...moved<"transpose">((r, dtype) => {
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
  ...moved<"broadcastTo">((r, dtype) => {
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
  ...moved<"slice">((r, dtype) => {
    const shape = r.shape().map((size) => Math.max(size * 2 - 1, 0));
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
  ...moved<"pad">((r, dtype) => {
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
  ...moved<"concat">((r, dtype) => {
    const shape = r.shape(1, 4);
    const axis = r.integer(0, shape.length - 1);
    const sizes = Array.from({ length: r.integer(1, 4) }, () => r.integer(0, 3));
    return [
      sizes.map((size) =>
        r.values(
          dtype,
          shape.map((n, i) => (i !== axis ? n : n > 48 ? n + 2 * size : size)),
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
  ...moved<"reverse">((r, dtype) => {
    const shape = r.shape();
    return [[r.values(dtype, shape)], { axes: r.axes(shape) }];
  }),
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
