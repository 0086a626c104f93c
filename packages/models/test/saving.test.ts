/** Whole models and weights in Keras's files: what Keras wrote, round trips, and files that are damaged or hostile. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError, type DType, ValueError } from "@crease/backend";
import {
  type Hdf5Dataset,
  type Hdf5Group,
  inflate,
  readHdf5,
  readZip,
  type StoredArray,
  writeHdf5,
  writeZip,
} from "@crease/files";
import {
  BatchNormalization,
  Dense,
  Dropout,
  Input,
  Lambda,
  Layer,
  StringLookup,
  TextVectorization,
} from "@crease/layers";
import type { LossName } from "@crease/losses";
import { encodeModel, encodeWeights, loadModel, Model, Sequential, type WeightsFormat } from "@crease/models";
import { Adam, ExponentialDecay, getOptimizer, SGD } from "@crease/optimizers";
import { getBackend, randomNormal, type Tensor, tensor, type Variable } from "@crease/tensor";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { decode, expectCloseTensor, type GoldenTensor, goldenFolder, readGolden } from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";
import { readDamaged } from "../../files/test/damage.ts";
import { expectToGoOn, readCases } from "./keras/cases.ts";

const fixtures = join(import.meta.dirname, "keras", "fixtures");
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const fixture = async (file: string): Promise<Uint8Array> =>
  inflate(readFileSync(join(fixtures, `${file}.gz`)), { format: "gzip", limit: 2 ** 24 });

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crease-saving-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A trained model with state of every kind. */
async function trained(): Promise<Sequential> {
  const model = new Sequential([
    Input({ shape: [3] }),
    new Dense(4, { activation: "tanh", kernelRegularizer: "l2" }),
    new BatchNormalization(),
    new Dropout(0.2, { seed: 1 }),
    new Sequential([new Dense(2)]),
  ]);
  model.compile({ optimizer: new Adam({ learningRate: 0.01 }), loss: "meanSquaredError", metrics: ["mae"] });
  await model.fit(randomNormal([8, 3], { seed: 1 }), randomNormal([8, 2], { seed: 2 }), { epochs: 2, verbose: 0 });
  return model;
}

const valuesOf = (model: Model): Promise<unknown[]> => Promise.all(model.getWeights().map((weight) => weight.array()));

async function slotsOf(model: Model): Promise<unknown[]> {
  const { optimizer } = model;
  const slots = model.trainableWeights.flatMap((weight) => Object.values(optimizer.slots(weight)));
  return Promise.all(slots.map((slot) => slot.value.array()));
}

describe("files of Keras", () => {
  for (const [name, kerasCase] of Object.entries(readCases(fixtures)))
    for (const file of kerasCase.files)
      test(`${file} (${name}) predicts as there, and goes on with training as there`, async () => {
        await expectToGoOn(await fixture(file), kerasCase, file);
      });

  interface ModelCase {
    readonly name: string;
    readonly files: readonly string[];
    readonly layers: readonly { readonly name: string; readonly class: string }[];
    readonly optimizer?: { readonly class: string; readonly iterations: number };
    readonly inputs: readonly GoldenTensor[];
    readonly input_scale?: string;
    readonly predictions: GoldenTensor | readonly GoldenTensor[];
    readonly weights?: readonly GoldenTensor[];
  }
  const place = join(goldenFolder, "models");
  const hasFiles = existsSync(join(place, "index.json"));
  const cases = hasFiles ? readGolden<{ readonly models: readonly ModelCase[] }>("models/index.json").models : [];
  // Sets with other seeds may come without the folder of model files; the set of the repository has it.
  test.runIf(!process.env.CREASE_GOLDEN)("are there", () => expect(hasFiles).toBe(true));

  /** Layers that are not in the list for dense networks. */
  const isMissing = ({ layers }: ModelCase): boolean => layers.some((layer) => /Conv|Pool/.test(layer.class));

  async function expectGolden(model: Model, golden: ModelCase): Promise<void> {
    const inputs = golden.inputs.map((x) => {
      const scale = golden.input_scale === undefined ? 1 : 255;
      const dtype = golden.input_scale === undefined ? (x.dtype as DType) : "float32";
      return tensor(
        Float32Array.from(decode(x), (value) => Math.fround(value / scale)),
        { shape: x.shape, dtype },
      );
    });
    const y = (await model.predict((inputs.length === 1 ? inputs[0] : inputs) as Tensor)) as Tensor | Tensor[];
    const outputs = Array.isArray(y) ? y : [y];
    const expected = Array.isArray(golden.predictions) ? golden.predictions : [golden.predictions as GoldenTensor];
    expect(outputs.length).toBe(expected.length);
    for (const [i, output] of outputs.entries())
      await expectCloseTensor(output, expected[i] as GoldenTensor, tolerances.models.values, `output ${i}`);
    for (const [i, weight] of (golden.weights ?? []).entries())
      await expectCloseTensor(model.getWeights()[i] as Tensor, weight, tolerances.models.values, `weight ${i}`);
  }

  for (const golden of cases) {
    const whole = golden.files.filter((file) => !file.endsWith(".weights.h5"));
    for (const file of whole)
      if (isMissing(golden))
        test(`${file}: its missing layer is named`, async () => {
          await expect(loadModel(join(place, file))).rejects.toThrow(DataError);
          await expect(loadModel(join(place, file))).rejects.toThrow(/unknown layer "(Conv|Max|Average|Global)\w+"/);
        });
      else
        test(`${file} predicts as there`, async () => {
          const model = await loadModel(join(place, file));
          await expectGolden(model, golden);
          expect(model.layers.map((layer) => layer.name)).toEqual(
            golden.layers.map((layer) => layer.name).filter((name) => name !== "input_layer"),
          );
          if (golden.optimizer === undefined) return;
          expect(model.optimizer.className).toBe(golden.optimizer.class);
          expect(model.optimizer.state.steps).toBe(golden.optimizer.iterations);
        });
    for (const file of golden.files)
      if (!isMissing(golden) && golden.files.length > 1)
        test(`${file} as weights`, async () => {
          const model = await loadModel(join(place, whole[0] as string), { compile: false });
          for (const weight of model.weights) weight.assign(weight.value.mul(0));
          await model.loadWeights(join(place, file));
          await expectGolden(model, golden);
        });
  }
});

describe("files of Keras 2", () => {
  const text = (...data: string[]): StoredArray => ({ dtype: "string", shape: [data.length], data });
  const only = (data: string): StoredArray => ({ dtype: "string", shape: [], data: [data] });
  const floats = (shape: readonly number[], ...values: number[]): Hdf5Dataset => ({
    attributes: new Map(),
    array: { dtype: "float32", shape, data: Float32Array.from(values) },
  });
  const group = (members: Record<string, Hdf5Group | Hdf5Dataset>, attributes: Record<string, StoredArray> = {}) => ({
    attributes: new Map(Object.entries(attributes)),
    members: new Map(Object.entries(members)),
  });
  const zeros = { class_name: "Zeros", config: {} };
  const dense = {
    class_name: "Dense",
    config: {
      name: "dense",
      trainable: true,
      batch_input_shape: [null, 2],
      dtype: "float32",
      units: 1,
      activation: "relu",
      use_bias: true,
      kernel_initializer: { class_name: "GlorotUniform", config: { seed: null } },
      bias_initializer: zeros,
      kernel_regularizer: null,
      bias_regularizer: null,
      activity_regularizer: null,
      kernel_constraint: null,
      bias_constraint: null,
    },
  };
  const input = { batch_input_shape: [null, 2], dtype: "float32", sparse: false, ragged: false, name: "dense_input" };
  const layers = [{ class_name: "InputLayer", config: input }, dense];
  const config = JSON.stringify({ class_name: "Sequential", config: { name: "sequential", layers } });
  const weights = group(
    {
      dense: group(
        { dense: group({ "kernel:0": floats([2, 1], 1, 2), "bias:0": floats([1], 3) }) },
        { weight_names: text("dense/kernel:0", "dense/bias:0") },
      ),
      top_level_model_weights: group({}, { weight_names: text() }),
    },
    { layer_names: text("dense"), backend: only("tensorflow"), keras_version: only("2.9.0") },
  );
  const optimizer_config = {
    class_name: "Adam",
    config: { name: "Adam", learning_rate: 0.25, beta_1: 0.9, beta_2: 0.999 },
  };
  const training = JSON.stringify({
    loss: "mse",
    metrics: null,
    weighted_metrics: null,
    loss_weights: null,
    optimizer_config,
  });
  const slots = ["kernel/m", "bias/m", "kernel/v", "bias/v"].map((slot) => `Adam/dense/${slot}:0`);
  const state = group(
    {
      Adam: group({
        "iter:0": floats([], 7),
        dense: group({
          kernel: group({ "m:0": floats([2, 1], 0, 0), "v:0": floats([2, 1], 0, 0) }),
          bias: group({ "m:0": floats([1], 0), "v:0": floats([1], 0) }),
        }),
      }),
    },
    { weight_names: text("Adam/iter:0", ...slots) },
  );
  const attributes = { model_config: only(config), training_config: only(training) };

  test("give their layers and weights", async () => {
    const model = await loadModel(writeHdf5(group({ model_weights: weights }, attributes)));
    expect(await model.apply([[10, 20]]).array()).toEqual([[53]]);
    expect([model.optimizer.className, model.optimizer.learningRate, model.optimizer.state.steps]).toEqual([
      "Adam",
      0.25,
      0,
    ]);
  });

  test("keep their optimizers' state, which Keras 3 cannot use either: it can be left out", async () => {
    const bytes = writeHdf5(group({ model_weights: weights, optimizer_weights: state }, attributes));
    await expect(loadModel(bytes)).rejects.toThrow(/optimizer has 5 variables, and Adam has 6.*compile: false/);
    const model = await loadModel(bytes, { compile: false });
    expect(await model.apply([[10, 20]]).array()).toEqual([[53]]);
    await model.loadWeights(writeHdf5(weights));
  });
});

describe("what is saved is loaded", () => {
  for (const format of ["keras", "h5"] as const)
    test(`${format}: layers, weights, moving statistics, and training to the last bit`, async () => {
      const model = await trained();
      const path = join(folder, `model.${format}`);
      await model.save(path);
      expect(readdirSync(folder)).toEqual([`model.${format}`]);
      const copy = await loadModel(path);
      expect(copy).toBeInstanceOf(Sequential);
      expect(copy.layers.map(({ name, className }) => [name, className])).toEqual(
        model.layers.map(({ name, className }) => [name, className]),
      );
      expect(await valuesOf(copy)).toEqual(await valuesOf(model));
      expect(await slotsOf(copy)).toEqual(await slotsOf(model));
      expect(copy.optimizer.state).toEqual(model.optimizer.state);
      expect(copy.getCompileConfig()).toEqual(model.getCompileConfig());
    });

  test("a model goes on with training as if it had never been saved", async () => {
    const [x, y] = [randomNormal([6, 3], { seed: 3 }), randomNormal([6, 1], { seed: 4 })];
    for (const name of [
      "sgd",
      "rmsprop",
      "adagrad",
      "adadelta",
      "adam",
      "adamW",
      "adamax",
      "nadam",
      "ftrl",
      "lion",
      "lamb",
      "adafactor",
      "muon",
    ]) {
      const model = new Sequential([Input({ shape: [3] }), new Dense(3, { activation: "tanh" }), new Dense(1)]);
      model.compile({ optimizer: getOptimizer({ className: name, config: { useEma: true } }), loss: "mse" });
      for (let i = 0; i < 3; i++) await model.trainOnBatch(x, y);
      const copies = [
        await loadModel(await encodeModel(model)),
        await loadModel(await encodeModel(model, { format: "h5" })),
      ];
      for (const each of [model, ...copies]) for (let i = 0; i < 3; i++) await each.trainOnBatch(x, y);
      for (const copy of copies) expect(await valuesOf(copy), name).toEqual(await valuesOf(model));
    }
  });

  test("schedules, losses, metrics and their options", async () => {
    const model = new Sequential([Input({ shape: [2] }), new Dense(1)]);
    const learningRate = new ExponentialDecay({ initialLearningRate: 0.5, decaySteps: 2, decayRate: 0.5 });
    model.compile({ optimizer: new SGD({ learningRate, momentum: 0.5 }), loss: "mse", metrics: ["mae"] });
    for (let i = 0; i < 3; i++) await model.trainOnBatch([[1, 2]], [[1]]);
    const copy = await loadModel(await encodeModel(model));
    expect([copy.optimizer.learningRate, copy.optimizer.iterations]).toEqual([model.optimizer.learningRate, 3]);
    expect(copy.getCompileConfig()).toEqual(model.getCompileConfig());
  });

  test("a functional model with a shared layer, a nested model and outputs by name", async () => {
    const [a, b] = [Input({ shape: [2], name: "a" }), Input({ shape: [2], name: "b" })];
    const shared = new Dense(3, { name: "shared" });
    const inner = new Sequential([Input({ shape: [3] }), new Dense(2)], { name: "inner" });
    const outputs = { z: inner.apply(shared.apply(a)), y: shared.apply(b) };
    const model = new Model({ inputs: { a, b }, outputs });
    model.compile({ optimizer: "adam", loss: { z: "mse", y: "mae" } });
    const x = { a: [[1, 2]], b: [[3, 4]] } as never;
    await model.trainOnBatch(x, { z: [[0, 1]], y: [[1, 2, 3]] } as never);
    for (const format of ["keras", "h5"] as const) {
      const copy = await loadModel(await encodeModel(model as never, { format }));
      const [one, two] = [await model.predict(x), (await copy.predict(x)) as unknown as Record<string, Tensor>];
      for (const [name, value] of Object.entries(one as Record<string, Tensor>))
        expect(await two[name]?.array(), name).toEqual(await value.array());
      expect(await slotsOf(copy)).toEqual(await slotsOf(model as never));
    }
  });

  test("vocabularies go with the model", async () => {
    const lookup = new StringLookup({ outputMode: "multiHot" });
    await lookup.adapt([["b", "a", "b"]]);
    const model = new Sequential([Input({ shape: [2], dtype: "string" }), lookup, new Dense(2)] as never);
    const copy = await loadModel(await encodeModel(model));
    const x = tensor([["a", "z"]]);
    expect(await (copy.apply(x) as Tensor).array()).toEqual(await model.apply(x).array());
  });

  test("a model without training is saved without it, on demand too", async () => {
    const model = new Sequential([Input({ shape: [2] }), new Dense(1)]);
    expect((await loadModel(await encodeModel(model))).getCompileConfig()).toBe(null);
    const compiled = await encodeModel(await trained(), { includeOptimizer: false });
    expect((await loadModel(compiled)).getCompileConfig()).toBe(null);
    expect((await loadModel(await encodeModel(await trained()), { compile: false })).getCompileConfig()).toBe(null);
  });

  test("a class of the user's, with layers in fields and lists, comes from customObjects", async () => {
    class Block extends Layer {
      static readonly className: string = "Block";
      readonly first: Dense = new Dense(3);
      readonly others: readonly Dense[] = [new Dense(3), new Dense(3)];
      scale!: Variable;
      override build(shape: readonly (number | null)[]): void {
        this.scale = this.addWeight("scale", [3], { initializer: "ones" });
        for (const layer of [this.first, ...this.others]) layer.ensureBuilt([null, shape.at(-1) as number]);
      }
      override call(x: Tensor): Tensor {
        return this.others.reduce((y, layer) => layer.apply(y), this.first.apply(x)).mul(this.scale);
      }
    }
    const model = new Sequential([Input({ shape: [3] }), new Block()]);
    const bytes = await encodeModel(model);
    const copy = await loadModel(bytes, { customObjects: { Block } });
    expect(await valuesOf(copy)).toEqual(await valuesOf(model));
    const { members } = readHdf5((await readZip(bytes)).get("model.weights.h5") as Uint8Array);
    const block = ["layers", "block"].reduce((at, name) => (at.get(name) as Hdf5Group).members, members);
    expect([...block.keys()]).toEqual(["first", "others", "vars"]);
    await expect(loadModel(bytes)).rejects.toThrow(/unknown layer "Block"/);
    // Weights that no layer would take are no reason to go on with random ones.
    class Lazy extends Layer {
      static readonly className: string = "Other";
      override call(x: Tensor): Tensor {
        return x;
      }
      override computeOutputShape(shape: readonly (number | null)[]): readonly (number | null)[] {
        return shape;
      }
    }
    await expect(loadModel(bytes, { customObjects: { Block: Lazy } })).rejects.toThrow(
      /"layers\/block" holds weights, and the model has no such layer/,
    );
  });

  test("a legacy file has the full names of losses, which Keras reads from it alone", async () => {
    const config = async (loss: LossName | Record<string, LossName>): Promise<Record<string, unknown>> => {
      const x = Input({ shape: [3] });
      const model = new Model({ inputs: x, outputs: new Dense(1, { name: "o" }).apply(x) });
      model.compile({ optimizer: "sgd", loss });
      const bytes = await encodeModel(model, { format: "h5" });
      expect((await loadModel(bytes)).compiled).toBeDefined();
      const { data } = readHdf5(bytes).attributes.get("training_config") as StoredArray;
      return JSON.parse(data[0] as unknown as string);
    };
    expect(await config("mse")).toMatchObject({ loss: "mean_squared_error" });
    expect(await config({ o: "kld" })).toMatchObject({ loss: { o: "kl_divergence" } });
    expect(await config("hinge")).toMatchObject({ loss: "hinge" });
  });

  test("other software finds the weights where Keras has them", async () => {
    const { default: library } = await import("h5wasm/node");
    await library.ready;
    const model = await trained();
    const [kernel] = await valuesOf(model);
    const open = (bytes: Uint8Array): InstanceType<typeof library.File> => {
      const path = join(folder, "m.h5");
      writeFileSync(path, bytes);
      return new library.File(path, "r");
    };
    const attributesAt = (file: InstanceType<typeof library.File>, path: string): Record<string, { value: unknown }> =>
      (file.get(path) as InstanceType<typeof library.Group>).attrs;
    const valueAt = (file: InstanceType<typeof library.File>, path: string): unknown =>
      (file.get(path) as unknown as { to_array(): unknown }).to_array();
    const entries = await readZip(await encodeModel(model));
    expect([...entries.keys()]).toEqual(["metadata.json", "config.json", "model.weights.h5"]);
    const weights = open(entries.get("model.weights.h5") as Uint8Array);
    expect(valueAt(weights, "layers/dense/vars/0")).toEqual(kernel);
    expect(valueAt(weights, "optimizer/vars/0")).toEqual(model.optimizer.state.steps);
    expect(attributesAt(weights, "layers/sequential/layers/dense/vars").name?.value).toBe("dense");
    weights.close();
    const legacy = open(await encodeModel(model, { format: "h5" }));
    expect(valueAt(legacy, "model_weights/dense/dense/kernel")).toEqual(kernel);
    expect(JSON.parse(legacy.attrs.model_config?.value as string).class_name).toBe("Sequential");
    expect(attributesAt(legacy, "model_weights/dense").weight_names?.value).toEqual(["dense/kernel", "dense/bias"]);
    legacy.close();
  });

  test("files may be bytes, an ArrayBuffer or a Blob, as browsers have them", async () => {
    const model = await trained();
    const bytes = await encodeModel(model);
    for (const source of [bytes, bytes.slice().buffer, new Blob([bytes as Uint8Array<ArrayBuffer>])])
      expect(await valuesOf(await loadModel(source as Blob))).toEqual(await valuesOf(model));
    await expect(loadModel(7 as never)).rejects.toThrow(ValueError);
  });

  test("nothing is left in memory by saving, loading and giving up", async () => {
    const model = await trained();
    // Its slots exist already.
    const before = getBackend().memory();
    for (const format of ["keras", "h5"] as const) {
      const bytes = await encodeModel(model, { format });
      (await loadModel(bytes)).dispose();
      await expect(loadModel(bytes.subarray(0, -100))).rejects.toThrow(DataError);
    }
    expect(getBackend().memory()).toEqual(before);
  });
});

describe("weights alone", () => {
  const make = (): Sequential =>
    new Sequential([Input({ shape: [3] }), new Dense(4), new BatchNormalization(), new Sequential([new Dense(2)])]);

  test.each<[string, WeightsFormat]>([
    ["w.safetensors", "safetensors"],
    ["w.npz", "npz"],
    ["w.weights.h5", "weights.h5"],
    ["w.h5", "h5"],
  ])("%s", async (file, format) => {
    const [one, two, three] = [make(), make(), make()];
    await one.saveWeights(join(folder, file));
    await two.loadWeights(join(folder, file));
    await three.loadWeights(await encodeWeights(one, { format }));
    for (const copy of [two, three]) expect(await valuesOf(copy)).toEqual(await valuesOf(one));
    const other = new Sequential([Input({ shape: [3] }), new Dense(5)]);
    const before = await valuesOf(other);
    await expect(other.loadWeights(join(folder, file))).rejects.toThrow(DataError);
    expect(await valuesOf(other)).toEqual(before);
  });

  test("a whole model's file gives its weights too", async () => {
    const model = await trained();
    for (const format of ["keras", "h5"] as const) {
      const copy = await loadModel(await encodeModel(await trained()), { compile: false });
      await copy.loadWeights(await encodeModel(model, { format }));
      expect(await valuesOf(copy)).toEqual(await valuesOf(model));
    }
  });

  test("what tokens weigh stands wherever Keras looks for it", async () => {
    const texts = new TextVectorization({ outputMode: "tfIdf", vocabulary: ["a", "b"], idfWeights: [1, 3] });
    const model = new Sequential([texts as never, new Dense(1)]);
    model.apply(tensor(["a"]) as never);
    const root = readHdf5(await encodeWeights(model, { format: "weights.h5" }));
    for (const place of ["vars", "_lookup_layer/vars"]) {
      const found = ["layers", "text_vectorization", ...place.split("/"), "idf_weights"].reduce(
        (group: Hdf5Group | Hdf5Dataset | undefined, name) => (group as Hdf5Group | undefined)?.members.get(name),
        root,
      ) as Hdf5Dataset | undefined;
      expect([...((found?.array.data ?? []) as Float32Array)], place).toEqual([2, 1, 3]);
    }
  });

  test("names of whole models and unknown formats are refused", async () => {
    await expect(make().saveWeights(join(folder, "w.keras"))).rejects.toThrow(/Call `save`/);
    await expect(encodeWeights(make(), { format: "onnx" as never })).rejects.toThrow(/unknown format "onnx"/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("what cannot be saved", () => {
  test("is refused with the reason, and no file is made", async () => {
    const lambda = new Sequential([Input({ shape: [2] }), new Lambda((x: Tensor) => x.mul(2)) as never]);
    await expect(lambda.save(join(folder, "m.keras"))).rejects.toThrow(/Lambda.*code/);
    const texts = new Sequential([
      new TextVectorization({ standardize: (text: string) => text, vocabulary: ["a"] }) as never,
    ]);
    texts.apply(tensor(["a"]) as never);
    await expect(encodeModel(texts)).rejects.toThrow(/not saved/);
    await expect(new Sequential([new Dense(2)]).save(join(folder, "m.keras"))).rejects.toThrow(/not built/);
    await expect((await trained()).save(join(folder, "m.zip"))).rejects.toThrow(/does not end as/);
    await expect((await trained()).save(join(folder, "m.weights.h5"))).rejects.toThrow(/saveWeights/);
    await expect(encodeModel(await trained(), { format: "onnx" as never })).rejects.toThrow(/unknown format "onnx"/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a file that cannot be written leaves the old one", async () => {
    writeFileSync(join(folder, "m.keras"), "old");
    const model = await trained();
    model.weights[0]?.dispose();
    await expect(model.save(join(folder, "m.keras"))).rejects.toThrow();
    expect([readFileSync(join(folder, "m.keras"), "utf8"), readdirSync(folder)]).toEqual(["old", ["m.keras"]]);
  });
});

describe("hostile and damaged files", () => {
  /** A `.keras` file with some entries changed. */
  async function changed(change: (entries: Map<string, Uint8Array>) => void): Promise<Uint8Array> {
    const entries = new Map(await readZip(await encodeModel(new Sequential([Input({ shape: [3] }), new Dense(2)]))));
    change(entries);
    return writeZip(entries);
  }
  const config = (text: string) => changed((entries) => entries.set("config.json", utf8(text)));
  const replaced = (from: string | RegExp, to: string) =>
    changed((entries) => {
      const text = new TextDecoder().decode(entries.get("config.json"));
      expect(text).toMatch(from);
      entries.set("config.json", utf8(text.replace(from, to)));
    });
  const layer = (name: string, options: object) =>
    JSON.stringify({
      module: "keras",
      class_name: "Sequential",
      config: {
        name: "s",
        layers: [
          { module: "keras.layers", class_name: "InputLayer", config: { batch_shape: [null, 3], name: "i" } },
          { module: "keras.layers", class_name: name, config: { name: "l", ...options } },
        ],
      },
      build_config: { input_shape: [null, 3] },
    });

  test.each<[string, () => Promise<Uint8Array>, RegExp]>([
    ["nothing", async () => new Uint8Array(0), /neither a \.keras nor an HDF5 file/],
    ["an archive of something else", async () => writeZip(new Map([["a", utf8("b")]])), /archive without a model/],
    ["HDF5 of something else", async () => writeHdf5({ attributes: new Map(), members: new Map() }), /no model/],
    ["weights only", async () => encodeWeights(await trained(), { format: "h5" }), /it holds weights, but no model/],
    ["a config that is missing", () => changed((entries) => entries.delete("config.json")), /config\.json is missing/],
    [
      "weights that are missing",
      () => changed((entries) => entries.delete("model.weights.h5")),
      /no model\.weights\.h5/,
    ],
    ["a config that is no JSON", () => config("{"), /config\.json is no JSON/],
    ["a config that is a list", () => config("[]"), /config\.json is no JSON object/],
    ["a config without a class", () => config("{}"), /class_name/],
    ["a config nested without end", () => config('{"a":'.repeat(200_000)), /no JSON/],
    [
      "a config nested deeply",
      () => config(`${'{"class_name":"Sequential","config":{"layers":['.repeat(3000)}${"]}}".repeat(3000)}`),
      /the file: /,
    ],
    ["a prototype key", () => replaced('"units"', '"__proto__": {"polluted": 1}, "units"'), /has the key "__proto__"/],
    ["a constructor key", () => replaced('"units"', '"constructor": 1, "units"'), /has the key "constructor"/],
    ["an unknown class", () => replaced('"Dense"', '"Dnse"'), /unknown layer "Dnse".*Dense/],
    ["an unknown activation", () => replaced('"linear"', '"linaer"'), /unknown activation "linaer".*linear/],
    [
      "a Lambda with code",
      () => config(layer("Lambda", { function: { class_name: "__lambda__", config: { code: "4wEA" } } })),
      /Lambda.*code/,
    ],
    ["units that are none", () => replaced('"units":2', '"units":-2'), /units/],
    [
      "units that no memory holds",
      () => replaced('"units":2', '"units":1000000000'),
      /larger than the weights|memory|size/i,
    ],
    ["other units than weights", () => replaced('"units":2', '"units":3'), /float32\[3,2\], not float32\[3,3\]/],
    ["a mixed dtype policy", () => replaced('"name":"float32"', '"name":"mixed_float16"'), /mixed_float16/],
    [
      "pickled weights",
      () =>
        changed((entries) => {
          entries.delete("model.weights.h5");
          entries.set("model.weights.npz", utf8("x"));
        }),
      /no model\.weights\.h5/,
    ],
  ])("%s", async (_, bytes, message) => {
    const file = await bytes();
    const before = getBackend().memory();
    await expect(loadModel(file)).rejects.toThrow(DataError);
    await expect(loadModel(file)).rejects.toThrow(message);
    expect(getBackend().memory()).toEqual(before);
    expect(({} as { polluted?: unknown }).polluted).toBe(undefined);
  });

  test("a layer larger than the file is not made", async () => {
    const bytes = await replaced('"units":2', '"units":20000000');
    await expect(loadModel(bytes)).rejects.toThrow(/larger than the weights in it/);
  });

  test("a missing file is named", async () => {
    await expect(loadModel(join(folder, "none.keras"))).rejects.toThrow(/loadModel: .*none\.keras cannot be read/);
  });

  test("an optimizer with other slots than the file is refused, and can be left out", async () => {
    const model = new Sequential([Input({ shape: [3] }), new Dense(2)]);
    model.compile({ optimizer: "adam", loss: "mse" });
    await model.trainOnBatch([[1, 2, 3]], [[1, 2]]);
    const entries = new Map(await readZip(await encodeModel(model)));
    const text = new TextDecoder().decode(entries.get("config.json")).replace('"amsgrad":false', '"amsgrad":true');
    const bytes = writeZip(entries.set("config.json", utf8(text)));
    await expect(loadModel(bytes)).rejects.toThrow(/optimizer has 6 variables, and Adam has 8.*compile: false/);
    expect((await loadModel(bytes, { compile: false })).getCompileConfig()).toBe(null);
  });

  test("damaged files end in a model or DataError", async () => {
    const model = new Sequential([Input({ shape: [3] }), new Dense(2)]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    const [keras, h5] = [await encodeModel(model), await encodeModel(model, { format: "h5" })];
    const read = async (bytes: Uint8Array): Promise<void> => {
      (await loadModel(bytes)).dispose();
    };
    await readDamaged(keras, read, 150);
    await readDamaged(h5, read, 300);
    // Behind the checksums of the archive.
    const entries = await readZip(keras);
    for (const name of ["config.json", "model.weights.h5"])
      await readDamaged(
        entries.get(name) as Uint8Array,
        (bytes) => read(writeZip(new Map(entries).set(name, bytes))),
        300,
      );
    await readDamaged(await fixture("nadam.h5"), read, 150);
  });
});
