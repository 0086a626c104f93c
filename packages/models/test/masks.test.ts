/** Masks: where they come from, how layers pass them on, and what losses and metrics make of them. Numbers are Keras 3's. */
import {
  Add,
  Average,
  BatchNormalization,
  type CallOptions,
  Concatenate,
  Dense,
  Dot,
  Dropout,
  Embedding,
  Flatten,
  Input,
  Layer,
  LayerNormalization,
  Masking,
  Maximum,
  Minimum,
  Multiply,
  Softmax,
  Subtract,
} from "@crease/layers";
import { SparseCategoricalCrossentropy } from "@crease/losses";
import { SparseCategoricalCrossentropy as CrossentropyMetric } from "@crease/metrics";
import { Model, Sequential } from "@crease/models";
import { getBackend, scope, type Tensor, tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { expectClose } from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";

const tokens = tensor([
  [1, 2, 0],
  [3, 0, 0],
]);
const labels = tensor([
  [1, 0, 2],
  [1, 1, 0],
]);
const vectors = [
  [0, 0],
  [1, -1],
  [2, 0.5],
  [-1, 3],
];
const kernel = [
  [0.5, -0.2, 0.1],
  [0.3, 0.4, -0.6],
];
const maskOf = async (x: Tensor): Promise<unknown> => x.mask?.array();
const close = (actual: readonly number[], expected: readonly number[]): void =>
  expectClose(actual, expected, tolerances.training.losses);

/** An embedding, layers between, and a classifier of each step. */
function classifier(...between: readonly Layer[]): Sequential {
  const model = new Sequential([
    Input({ shape: [3], dtype: "int32" }),
    new Embedding(4, 2, { maskZero: true }),
    ...between,
    new Dense(3, { activation: "softmax" }),
  ]);
  model.layers[0]?.setWeights([vectors]);
  model.layers.at(-1)?.setWeights([kernel, [0, 0, 0]]);
  return model;
}

describe("masks of layers", () => {
  test("come from Embedding and Masking, and go through layers that support them", async () => {
    const mask = [
      [true, true, false],
      [true, false, false],
    ];
    const embedded = new Embedding(4, 2, { maskZero: true }).apply(tokens);
    expect(await maskOf(embedded)).toEqual(mask);
    expect(new Embedding(4, 2).apply(tokens).mask).toBe(undefined);
    const layers = [new Dense(2), new Dropout(0.5), new LayerNormalization(), new BatchNormalization()];
    for (const layer of layers)
      expect(await maskOf(layer.apply(embedded, { training: true })), layer.name).toEqual(mask);
    expect(new Flatten().apply(embedded).mask).toBe(undefined);
    expect(await maskOf(new Dense(2).apply(tensor([[[1, 2]]]), { mask: tensor([[false]]) }))).toEqual([[false]]);
  });

  test("of steps count in Softmax along their axis, and mean nothing along others", async () => {
    const embedded = new Embedding(4, 2, { maskZero: true }).apply(tokens);
    const last = new Softmax().apply(embedded);
    expect(await last.array()).toEqual(await embedded.softmax(-1).array());
    expect([last.logits?.kind, await maskOf(last)]).toEqual(["softmax", await maskOf(embedded)]);
    const [row] = (await new Softmax({ axis: 1 }).apply(embedded).array()) as number[][][];
    expect(row?.[2]).toEqual([0, 0]);
    for (const i of [0, 1]) expect((row?.[0]?.[i] as number) + (row?.[1]?.[i] as number)).toBeCloseTo(1, 6);
  });

  test("go through models, nested and functional ones too", async () => {
    const inner = new Sequential([new Dense(2), new Dropout(0.1)]);
    const x = Input({ shape: [3], dtype: "int32" });
    const y = inner.apply(new Embedding(4, 2, { maskZero: true }).apply(x));
    const model = new Model({ inputs: x, outputs: new Dense(1).apply(y) });
    expect(await maskOf(model.apply(tokens))).toEqual([
      [true, true, false],
      [true, false, false],
    ]);
  });

  test("reach `call`, and are what `computeMask` makes of them", async () => {
    const seen: (Tensor | undefined)[] = [];
    class First extends Layer {
      override call(x: Tensor, { mask }: CallOptions): Tensor {
        seen.push(mask);
        return scope(() => x.slice(null, [0, 2]));
      }
      override computeMask(_x: Tensor, mask: Tensor | null): Tensor | null {
        return mask?.slice(null, [0, 2]) ?? null;
      }
    }
    const embedded = new Embedding(4, 2, { maskZero: true }).apply(tokens);
    expect(await maskOf(new First().apply(embedded))).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(seen).toEqual([embedded.mask]);
    expect(new First().apply(tokens).mask).toBe(undefined);
  });

  const x1 = new Masking().apply(
    tensor([
      [
        [1, 2],
        [0, 0],
        [3, 1],
      ],
    ]),
  );
  const x2 = new Masking().apply(
    tensor([
      [
        [0, 0],
        [5, 1],
        [2, -4],
      ],
    ]),
  );
  const x3 = tensor([
    [
      [7, 7],
      [7, 7],
      [-7, -7],
    ],
  ]);
  const all = [[true, true, true]];
  test.each<[string, Layer<readonly Tensor[], Tensor>, readonly Tensor[], unknown, unknown]>([
    [
      "Add",
      new Add(),
      [x1, x2],
      [
        [
          [1, 2],
          [5, 1],
          [5, -3],
        ],
      ],
      all,
    ],
    [
      "Add",
      new Add(),
      [x1, x2, x3],
      [
        [
          [8, 9],
          [12, 8],
          [-2, -10],
        ],
      ],
      undefined,
    ],
    [
      "Subtract",
      new Subtract(),
      [x1, x2],
      [
        [
          [1, 2],
          [-5, -1],
          [1, 5],
        ],
      ],
      all,
    ],
    [
      "Multiply",
      new Multiply(),
      [x1, x2],
      [
        [
          [1, 2],
          [5, 1],
          [6, -4],
        ],
      ],
      all,
    ],
    [
      "Multiply",
      new Multiply(),
      [x1, x2, x3],
      [
        [
          [7, 14],
          [35, 7],
          [-42, 28],
        ],
      ],
      undefined,
    ],
    [
      "Maximum",
      new Maximum(),
      [x1, x2],
      [
        [
          [1, 2],
          [5, 1],
          [3, 1],
        ],
      ],
      all,
    ],
    [
      "Maximum",
      new Maximum(),
      [x1, x2, x3],
      [
        [
          [7, 7],
          [7, 7],
          [3, 1],
        ],
      ],
      undefined,
    ],
    [
      "Minimum",
      new Minimum(),
      [x1, x2],
      [
        [
          [1, 2],
          [5, 1],
          [2, -4],
        ],
      ],
      all,
    ],
    [
      "Minimum",
      new Minimum(),
      [x1, x2, x3],
      [
        [
          [1, 2],
          [5, 1],
          [-7, -7],
        ],
      ],
      undefined,
    ],
    [
      "Average",
      new Average(),
      [x1, x2],
      [
        [
          [0.5, 1],
          [2.5, 0.5],
          [2.5, -1.5],
        ],
      ],
      all,
    ],
    [
      "Concatenate",
      new Concatenate(),
      [x1, x2],
      [
        [
          [1, 2, 0, 0],
          [0, 0, 5, 1],
          [3, 1, 2, -4],
        ],
      ],
      all,
    ],
    [
      "Concatenate of steps",
      new Concatenate({ axis: 1 }),
      [x1, x2, x3],
      [
        [
          [1, 2],
          [0, 0],
          [3, 1],
          [0, 0],
          [5, 1],
          [2, -4],
          [7, 7],
          [7, 7],
          [-7, -7],
        ],
      ],
      [[true, false, true, false, true, true, true, true, true]],
    ],
    [
      "Dot",
      new Dot(1),
      [x1, x2],
      [
        [
          [6, -12],
          [2, -4],
        ],
      ],
      undefined,
    ],
  ])("%s joins them", async (_, layer, xs, values, mask) => {
    const y = layer.apply(xs);
    expect(await y.array()).toEqual(values);
    expect(await maskOf(y)).toEqual(mask);
  });
});

describe("losses and metrics count what masks keep", () => {
  test("in evaluation, with sample weights and without", async () => {
    const model = classifier(new LayerNormalization(), new Dropout(0.5));
    model.compile({
      loss: "sparseCategoricalCrossentropy",
      metrics: ["accuracy"],
      weightedMetrics: ["accuracy", new CrossentropyMetric({ name: "ce" })],
    });
    const judged = async (weights: object): Promise<readonly number[]> => {
      const { loss, accuracy, weightedAccuracy, ce } = await model.evaluate(tokens, labels, { verbose: 0, ...weights });
      return [loss, accuracy, weightedAccuracy, ce] as number[];
    };
    close(await judged({}), [1.20146513, 0.333333343, 0.333333343, 1.20146513]);
    const sampleWeight = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    close(await judged({ sampleWeight }), [2.12180233, 0.333333343, 0.571428537, 0.909343779]);
    model.compile({ loss: new SparseCategoricalCrossentropy({ reduction: "sum" }) });
    close([(await model.evaluate(tokens, labels, { verbose: 0 })).loss as number], [3.60439539]);
  });

  test("in training, in the statistics of BatchNormalization too", async () => {
    const model = classifier(new BatchNormalization({ momentum: 0.5 }));
    model.compile({
      optimizer: { className: "sgd", config: { learningRate: 0.5 } },
      loss: "sparseCategoricalCrossentropy",
      metrics: ["accuracy"],
    });
    const options = { verbose: 0, shuffle: false } as const;
    const { history } = await model.fit(tokens, labels, { epochs: 2, ...options });
    close(history.loss as number[], [0.986768782, 0.732559383]);
    close(history.accuracy as number[], [0.666666687, 0.666666687]);
    const expected = [
      [0, 0, 0.90673101, -0.990493, 2.06111503, 0.48484299, -0.96784598, 3.00565004],
      [1.16331601, 0.85569602],
      [-0.082258, 0.27936801],
      [0.5, 0.625],
      [1.41710103, 2.291677],
      [0.75155902, -0.357297, 0.00573792, 0.28169599, 0.289368, -0.471064],
      [0.014594, 0.28701499, -0.301609],
    ];
    for (const [i, weight] of model.weights.entries())
      expectClose((await weight.value.data()) as Float32Array, expected[i] as number[], tolerances.training.weights);
  });

  test("memory stays as it was", async () => {
    const model = classifier(new Dropout(0.2), new BatchNormalization());
    model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
    const options = { verbose: 0, batchSize: 1 } as const;
    await model.fit(tokens, labels, options);
    const before = getBackend().memory();
    await model.fit(tokens, labels, { epochs: 3, ...options });
    await model.evaluate(tokens, labels, options);
    (await model.predict(tokens)).dispose();
    expect(getBackend().memory()).toEqual(before);
  });
});
