/** Saving and loading weights: whole or nothing. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { readSafetensors, type StoredArray, writeSafetensors } from "@crease/files";
import { Dense, Input } from "@crease/layers";
import { encodeWeights, Sequential } from "@crease/models";
import { tensor } from "@crease/tensor";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crease-weights-"));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const make = (): Sequential =>
  new Sequential([Input({ shape: [3] }), new Dense(4), new Sequential([new Dense(2, { useBias: false })])]);
const valuesOf = (model: Sequential): Promise<unknown[]> =>
  Promise.all(model.getWeights().map((weight) => weight.array()));

test("loading gives back what was saved, under field paths", async () => {
  const [one, two] = [make(), make()];
  const path = join(folder, "new", "w.safetensors");
  await one.saveWeights(path);
  expect(readdirSync(join(folder, "new"))).toEqual(["w.safetensors"]);
  expect([...readSafetensors(readFileSync(path)).tensors.keys()].sort()).toEqual([
    "layers.0.bias",
    "layers.0.kernel",
    "layers.1.layers.0.kernel",
  ]);
  expect(await valuesOf(two)).not.toEqual(await valuesOf(one));
  await two.loadWeights(path);
  expect(await valuesOf(two)).toEqual(await valuesOf(one));
});

test("weights are loaded to the model's backend and in its dtypes", async () => {
  const one = make();
  const two = make();
  const other = cpuBackend();
  await two.to(other as never);
  const doubles = new Map(
    [...readSafetensors(await encodeWeights(one)).tensors].map(([name, { shape, data }]) => [
      name,
      { dtype: "float64", shape, data: Float64Array.from(data as Float32Array) } satisfies StoredArray,
    ]),
  );
  await two.loadWeights(writeSafetensors(doubles));
  expect(await valuesOf(two)).toEqual(await valuesOf(one));
  for (const { dtype, backend } of two.weights) expect([dtype, backend === other]).toEqual(["float32", true]);
});

test("another number type is cast", async () => {
  const model = make();
  const tensors = new Map(readSafetensors(await encodeWeights(model)).tensors);
  tensors.set("layers.0.bias", { dtype: "int32", shape: [4], data: new Int32Array([1, 2, 3, 4]) });
  await model.loadWeights(writeSafetensors(tensors));
  expect((await valuesOf(model))[1]).toEqual([1, 2, 3, 4]);
  expect(model.weights[1]?.dtype).toBe("float32");
});

describe("a file that cannot be written", () => {
  test("a file where a folder should be: DataError with the path", async () => {
    writeFileSync(join(folder, "file"), "");
    await expect(make().saveWeights(join(folder, "file", "w"))).rejects.toThrow(DataError);
    await expect(make().saveWeights(join(folder, "file", "w"))).rejects.toThrow(`saveWeights: ${folder}`);
  });

  test("a folder of that name: it stays, and no other file is left", async () => {
    mkdirSync(join(folder, "w", "inner"), { recursive: true });
    await expect(make().saveWeights(join(folder, "w"))).rejects.toThrow(DataError);
    expect(readdirSync(folder)).toEqual(["w"]);
    expect(readdirSync(join(folder, "w"))).toEqual(["inner"]);
  });

  test.runIf(process.getuid?.() !== 0)(
    "a folder without permission (not for root, who may write anywhere)",
    async () => {
      writeFileSync(join(folder, "w"), "old");
      chmodSync(folder, 0o500);
      await expect(make().saveWeights(join(folder, "w"))).rejects.toThrow(DataError);
      expect(readFileSync(join(folder, "w"), "utf8")).toBe("old");
    },
  );

  test("weights that cannot be read: an existing file survives", async () => {
    const path = join(folder, "w");
    writeFileSync(path, "old");
    const model = make();
    model.weights[1]?.dispose();
    await expect(model.saveWeights(path)).rejects.toThrow(/disposed/);
    expect([readFileSync(path, "utf8"), readdirSync(folder)]).toEqual(["old", ["w"]]);
  });
});

describe("a file that does not fit sets nothing", () => {
  const stored = async (change: (tensors: Map<string, StoredArray>) => void): Promise<Uint8Array> => {
    const tensors = new Map(readSafetensors(await encodeWeights(make())).tensors);
    change(tensors);
    return writeSafetensors(tensors);
  };
  const float = (...shape: number[]): StoredArray => ({
    dtype: "float32",
    shape,
    data: new Float32Array(shape.reduce((size, n) => size * n, 1)),
  });
  test.each<[string, (tensors: Map<string, StoredArray>) => void, RegExp]>([
    [
      "one is missing",
      (tensors) => tensors.delete("layers.1.layers.0.kernel"),
      /"layers\.1\.layers\.0\.kernel" is missing/,
    ],
    [
      "one is unknown",
      (tensors) => tensors.set("layers.9.kernel", float(1)),
      /"layers\.9\.kernel" is no weight.*layers\.0\.bias/,
    ],
    [
      "one has another shape",
      (tensors) => tensors.set("layers.1.layers.0.kernel", float(2, 4)),
      /float32\[2,4\], not float32\[4,2\]/,
    ],
  ])("%s", async (_, change, message) => {
    const model = make();
    const before = await valuesOf(model);
    const bytes = await stored(change);
    await expect(model.loadWeights(bytes)).rejects.toThrow(DataError);
    await expect(model.loadWeights(bytes)).rejects.toThrow(message);
    expect(await valuesOf(model)).toEqual(before);
  });

  test("a file that is damaged, missing, or of a model that is not built", async () => {
    const model = make();
    const before = await valuesOf(model);
    writeFileSync(join(folder, "w"), (await encodeWeights(make())).slice(0, -1));
    await expect(model.loadWeights(join(folder, "w"))).rejects.toThrow(`readSafetensors: ${folder}/w `);
    await expect(model.loadWeights(join(folder, "none"))).rejects.toThrow(/loadWeights: .*none cannot be read/);
    expect(await valuesOf(model)).toEqual(before);
    const unbuilt = new Sequential([new Dense(4)]);
    await expect(unbuilt.loadWeights(await encodeWeights(make()))).rejects.toThrow(/build it first/);
  });
});

test("what is loaded is trained on like any other weight", async () => {
  const model = make();
  model.compile({ optimizer: "sgd", loss: "mse" });
  await model.loadWeights(await encodeWeights(make()));
  const before = await valuesOf(model);
  await model.fit(tensor([[1, 2, 3]]), tensor([[9, 9]]), { verbose: 0 });
  expect(await valuesOf(model)).not.toEqual(before);
});
