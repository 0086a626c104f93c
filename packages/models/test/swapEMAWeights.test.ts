/** The averages of weights in evaluations, while training knows nothing of it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ValueError } from "@crease/backend";
import { readSafetensors } from "@crease/files";
import { Dense, Input } from "@crease/layers";
import { Callback, type FitOptions, LambdaCallback, ModelCheckpoint, Sequential, SwapEMAWeights } from "@crease/models";
import { SGD } from "@crease/optimizers";
import { describe, expect, test } from "vitest";
import { line, points, weightOf } from "./scripted.ts";

/** `y = w x` for points of `y = 2 x`: `w` goes half of the way to 2 in each step, as the mean of x² is 2.5. */
const averaged = (): Sequential => {
  const model = new Sequential([Input({ shape: [1] }), new Dense(1, { useBias: false, kernelInitializer: "zeros" })]);
  model.compile({ optimizer: new SGD({ learningRate: 0.1, useEma: true, emaMomentum: 0.5 }), loss: "mse" });
  return model;
};
/** Weights after each epoch, and their averages: the first is the weight itself. */
const weights = [1, 1.5, 1.75];
const averages = [1, 1.25, 1.5];
const lossOf = (w: number): number => 2.5 * (w - 2) ** 2;
const options: FitOptions = { epochs: 3, batchSize: 4, verbose: 0 };

/** The weight at the end of each epoch, as callbacks behind the one before see it. */
class Seen extends Callback {
  readonly weights: number[] = [];
  override async onEpochEnd(): Promise<void> {
    this.weights.push(await weightOf(this.model as Sequential));
  }
}

const expectNear = (values: readonly number[] | undefined, expected: readonly number[]): void => {
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(values?.[i]).toBeCloseTo(value, 5);
  });
};

test("validation judges the averages, training goes on with the weights", async () => {
  const model = averaged();
  const seen = new Seen();
  const { history } = await model.fit(...points(), {
    ...options,
    validationData: points(),
    callbacks: [new SwapEMAWeights(), seen],
  });
  expectNear(history.valLoss, averages.map(lossOf));
  expectNear(seen.weights, weights);
  expect(await weightOf(model)).toBeCloseTo(averages[2] as number, 5);
});

describe("with swapOnEpoch", () => {
  test("callbacks behind it find the averages, also the last one of a training that stops", async () => {
    const folder = mkdtempSync(join(tmpdir(), "crease-ema-"));
    try {
      const model = averaged();
      const seen = new Seen();
      const stop = new LambdaCallback({
        onEpochEnd: (epoch) => {
          if (epoch === 2) model.stopTraining = true;
        },
      });
      const path = join(folder, "{epoch}");
      const callbacks = [new SwapEMAWeights({ swapOnEpoch: true }), seen, new ModelCheckpoint(path), stop];
      await model.fit(...points(), { ...options, epochs: 9, callbacks });
      expectNear(seen.weights, averages);
      const saved = ["1", "2", "3"].map((name) => {
        const { tensors } = readSafetensors(readFileSync(join(folder, name)));
        return tensors.get("layers.0.kernel")?.data[0] as number;
      });
      expectNear(saved, averages);
      expect(await weightOf(model)).toBeCloseTo(averages[2] as number, 5);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("memory stays as it was", async () => {
    const model = averaged();
    const [x, y] = points();
    await model.fit(x, y, options);
    const before = model.backend.memory();
    await model.fit(x, y, { ...options, callbacks: [new SwapEMAWeights({ swapOnEpoch: true })] });
    await model.fit(x, y, { ...options, callbacks: [new SwapEMAWeights()] });
    expect(model.backend.memory()).toEqual(before);
  });
});

test("an evaluation of its own, and one that fails", async () => {
  const model = averaged();
  const [x, y] = points();
  // Before any step there are no averages.
  expect((await model.evaluate(x, y, { verbose: 0, callbacks: [new SwapEMAWeights()] })).loss).toBeCloseTo(
    lossOf(0),
    5,
  );
  for (let i = 0; i < 3; i++) await model.trainOnBatch(x, y);
  expect((await model.evaluate(x, y, { verbose: 0, callbacks: [new SwapEMAWeights()] })).loss).toBeCloseTo(
    lossOf(1.5),
    5,
  );
  const predicted = await model.predict([[1]], { verbose: 0, callbacks: [new SwapEMAWeights()] });
  expect(await predicted.item()).toBeCloseTo(1.5, 5);
  expect(await weightOf(model)).toBeCloseTo(1.75, 5);
  for (const what of ["evaluate", "predict"] as const) {
    const abort = new AbortController();
    const stop = new LambdaCallback({ onTestBatchEnd: () => abort.abort(), onPredictBatchEnd: () => abort.abort() });
    const how = { verbose: 0, signal: abort.signal, callbacks: [new SwapEMAWeights(), stop] } as const;
    await expect(what === "evaluate" ? model.evaluate(x, y, how) : model.predict(x, how)).rejects.toThrow();
    expect(await weightOf(model)).toBeCloseTo(1.75, 5);
  }
  const fail = new LambdaCallback({
    onTestEnd: () => {
      throw new Error("no");
    },
  });
  const callbacks = [fail, new SwapEMAWeights()];
  await expect(model.fit(x, y, { ...options, epochs: 1, validationData: [x, y], callbacks })).rejects.toThrow("no");
  expect(await weightOf(model)).toBeCloseTo(1.875, 5);
});

test("an optimizer without averages is refused", async () => {
  const callbacks = [new SwapEMAWeights()];
  await expect(line().fit(...points(), { ...options, callbacks })).rejects.toThrow(ValueError);
});
