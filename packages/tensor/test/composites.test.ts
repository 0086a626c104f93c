/** The definitions of composites: update steps against Keras's optimizers, the rest against their formulas. */
import { ShapeError, ValueError } from "@crease/backend";
import { getBackend, run, scope, softmaxCrossEntropy, type Tensor, tensor, Variable } from "@crease/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, expectClose, type GoldenTensor, isGoldenTensor, readGolden } from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";

type Pair = readonly [GoldenTensor, GoldenTensor];
interface OptimizersFile {
  readonly variables: { readonly a: GoldenTensor; readonly b: GoldenTensor };
  readonly steps: number;
  readonly gradients: readonly { readonly step: number; readonly a: GoldenTensor; readonly b: GoldenTensor }[];
  readonly cases: readonly {
    readonly name: string;
    readonly class: string;
    readonly config: Readonly<Record<string, unknown>>;
    readonly exclude_from_weight_decay?: readonly string[];
    readonly after: Readonly<Record<string, Pair>>;
  }[];
}

/** One step of one variable: the new values of the variable and its slots. */
type Step = (variable: Tensor, slots: readonly Tensor[], gradient: Tensor, step: number) => readonly Tensor[];

/** The step of a Keras optimizer and what its slots start with, or null where it is not one composite. */
function stepOf(
  name: string,
  config: Readonly<Record<string, unknown>>,
): { step: Step; slots: readonly number[] } | null {
  const number = (key: string) => (config[key] ?? 0) as number;
  const update = { learningRate: number("learning_rate"), weightDecay: number("weight_decay") };
  const epsilon = number("epsilon");
  switch (name) {
    case "SGD": {
      const momentum = number("momentum");
      if (momentum === 0) return { slots: [], step: (v, _, g) => run("sgdUpdate", [v, g], update) };
      const attrs = { ...update, momentum, nesterov: config.nesterov === true };
      return { slots: [0], step: (v, [m], g) => run("momentumUpdate", [v, m as Tensor, g], attrs) };
    }
    case "Adagrad":
      return {
        slots: [number("initial_accumulator_value")],
        step: (v, [s], g) => run("adagradUpdate", [v, s as Tensor, g], { ...update, epsilon }),
      };
    case "RMSprop":
      if (number("momentum") !== 0 || config.centered === true) return null;
      return {
        slots: [0],
        step: (v, [s], g) => run("rmspropUpdate", [v, s as Tensor, g], { ...update, rho: number("rho"), epsilon }),
      };
    case "Adam":
    case "AdamW": {
      if (config.amsgrad === true) return null;
      const correction = (step: number): number =>
        Math.sqrt(1 - Math.fround(number("beta_2")) ** step) / (1 - Math.fround(number("beta_1")) ** step);
      const attrs = { ...update, beta1: number("beta_1"), beta2: number("beta_2"), epsilon };
      return {
        slots: [0, 0],
        step: (v, [m, s], g, step) =>
          run("adamUpdate", [v, m as Tensor, s as Tensor, g], { ...attrs, correction: correction(step) }),
      };
    }
    default:
      return null;
  }
}

const wrapping = ["clipnorm", "global_clipnorm", "clipvalue", "loss_scale_factor", "gradient_accumulation_steps"];
const file = readGolden<OptimizersFile>("optimizers.json");
const updates = file.cases.filter(({ config }) => {
  const isBare = wrapping.every((key) => config[key] === null || config[key] === undefined);
  return isBare && config.use_ema !== true && typeof config.learning_rate === "number";
});

describe("update steps", () => {
  const bare = updates.filter((one) => stepOf(one.class, one.config) !== null);
  it("has cases of every optimizer with an update composite", () =>
    expect(new Set(bare.map((one) => one.class))).toEqual(new Set(["SGD", "Adagrad", "RMSprop", "Adam", "AdamW"])));

  it.each(bare.map((one) => [one.name, one] as const))("%s follows Keras", (_, one) => {
    (["a", "b"] as const).forEach((key, which) => {
      const isExcluded = one.exclude_from_weight_decay?.includes(key) === true;
      const config = isExcluded ? { ...one.config, weight_decay: 0 } : one.config;
      const { step, slots } = stepOf(one.class, config) as NonNullable<ReturnType<typeof stepOf>>;
      const start = file.variables[key];
      const variable = new Variable(decode(start), { dtype: "float32" });
      const state = slots.map((value) => new Variable(decode(start).map(() => value)));
      for (const { step: count, ...gradients } of file.gradients) {
        scope(() => {
          const next = step(
            variable.value,
            state.map((slot) => slot.value),
            tensor(decode(gradients[key])),
            count,
          );
          [variable, ...state].forEach((cell, i) => {
            cell.assign(next[i] as Tensor);
          });
        });
        const expected = one.after[count]?.[which];
        if (expected !== undefined)
          expectClose(
            variable.value.dataSync() as Float32Array,
            decode(expected),
            tolerances.optimizers.values,
            `${key} after ${count}`,
          );
      }
    });
  });
});

const logits = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 8 });
const near = { relative: 1e-9, absolute: 1e-9 };

/** Softmax by the textbook, in double precision. */
function softmaxOf(x: readonly number[]): number[] {
  const largest = Math.max(...x);
  const powers = x.map((one) => Math.exp(one - largest));
  const total = powers.reduce((sum, one) => sum + one, 0);
  return powers.map((one) => one / total);
}
const float64 = (x: readonly number[]) => tensor(x, { dtype: "float64" });
const read = (x: Tensor) => x.dataSync() as Float64Array;

describe("definitions", () => {
  it("softmax and logSoftmax", () => {
    fc.assert(
      fc.property(logits, (x) => {
        const expected = softmaxOf(x);
        expectClose(read(float64(x).softmax()), expected, near);
        expectClose(read(float64(x).logSoftmax()), expected.map(Math.log), { relative: 1e-9, absolute: 1e-7 });
      }),
    );
    expect(
      tensor([
        [1, 5],
        [1, 5],
      ])
        .softmax(0)
        .arraySync(),
    ).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
  });

  it("softmax over the last axis keeps its logits, over another not", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect(x.softmax().logits?.kind).toBe("softmax");
    expect(x.softmax().logits?.value.arraySync()).toEqual(x.arraySync());
    expect(x.softmax(0).logits).toBeUndefined();
    expect(x.softmax().reshape([4]).logits).toBeUndefined();
  });

  it("softmaxCrossEntropy of probabilities, with its gradient", () => {
    fc.assert(
      fc.property(
        logits,
        fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (x, y) => {
          const target = y.slice(0, x.length);
          const p = softmaxOf(x);
          const [loss, gradient] = run("softmaxCrossEntropy", [float64(x), float64(target)], {});
          const total = target.reduce((a, b) => a + b, 0);
          expectClose(read(loss), [-target.reduce((sum, t, i) => sum + t * Math.log(p[i] as number), 0)], {
            relative: 1e-8,
            absolute: 1e-6,
          });
          expectClose(
            read(gradient),
            p.map((one, i) => one * total - (target[i] as number)),
            near,
          );
        },
      ),
    );
  });

  it("softmaxCrossEntropy of classes equals that of their one-hot rows", () => {
    const x = tensor(
      [
        [
          [1, 2, 3],
          [0, -1, 4],
        ],
        [
          [2, 2, 2],
          [9, 0, -9],
        ],
      ],
      { dtype: "float64" },
    );
    const classes = tensor(
      [
        [0, 2],
        [1, 2],
      ],
      { dtype: "int32" },
    );
    const rows = tensor(
      [
        [
          [1, 0, 0],
          [0, 0, 1],
        ],
        [
          [0, 1, 0],
          [0, 0, 1],
        ],
      ],
      { dtype: "float64" },
    );
    const [loss, gradient] = run("softmaxCrossEntropy", [x, classes], {});
    const [expectedLoss, expectedGradient] = run("softmaxCrossEntropy", [x, rows], {});
    expect(loss.shape).toEqual([2, 2]);
    expectClose(read(loss), read(expectedLoss), near);
    expectClose(read(gradient), read(expectedGradient), near);
    expect(
      softmaxCrossEntropy(
        x,
        tensor(
          [
            [0, 2],
            [1, 2],
          ],
          { dtype: "uint8" },
        ),
      ).arraySync(),
    ).toEqual(loss.arraySync());
  });

  it("softmaxCrossEntropy refuses a class out of range by its position", () => {
    const x = tensor([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    const wrong = () => scope(() => softmaxCrossEntropy(x, tensor([0, 3], { dtype: "int32" })));
    expect(wrong).toThrow(ValueError);
    expect(wrong).toThrow(/3 at position \[?1/);
    expect(() =>
      softmaxCrossEntropy(x, [
        [0.5, 0.5],
        [0.5, 0.5],
      ]),
    ).toThrow(ShapeError);
  });

  it("layerNorm", () => {
    const rows = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 3 }), rows, rows, (x, scale, offset) => {
        const epsilon = 0.01;
        const [y, mean, rstd] = run("layerNorm", [tensor(x, { dtype: "float64" }), float64(scale), float64(offset)], {
          epsilon,
        });
        const means = x.map((row) => row.reduce((a, b) => a + b, 0) / 4);
        const rstds = x.map(
          (row, i) => 1 / Math.sqrt(row.reduce((sum, one) => sum + (one - (means[i] as number)) ** 2, 0) / 4 + epsilon),
        );
        expectClose(read(mean), means, near);
        expectClose(read(rstd), rstds, near);
        const expected = x.flatMap((row, i) =>
          row.map(
            (one, j) =>
              (one - (means[i] as number)) * (rstds[i] as number) * (scale[j] as number) + (offset[j] as number),
          ),
        );
        expectClose(read(y), expected, near);
      }),
    );
  });

  it("dense for any leading axes", () => {
    const w = tensor([
      [1, -1],
      [2, 0.5],
      [0, 1],
    ]);
    const b = tensor([1, -10]);
    expect(tensor([1, 2, 3]).dense(w, b).arraySync()).toEqual([6, -7]);
    expect(
      tensor([[1, 2, 3]])
        .dense(w, b, { activation: "relu" })
        .arraySync(),
    ).toEqual([[6, 0]]);
    expect(
      tensor([[[1, 2, 3]], [[0, 0, 1]]])
        .dense(w, b)
        .arraySync(),
    ).toEqual([[[6, -7]], [[1, -9]]]);
    expect(tensor([], { shape: [0, 3], dtype: "float32" }).dense(w, b).shape).toEqual([0, 2]);
    expect(() => tensor([[1, 2]]).dense(w, b)).toThrow(ShapeError);
  });

  it("gelu follows Keras", () => {
    interface Activations {
      readonly x: GoldenTensor;
      readonly cases: readonly { readonly name: string; readonly y?: unknown; readonly x?: unknown }[];
    }
    const { x, cases } = readGolden<Activations>("activations.json");
    const found = cases.filter((one) => one.name.startsWith("gelu") && isGoldenTensor(one.y));
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) {
      const input = isGoldenTensor(one.x) ? one.x : x;
      const y = tensor(decode(input)).gelu({ approximate: /approx|tanh/.test(one.name) });
      expectClose(y.dataSync() as Float32Array, decode(one.y as GoldenTensor), tolerances.activations.values, one.name);
    }
  });

  it("leave nothing behind but their results", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const vector = tensor([1, 2, 3]);
    const before = getBackend().memory().buffers;
    const results = [
      x.softmax(0),
      x.logSoftmax(),
      x.gelu(),
      x.layerNorm(vector, vector),
      softmaxCrossEntropy(x, x),
      x.dense(x.transpose(), [0, 0]),
    ];
    for (const one of results) one.dispose();
    // The transposed weights are the caller's.
    expect(getBackend().memory().buffers - before).toBe(1);
  });
});
