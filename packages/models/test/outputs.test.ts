/** Models of several inputs and outputs: data in lists and objects, losses, weights and metrics for each output, logs. */
import { ValueError } from "@crease/backend";
import { Dataset } from "@crease/datasets";
import { Add, Dense, Input } from "@crease/layers";
import { MeanAbsoluteError } from "@crease/metrics";
import { type CompileOptions, Model, type Samples } from "@crease/models";
import { getBackend, scope, type Tensor, tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";

const quiet = { verbose: 0, shuffle: false } as const;

/** `near = 1 * (a + b)` and `far = 2 * b`, both to be trained. */
function pair(): Model<readonly Tensor[], readonly Tensor[]> {
  const [a, b] = [Input({ shape: [1], name: "a" }), Input({ shape: [1], name: "b" })];
  const near = new Dense(1, { name: "near", kernelInitializer: "ones" }).apply(new Add().apply([a, b]));
  const far = new Dense(1, {
    name: "far",
    kernelInitializer: { className: "Constant", config: { value: 2 } } as never,
  });
  return new Model({ inputs: [a, b], outputs: [near, far.apply(b)] });
}

const a = [[1], [2]];
const b = [[3], [4]];
// Outputs are [4, 6] and [6, 8].
const near = [[3], [8]];
const far = [[6], [5]];
// Errors are [1, -2] and [0, 3]: mse 2.5 and 4.5, mae 1.5 and 1.5.

describe("data of several inputs and outputs", () => {
  test.each<[string, Samples, Samples]>([
    ["lists of arrays", [a, b], [near, far]],
    ["lists of tensors", [tensor(a), tensor(b)], [tensor(near), tensor(far)]],
    ["objects", { b, a }, { far, near }],
    ["a list and an object", [a, b], { near, far }],
  ])("%s", async (_, x, y) => {
    const model = pair();
    model.compile({ loss: "mse", metrics: [["mae"], []] });
    const numbers = await model.evaluate(x, y, { batchSize: 1, ...{ verbose: 0 } });
    expect(numbers).toEqual({ loss: 7, near_loss: 2.5, far_loss: 4.5, near_mae: 1.5 });
    const [one, two] = (await model.predict(x)) as readonly [Tensor, Tensor];
    expect([await one.array(), await two.array()]).toEqual([
      [[4], [6]],
      [[6], [8]],
    ]);
  });

  test("a Dataset of objects", async () => {
    const model = pair();
    model.compile({ loss: "mse" });
    const rows = Dataset.fromTensors({ a: tensor(a), b: tensor(b) }, { near: tensor(near), far: tensor(far) });
    expect((await model.evaluate(rows.batch(2), null, { verbose: 0 })).loss).toBe(7);
  });

  test.each<[string, Samples, Samples, RegExp]>([
    ["too many inputs", [a, b, a], [near, far], /x is a list of 3, and the model has a, b/],
    ["one tensor for two inputs", tensor(a), [near, far], /2 inputs \(a, b\) wanted, got one/],
    ["an input that is missing", { a }, [near, far], /no "b" among a/],
    ["one tensor for two targets", [a, b], tensor(near), /there is one for the 2 outputs near, far/],
    ["a target that no output has", [a, b], { near, fra: far }, /"fra" is no output of the model.*near, far/],
    ["a target that is missing", [a, b], { near }, /no targets to compare the output "far" with/],
    ["different numbers of samples", [a, [[1]]], [near, far], /x\.a has 2 samples, x\.b has 1/],
  ])("%s: refused", async (_, x, y, message) => {
    const model = pair();
    model.compile({ loss: "mse" });
    await expect(model.fit(x, y, quiet)).rejects.toThrow(message);
  });
});

describe("compile for several outputs", () => {
  const judged = async (options: CompileOptions, weights: object = {}): Promise<Record<string, number>> => {
    const model = pair();
    model.compile(options);
    return model.evaluate([a, b], [near, far], { verbose: 0, ...weights });
  };

  test("losses, weights and metrics by position and by name", async () => {
    const expected = { loss: 2.5 * 2 + 1.5 * 4, near_loss: 2.5, far_loss: 1.5, far_mse: 4.5, far_mae: 1.5 };
    expect(
      await judged({
        loss: ["mse", "mae"],
        lossWeights: [2, 4],
        metrics: [null, ["mse", new MeanAbsoluteError({ name: "mae" })]],
      }),
    ).toEqual(expected);
    expect(
      await judged({
        loss: { far: "mae", near: "mse" },
        lossWeights: { near: 2, far: 4 },
        metrics: { far: ["mse", "mae"] },
      }),
    ).toEqual(expected);
  });

  test("an output without a loss, and targets for the others only", async () => {
    const model = pair();
    model.compile({ loss: { near: "mse" }, metrics: { near: "mae" } });
    expect(await model.evaluate([a, b], { near }, { verbose: 0 })).toEqual({ loss: 2.5, near_mae: 1.5 });
  });

  test("sample weights: one for all outputs, or one for each", async () => {
    const options: CompileOptions = { loss: "mse", metrics: [["mae"], []], weightedMetrics: [["mae"], ["mae"]] };
    // Weighted by [1, 0]: mse (1 + 0) / 2 and 0, mae 1 and 0.
    expect(await judged(options, { sampleWeight: [1, 0] })).toEqual({
      loss: 0.5,
      near_loss: 0.5,
      far_loss: 0,
      near_mae: 1.5,
      near_weightedMae: 1,
      far_mae: 0,
    });
    const each = { near: [1, 0], far: [0, 2] };
    for (const sampleWeight of [each, [tensor(each.near), tensor(each.far)]])
      expect(await judged({ loss: "mse" }, { sampleWeight })).toEqual({ loss: 9.5, near_loss: 0.5, far_loss: 9 });
    expect(await judged({ loss: "mse" }, { sampleWeight: { far: [0, 2] } })).toEqual({
      loss: 11.5,
      near_loss: 2.5,
      far_loss: 9,
    });
  });

  test("fit trains all outputs, validates them, and leaves memory as it was", async () => {
    const model = pair();
    const memory = (): unknown => getBackend().memory();
    model.compile({
      optimizer: { className: "sgd", config: { learningRate: 0.01 } },
      loss: "mse",
      metrics: [["mae"], []],
    });
    const options = {
      ...quiet,
      batchSize: 1,
      validationData: [
        [a, b],
        [near, far],
      ] as const,
    };
    const data = [
      [tensor(a), tensor(b)],
      [tensor(near), tensor(far)],
    ] as const;
    await model.fit(data[0], data[1], options);
    const before = memory();
    const { history } = await model.fit(data[0], data[1], { ...options, epochs: 3 });
    expect(memory()).toEqual(before);
    expect(Object.keys(history).sort()).toEqual(
      ["far_loss", "loss", "near_loss", "near_mae", "valFar_loss", "valLoss", "valNear_loss", "valNear_mae"].sort(),
    );
    const [first, , last] = history.loss as [number, number, number];
    expect(last).toBeLessThan(first);
    for (const i of [0, 1, 2])
      expect(history.loss?.[i]).toBeCloseTo((history.near_loss?.[i] as number) + (history.far_loss?.[i] as number), 5);
  });

  test("labels out of range are told for each output", async () => {
    const x = Input({ shape: [2] });
    const outputs = { kind: new Dense(3, { activation: "softmax" }).apply(x), size: new Dense(1).apply(x) };
    const model = new Model({ inputs: x, outputs });
    model.compile({ loss: { kind: "sparseCategoricalCrossentropy", size: "mse" }, metrics: { kind: "accuracy" } });
    const fit = (label: number) => model.fit([[1, 2]], { kind: [label], size: [[1]] }, quiet);
    expect(Object.keys((await fit(2)).history)).toEqual(["loss", "kind_loss", "size_loss", "kind_accuracy"]);
    await expect(fit(3)).rejects.toThrow(/label 3 is outside \[0, 3\)|index 3/);
    await expect(fit(0.5)).rejects.toThrow(/no whole numbers/);
  });

  test("labels out of range are told for the only output", async () => {
    const x = Input({ shape: [2] });
    const model = new Model({ inputs: x, outputs: new Dense(3, { activation: "softmax" }).apply(x) });
    model.compile({ loss: "sparseCategoricalCrossentropy" });
    await expect(model.fit([[1, 2]], [0.5], quiet)).rejects.toThrow(/no whole numbers/);
  });

  test("outputs of one layer are numbered", () => {
    const x = Input({ shape: [1] });
    const inner = new Model({ inputs: x, outputs: [new Dense(1).apply(x), new Dense(1).apply(x)], name: "inner" });
    const y = Input({ shape: [1] });
    const model = new Model({ inputs: y, outputs: inner.apply(y) });
    expect(model.graph?.outputNames).toEqual(["inner", "inner_1"]);
  });

  test("a subclass with several outputs names them by its keys, or output_1 and so on", async () => {
    class Both extends Model<Tensor, readonly Tensor[]> {
      readonly dense = new Dense(1, { kernelInitializer: "ones" });
      override call(x: Tensor): readonly Tensor[] {
        return [this.dense.apply(x), scope(() => this.dense.apply(x).mul(2))];
      }
    }
    const model = new Both();
    model.compile({ loss: ["mse", "mae"], metrics: [["mae"], []] });
    expect(await model.evaluate([[1]], [tensor([[2]]), tensor([[5]])], { verbose: 0 })).toEqual({
      loss: 4,
      output_1_loss: 1,
      output_2_loss: 3,
      output_1_mae: 1,
    });
  });

  test.each<[string, CompileOptions, RegExp]>([
    ["a loss for another output", { loss: { near: "mse", fra: "mae" } }, /loss is given for the output "fra".*far/],
    ["losses too few", { loss: ["mse"] }, /loss has 1 entries for 2 outputs.*near, far/],
    ["one weight for two losses", { loss: "mse", lossWeights: 2 }, /lossWeights is one number for 2 outputs/],
    ["metrics too few", { loss: "mse", metrics: ["mae"] }, /metrics has 1 entries for 2 outputs/],
    ["metrics of another output", { loss: "mse", metrics: { fra: "mae" } }, /metrics is given for the output "fra"/],
    ["an unknown loss", { loss: { near: "mean" as "mse" } }, /unknown loss "mean"/],
    ["an unknown metric", { loss: "mse", metrics: [["mea" as "mae"], []] }, /unknown metric "mea"/],
  ])("%s: refused at once", (_, options, message) => {
    const model = pair();
    expect(() => model.compile(options)).toThrow(ValueError);
    expect(() => model.compile(options)).toThrow(message);
  });

  test("one output takes its loss, weight and metrics by name too", async () => {
    const x = Input({ shape: [1] });
    const model = new Model({ inputs: x, outputs: new Dense(1, { name: "y", kernelInitializer: "ones" }).apply(x) });
    model.compile({ loss: { y: "mse" }, lossWeights: { y: 3 }, metrics: { y: ["mae"] } });
    expect(await model.evaluate({ input_layer: [[1]] }, { y: [[3]] }, { verbose: 0 })).toEqual({ loss: 12, mae: 2 });
  });
});
