/** Cases of sorting, matmul and the random primitives. */
import type { ContractTable, DType, Shape, Spec } from "@crease/backend";
import type { Random } from "../random.ts";
import { empty, floats, type Literal, numbers, numbersAndBool, type Row, signed } from "../row.ts";
import { value } from "../value.ts";

const positions = (nested: readonly number[] | readonly (readonly number[])[]) => value("int32", nested);
const up = { descending: false };
const down = { descending: true };

const sort: Row<"sort"> = {
  dtypes: numbersAndBool,
  literals: [
    ["R30", numbers, [[3, 1, 2]], up, [[1, 2, 3], positions([1, 2, 0])]],
    [
      "R30",
      numbers,
      [
        [
          [1, 1, 0],
          [2, 3, 2],
        ],
      ],
      up,
      [
        [
          [0, 1, 1],
          [2, 2, 3],
        ],
        positions([
          [2, 0, 1],
          [0, 2, 1],
        ]),
      ],
    ],
    [
      "R30",
      numbers,
      [
        [
          [1, 1, 0],
          [2, 3, 2],
        ],
      ],
      down,
      [
        [
          [1, 1, 0],
          [3, 2, 2],
        ],
        positions([
          [0, 1, 2],
          [1, 0, 2],
        ]),
      ],
    ],
    [
      "R30",
      floats,
      [[NaN, 1, NaN, -Infinity, Infinity]],
      up,
      [[-Infinity, 1, Infinity, NaN, NaN], positions([3, 1, 4, 0, 2])],
    ],
    ["R30", floats, [[1, NaN, Infinity, NaN]], down, [[NaN, NaN, Infinity, 1], positions([1, 3, 2, 0])]],
    ["R30", signed, [[-1, 1, -1, 0]], up, [[-1, -1, 0, 1], positions([0, 2, 3, 1])]],
    ["R30", ["bool"], [[true, false, true, false]], up, [[false, false, true, true], positions([1, 3, 0, 2])]],
    [
      "R21",
      ["int32"],
      [[2147483647, -2147483648, 2147483646]],
      up,
      [[-2147483648, 2147483646, 2147483647], positions([1, 2, 0])],
    ],
  ],
  random: (r, dtype) => [[r.coarse(dtype, r.shape(1))], { descending: r.coin() }],
  smooth: (r) => [[r.distinct(r.shape(1))], { descending: r.coin() }],
};

const topK: Row<"topK"> = {
  dtypes: numbersAndBool,
  literals: [
    ["R30", numbers, [[3, 1, 2]], { k: 2 }, [[3, 2], positions([0, 2])]],
    [
      "R30",
      numbers,
      [
        [
          [1, 5, 5],
          [2, 2, 2],
        ],
      ],
      { k: 2 },
      [
        [
          [5, 5],
          [2, 2],
        ],
        positions([
          [1, 2],
          [0, 1],
        ]),
      ],
    ],
    ["R30", floats, [[1, NaN, Infinity, NaN]], { k: 3 }, [[NaN, NaN, Infinity], positions([1, 3, 2])]],
    ["R17", numbers, [[3, 1, 2]], { k: 0 }, [empty(0), value("int32", [], [0])]],
  ],
  random: (r, dtype) => {
    const shape = r.shape(1);
    return [[r.coarse(dtype, shape)], { k: r.integer(0, shape.at(-1) as number) }];
  },
  smooth: (r) => {
    const shape = r.shape(1);
    return [[r.distinct(shape)], { k: r.integer(0, shape.at(-1) as number) }];
  },
};

/** Shapes of two factors with broadcast leading axes, of any sizes: 0, 1, and more than a tile. */
function factors(r: Random, high: number) {
  const { kind } = r;
  const batch: Shape = kind === "scalar" ? [] : kind === "long" ? r.shape(0, 1).map(() => 2) : r.shape(0, 3);
  const side = (): number => (kind === "long" ? r.integer(24, 30) * 2 + 1 : r.integer(kind === "empty" ? 0 : 1, high));
  const [m, k, n] = [side(), kind === "empty" && r.coin() ? 0 : side(), side()] as const;
  const attrs = { transposeA: r.coin(), transposeB: r.coin() };
  const [a, b] = r.pair(batch);
  return {
    a: [...a, ...(attrs.transposeA ? [k, m] : [m, k])],
    b: [...b, ...(attrs.transposeB ? [n, k] : [k, n])],
    attrs,
  };
}

const product = (r: Random, dtype: DType, high: number): ReturnType<Row<"matmul">["random"]> => {
  const { a, b, attrs } = factors(r, high);
  return [[r.values(dtype, a), r.values(dtype, b)], attrs];
};

const left = [
  [1, 2],
  [3, 4],
];
const right = [
  [5, 6],
  [7, 8],
];
const flags = (transposeA: boolean, transposeB: boolean): Literal<"matmul">[3] => ({ transposeA, transposeB });

const matmul: Row<"matmul"> = {
  dtypes: numbers,
  literals: [
    [
      "R18",
      floats,
      [left, right],
      flags(false, false),
      [
        [
          [19, 22],
          [43, 50],
        ],
      ],
    ],
    [
      "R18",
      floats,
      [left, right],
      flags(true, false),
      [
        [
          [26, 30],
          [38, 44],
        ],
      ],
    ],
    [
      "R18",
      floats,
      [left, right],
      flags(false, true),
      [
        [
          [17, 23],
          [39, 53],
        ],
      ],
    ],
    [
      "R18",
      floats,
      [left, right],
      flags(true, true),
      [
        [
          [23, 31],
          [34, 46],
        ],
      ],
    ],
    ["R18", numbers, [[[1, 2, 3]], [[4], [5], [6]]], flags(false, false), [[[32]]]],
    [
      "R18",
      numbers,
      [
        [[1], [2]],
        [[3], [4]],
      ],
      flags(false, true),
      [
        [
          [3, 4],
          [6, 8],
        ],
      ],
    ],
    [
      "R18",
      numbers,
      [
        [[[1, 2]], [[3, 4]]],
        [[1], [1]],
      ],
      flags(false, false),
      [[[[3]], [[7]]]],
    ],
    [
      "R18",
      numbers,
      [
        [[1, 1]],
        [
          [[1], [2]],
          [[3], [4]],
        ],
      ],
      flags(false, false),
      [[[[3]], [[7]]]],
    ],
    [
      "R18",
      numbers,
      [[[[[1]], [[2]]]], [[[[3]]], [[[4]]]]],
      flags(false, false),
      [
        [
          [[[3]], [[6]]],
          [[[4]], [[8]]],
        ],
      ],
    ],
    [
      "R17",
      numbers,
      [empty(2, 0), empty(0, 2)],
      flags(false, false),
      [
        [
          [0, 0],
          [0, 0],
        ],
      ],
    ],
    ["R17", numbers, [empty(0, 2), [[1], [2]]], flags(false, false), [empty(0, 1)]],
    ["R17", numbers, [empty(0, 1, 2), [[1], [2]]], flags(false, false), [empty(0, 1, 1)]],
    ["R20", floats, [[[Infinity, 1]], [[1], [NaN]]], flags(false, false), [[[NaN]]]],
    ["R21", ["int8"], [[[100, 100]], [[1], [1]]], flags(false, false), [[[-56]]]],
    ["R21", ["uint8"], [[[16]], [[17]]], flags(false, false), [[[16]]]],
    ["R21", ["int32"], [[[2147483647]], [[2147483647]]], flags(false, false), [[[1]]]],
    ["R21", ["int32"], [[[65536, 1]], [[65536], [5]]], flags(false, false), [[[5]]]],
  ],
  random: (r, dtype) => product(r, dtype, 5),
  smooth: (r) => {
    // Products of long matrices have too many elements for difference quotients.
    const small =
      r.kind === "long" ? [[r.values("float64", [1, 49]), r.values("float64", [49, 1])], flags(false, false)] : null;
    return (small as ReturnType<Row<"matmul">["random"]> | null) ?? product(r, "float64", 3);
  },
  terms: ([a]: readonly Spec[], { transposeA }) => a?.shape.at(transposeA ? -2 : -1) as number,
};

/** A stream that begins anywhere below 2^53. */
const stream = (r: Random): ReturnType<Row<"randomBits">["random"]> => [
  [],
  {
    key: [r.integer(0, 2 ** 32 - 1), r.integer(0, 2 ** 32 - 1)],
    counter: r.integer(0, r.coin() ? 9 : 2 ** 52),
    shape: r.shape(),
  },
];

/** Philox4x32-10 with the words of `counter` and `key` all 0, the first of Random123's known answers (kat_vectors). */
const zeros = { key: [0, 0], counter: 0, shape: [4] } as const;

const randomBits: Row<"randomBits"> = {
  dtypes: ["int32"],
  literals: [["R34", ["int32"], [], zeros, [[0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8].map((word) => word | 0)]]],
  random: stream,
  smooth: null,
};

const randomUniform: Row<"randomUniform"> = {
  dtypes: ["float32"],
  literals: [["R35", ["float32"], [], zeros, [[0x6627e8, 0xe169c5, 0xbc57ac, 0x9b00db].map((word) => word / 2 ** 24)]]],
  random: stream,
  smooth: null,
};

/** A row for each of these primitives. */
export const contractCases: { readonly [K in keyof ContractTable]: Row<K> } = {
  sort,
  topK,
  matmul,
  randomBits,
  randomUniform,
};
