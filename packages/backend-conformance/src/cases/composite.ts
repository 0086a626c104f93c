/** Cases of the composites: results by their formulas, whether a backend has a kernel or not. */
import type { CompositeName, CompositeTable, DType, Shape, Spec } from "@crease/backend";
import { sizeOf } from "@crease/backend";
import type { Random } from "../random.ts";
import { floats, type Literal, type Row } from "../row.ts";
import { fromNumbers, type Value, value } from "../value.ts";

const size = ([x]: readonly Spec[]): number => x?.shape.at(-1) ?? 1;

/** A shape of rank 1 or more whose last axis has elements: no largest one is missing. */
function filled(r: Random): Shape {
  const shape = r.shape(1, 4);
  return shape.at(-1) === 0 ? [...shape, 3] : shape;
}

function alongAxis<K extends "softmax" | "logSoftmax">(literals: readonly Literal<K>[]): Row<K> {
  const make = (r: Random, dtype: DType): ReturnType<Row<"softmax">["random"]> => {
    const shape = filled(r);
    const full = shape.flatMap((n, axis) => (n > 0 ? [axis] : []));
    return [[r.values(dtype, shape)], { axis: full[r.integer(0, full.length - 1)] as number }];
  };
  return {
    dtypes: floats,
    literals,
    random: make as Row<K>["random"],
    smooth: ((r: Random) => make(r, "float64")) as Row<K>["smooth"],
    terms: ([x]: readonly Spec[]) => x?.shape.reduce((most, n) => Math.max(most, n), 1) as number,
  } as Row<K>;
}

const denseInputs = (r: Random, dtype: DType): readonly [Value, Value, Value] => {
  const leading = r.shape(0, 3);
  const [k, n] = [r.kind === "empty" ? 0 : r.integer(1, r.kind === "deep" ? 9 : 4), r.integer(1, 5)];
  return [r.values(dtype, [...leading, k]), r.values(dtype, [k, n]), r.values(dtype, [n])];
};

const crossEntropyInputs = (r: Random, dtype: DType): readonly [Value, Value] => {
  const logits = filled(r);
  const rows = logits.slice(0, -1);
  const classes = logits.at(-1) as number;
  return [r.values(dtype, logits), r.coin() ? r.indices(rows, classes) : r.values(dtype, logits, 0, 1)];
};

const layerNormInputs = (r: Random, dtype: DType): readonly [Value, Value, Value] => {
  const shape = filled(r);
  const n = shape.at(-1) as number;
  // Different elements in each row: of equal ones the deviation is noise.
  const x = fromNumbers(
    dtype,
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => 0.5 * (i % n) - 1 + 0.4 * r.next()),
  );
  return [x, r.values(dtype, [n]), r.values(dtype, [n])];
};

/** At most so many operations make an element of an update. */
const steps = 8;

/** An update step of a variable and slots, all of one shape; slots of squares are not negative. */
function update<K extends CompositeName>(
  count: number,
  squares: readonly number[],
  attrs: (r: Random) => Row<K>["literals"][0][3],
  literals: readonly Literal<K>[],
): Row<K> {
  return {
    dtypes: floats,
    literals,
    random: ((r: Random, dtype: DType) => {
      const shape = r.shape();
      const inputs = Array.from({ length: count }, (_, i) =>
        squares.includes(i) ? r.values(dtype, shape, 0.1, 2) : r.values(dtype, shape),
      );
      return [inputs, attrs(r)];
    }) as unknown as Row<K>["random"],
    smooth: null,
    terms: () => steps,
  };
}

const common = (r: Random) => ({ learningRate: 0.1, weightDecay: r.coin() ? 0 : 0.25 });
const plain = { learningRate: 0.5, weightDecay: 0 };
const decaying = { learningRate: 0.5, weightDecay: 0.5 };

/** A row for each composite. */
export const compositeCases: { readonly [K in keyof CompositeTable]: Row<K> } = {
  softmax: alongAxis<"softmax">([
    ["R37", floats, [[0, 0]], { axis: 0 }, [[0.5, 0.5]]],
    ["R37", floats, [[1000, 1000, -1000]], { axis: 0 }, [[0.5, 0.5, 0]]],
    [
      "R37",
      floats,
      [
        [
          [0, Math.LN2],
          [0, 0],
        ],
      ],
      { axis: 1 },
      [
        [
          [1 / 3, 2 / 3],
          [0.5, 0.5],
        ],
      ],
    ],
    [
      "R37",
      floats,
      [
        [
          [0, 5],
          [Math.LN2, 5],
        ],
      ],
      { axis: 0 },
      [
        [
          [1 / 3, 0.5],
          [2 / 3, 0.5],
        ],
      ],
    ],
    ["R37", floats, [[NaN, 1]], { axis: 0 }, [[NaN, NaN]]],
  ]),
  logSoftmax: alongAxis<"logSoftmax">([
    ["R37", floats, [[0, 0]], { axis: 0 }, [[-Math.LN2, -Math.LN2]]],
    ["R37", floats, [[1000, 0]], { axis: 0 }, [[0, -1000]]],
    [
      "R37",
      floats,
      [
        [
          [0, 5],
          [0, 5],
        ],
      ],
      { axis: 0 },
      [
        [
          [-Math.LN2, -Math.LN2],
          [-Math.LN2, -Math.LN2],
        ],
      ],
    ],
  ]),
  gelu: {
    dtypes: floats,
    literals: [
      ["R37", floats, [[0, 1, -1]], { approximate: false }, [[0, 0.8413447460685429, -0.15865525393145707]]],
      ["R37", floats, [[0, 1, -1]], { approximate: true }, [[0, 0.8411919906082768, -0.15880800939172324]]],
    ],
    random: (r, dtype) => [[r.values(dtype, r.shape())], { approximate: r.coin() }],
    smooth: (r) => [[r.values("float64", r.shape())], { approximate: r.coin() }],
    terms: () => 2,
  },
  dense: {
    dtypes: floats,
    literals: [
      [
        "R37",
        floats,
        [
          [[1, 2]],
          [
            [1, 0],
            [0, -1],
          ],
          [0.5, 0.5],
        ],
        { activation: "linear" },
        [[[1.5, -1.5]]],
      ],
      [
        "R37",
        floats,
        [
          [[1, 2]],
          [
            [1, 0],
            [0, -1],
          ],
          [0.5, 0.5],
        ],
        { activation: "relu" },
        [[[1.5, 0]]],
      ],
      ["R37", floats, [[1, 2], [[1], [3]], [0]], { activation: "linear" }, [[7]]],
    ],
    random: (r, dtype) => [denseInputs(r, dtype), { activation: r.coin() ? "linear" : "relu" }],
    smooth: (r) => [denseInputs(r, "float64"), { activation: r.coin() ? "linear" : "relu" }],
    terms: (inputs) => size(inputs) + 1,
  },
  softmaxCrossEntropy: {
    dtypes: floats,
    literals: [
      ["R37", floats, [[[0, 0]], value("int32", [1])], {}, [[Math.LN2], [[0.5, -0.5]]]],
      ["R37", floats, [[[0, Math.LN2]], [[0, 1]]], {}, [[Math.log(1.5)], [[1 / 3, -1 / 3]]]],
      ["R37", floats, [[1000, 0], value("int32", 1)], {}, [1000, [1, -1]]],
    ],
    random: (r, dtype) => [crossEntropyInputs(r, dtype), {}],
    smooth: (r) => [crossEntropyInputs(r, "float64"), {}],
    terms: (inputs) => 4 * size(inputs),
  },
  layerNorm: {
    dtypes: floats,
    literals: [
      ["R37", floats, [[[1, 3]], [1, 1], [0, 0]], { epsilon: 0 }, [[[-1, 1]], [[2]], [[1]]]],
      ["R37", floats, [[[1, 3]], [2, 3], [0.5, 1]], { epsilon: 3 }, [[[-0.5, 2.5]], [[2]], [[0.5]]]],
    ],
    random: (r, dtype) => [layerNormInputs(r, dtype), { epsilon: 0.01 }],
    smooth: (r) => [layerNormInputs(r, "float64"), { epsilon: 0.01 }],
    terms: (inputs) => 8 * size(inputs),
  },
  sgdUpdate: update<"sgdUpdate">(2, [], common, [
    [
      "R37",
      floats,
      [
        [1, 2],
        [1, -2],
      ],
      plain,
      [[0.5, 3]],
    ],
    [
      "R37",
      floats,
      [
        [1, 2],
        [1, -2],
      ],
      decaying,
      [[0.25, 2.5]],
    ],
  ]),
  momentumUpdate: update<"momentumUpdate">(3, [], (r) => ({ ...common(r), momentum: 0.5, nesterov: r.coin() }), [
    ["R37", floats, [[1], [2], [1]], { ...plain, momentum: 0.5, nesterov: false }, [[1.5], [0.5]]],
    ["R37", floats, [[1], [2], [1]], { ...plain, momentum: 0.5, nesterov: true }, [[0.75], [0.5]]],
    ["R37", floats, [[1], [2], [1]], { ...decaying, momentum: 0.5, nesterov: false }, [[1.25], [0.5]]],
  ]),
  adagradUpdate: update<"adagradUpdate">(3, [1], (r) => ({ ...common(r), epsilon: 0.01 }), [
    ["R37", floats, [[1], [3], [2]], { ...plain, epsilon: 9 }, [[0.75], [7]]],
  ]),
  rmspropUpdate: update<"rmspropUpdate">(3, [1], (r) => ({ ...common(r), rho: 0.9, epsilon: 0.01 }), [
    ["R37", floats, [[1], [4], [2]], { ...plain, rho: 0.5, epsilon: 0 }, [[0.5], [4]]],
    ["R37", floats, [[1], [4], [2]], { ...decaying, rho: 0.5, epsilon: 12 }, [[0.5], [4]]],
  ]),
  adamUpdate: update<"adamUpdate">(
    4,
    [2],
    (r) => ({ ...common(r), beta1: 0.9, beta2: 0.99, epsilon: 0.01, correction: 0.5 + r.next() }),
    [
      [
        "R37",
        floats,
        [[1], [0], [0], [2]],
        { ...plain, beta1: 0.5, beta2: 0.75, epsilon: 0, correction: 1 },
        [[0.5], [1], [1]],
      ],
      [
        "R37",
        floats,
        [[1], [0], [0], [2]],
        { ...plain, beta1: 0.5, beta2: 0.75, epsilon: 1, correction: 2 },
        [[0.5], [1], [1]],
      ],
    ],
  ),
};
