/** Labels outside the classes, on backends that check indices and on those that do not. */
import { type Backend, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { Dataset } from "@crease/datasets";
import { Dense, Input } from "@crease/layers";
import { SparseCategoricalCrossentropy } from "@crease/losses";
import { type CompileOptions, Sequential } from "@crease/models";
import { randomNormal, type Tensor, tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";

/** A cpu backend that says that its kernels do not check indices, and counts what is read from it. */
function unchecking(): { readonly backend: Backend; readonly reads: () => number } {
  const cpu = cpuBackend() as Backend;
  let count = 0;
  const backend = new Proxy(cpu, {
    get(target, key) {
      if (key === "traits") return { ...target.traits, checksIndices: false };
      const value = Reflect.get(target, key) as unknown;
      if (key === "download") count++;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { backend, reads: () => count };
}

async function network(
  backend: Backend,
  loss: CompileOptions["loss"] = "sparseCategoricalCrossentropy",
): Promise<Sequential> {
  const model = new Sequential([Input({ shape: [2] }), new Dense(3, { activation: "softmax" })]);
  model.compile({ optimizer: "sgd", loss: loss ?? null });
  await model.to(backend);
  return model;
}

const quiet = { verbose: 0 } as const;
const x = randomNormal([4, 2]);
const labels = (...values: number[]): Tensor => tensor(Int32Array.from(values));
const weightsOf = (model: Sequential): Promise<unknown[]> =>
  Promise.all(model.getWeights().map((weight) => weight.array()));

describe("a backend that does not check", () => {
  test.each<[string, Tensor | number[], RegExp]>([
    ["too large", labels(0, 1, 3, 2), /sparseCategoricalCrossentropy: label 3 is outside \[0, 3\)/],
    ["negative", labels(0, -1, 1, 2), /label -1 is outside/],
    ["too large in an array", [0, 1, 2, 7], /label 7 is outside/],
    ["too large as uint8", tensor(new Uint8Array([0, 1, 2, 255])), /label 255/],
    ["in a column", labels(0, 1, 3, 2).reshape([4, 1]), /label 3/],
  ])("a label that is %s is refused before the first step", async (_, y, message) => {
    const { backend } = unchecking();
    const model = await network(backend);
    const before = await weightsOf(model);
    const memory = backend.memory();
    const cut = { batchSize: 1, ...quiet };
    const options = { ...cut, shuffle: false };
    await expect(model.fit(x, y, options)).rejects.toThrow(ValueError);
    await expect(model.fit(x, y, options)).rejects.toThrow(message);
    await expect(model.evaluate(x, y, cut)).rejects.toThrow(message);
    await expect(model.trainOnBatch(x, y)).rejects.toThrow(message);
    await expect(
      model.fit(x, labels(0, 0, 0, 0), { ...options, validationData: [x, y], epochs: 0 }),
    ).resolves.toBeDefined();
    expect(await weightsOf(model)).toEqual(before);
    expect(backend.memory()).toEqual(memory);
    await expect(model.fit(x, labels(0, 0, 0, 0), { ...options, validationData: [x, y] })).rejects.toThrow(message);
  });

  test("right labels are read once, whatever the number of steps", async () => {
    const { backend, reads } = unchecking();
    const model = await network(backend);
    const y = await labels(0, 1, 2, 0).to(backend);
    const readsOf = async (run: () => Promise<unknown>): Promise<number> => {
      const before = reads();
      await run();
      return reads() - before;
    };
    const here = await x.to(backend);
    // the smallest and the largest label, and the loss of each epoch
    expect(await readsOf(() => model.fit(here, y, { batchSize: 1, epochs: 3, ...quiet }))).toBe(2 + 3);
    expect(await readsOf(() => model.evaluate(here, y, { batchSize: 1, ...quiet }))).toBe(2 + 1);
    const data = Dataset.fromTensors(here, y).batch(2);
    expect(await readsOf(() => model.fit(data, null, quiet))).toBe(1);
  });

  test("the class to ignore is no wrong label", async () => {
    const { backend } = unchecking();
    const model = await network(backend, new SparseCategoricalCrossentropy({ ignoreClass: -1 }));
    await model.fit(x, labels(0, -1, 2, -1), quiet);
    await expect(model.fit(x, labels(0, -1, 3, -1), quiet)).rejects.toThrow(/label 3/);
    await expect(model.fit(x, labels(0, -1, -2, -1), quiet)).rejects.toThrow(/label -2/);
  });

  test("other losses read nothing", async () => {
    const { backend, reads } = unchecking();
    const model = await network(backend, "mse");
    const before = reads();
    await model.fit(x, randomNormal([4, 3]), quiet);
    expect(reads() - before).toBe(1);
  });

  test('"crossentropy" with class numbers is checked, with one-hot rows it is not', async () => {
    const model = await network(unchecking().backend, "crossentropy");
    await expect(model.fit(x, labels(0, 1, 2, 3), quiet)).rejects.toThrow(/label 3/);
    const oneHot = await network(unchecking().backend, "crossentropy");
    const soft = [
      [0.9, 0.1, 0],
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ];
    expect((await oneHot.fit(x, soft, quiet)).history.loss?.[0]).toBeGreaterThan(0);
  });
});

describe("a backend that checks", () => {
  test("raises for the label in its step, and reads nothing for it", async () => {
    const model = await network(cpuBackend() as Backend);
    await expect(model.fit(x, labels(0, 1, 3, 2), quiet)).rejects.toThrow(
      /label 3 at position \[\d\] of the batch is outside/,
    );
    await expect(model.evaluate(x, labels(0, 1, -1, 2), quiet)).rejects.toThrow(/label -1 at position/);
  });

  test("fractions are refused before the first step, in arrays and float tensors", async () => {
    const model = await network(cpuBackend() as Backend);
    const before = await weightsOf(model);
    for (const y of [[0, 1, 1.5, 2], tensor([0, 1, 1.5, 2]), tensor([0, 1, Number.NaN, 2])]) {
      await expect(model.fit(x, y, { batchSize: 1, ...quiet })).rejects.toThrow(/some labels are no whole numbers/);
      await expect(model.evaluate(x, y, quiet)).rejects.toThrow(ValueError);
      await expect(model.trainOnBatch(x, y)).rejects.toThrow(ValueError);
    }
    expect(await weightsOf(model)).toEqual(before);
    await model.fit(x, [0, 1, 2, 2], quiet);
    await model.fit(x, tensor([0, 1, 2, 2]), quiet);
  });
});
