/** Models as JSON: what Keras wrote comes back as it was, what we write reads alike, and everything else is refused. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DataError, type DType, ValueError } from "@crease/backend";
import { readZip } from "@crease/files";
import {
  Add,
  activations,
  BatchNormalization,
  Dense,
  Dropout,
  Embedding,
  Input,
  Lambda,
  Layer,
  type SymbolicTensor,
} from "@crease/layers";
import { Huber, Loss } from "@crease/losses";
import { AUC } from "@crease/metrics";
import { kerasText, Model, modelFromJSON, Sequential } from "@crease/models";
import { ExponentialDecay, SGD } from "@crease/optimizers";
import { type Tensor, type TensorLike, tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { decode, expectCloseTensor, type GoldenTensor, goldenFolder, readGolden } from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";

type Json = { readonly [key: string]: unknown };

/** Keras's options that ours lack, and what is different in each run. */
const notOurs = new Set([
  ..."shared_object_id quantization_config input_axes output_axes sparse ragged optional".split(" "),
  ..."synchronized renorm renorm_clipping renorm_momentum rms_scaling data_format".split(" "),
]);

/** Without what only Keras says, numbers as float32, what a layer was built for left out: Keras omits it for some. */
function comparable(value: unknown): unknown {
  if (typeof value === "number") return Math.fround(value);
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, inner]) =>
      !notOurs.has(key) && key !== "build_config" && !(key === "activity_regularizer" && inner === null),
  );
  return Object.fromEntries(entries.map(([key, inner]) => [key, comparable(inner)]));
}

const again = (model: Model): unknown => JSON.parse(JSON.stringify(model));
const load = (golden: GoldenTensor): Tensor =>
  tensor(decode(golden), { shape: golden.shape, dtype: golden.dtype as DType });

interface Saved {
  readonly name: string;
  readonly files: readonly string[];
  readonly layers: readonly { readonly name: string; readonly class: string }[];
  readonly inputs: readonly GoldenTensor[];
  readonly predictions: GoldenTensor | readonly GoldenTensor[];
  readonly weights?: readonly GoldenTensor[];
}

describe("models that Keras saved", () => {
  const { models } = readGolden<{ readonly models: readonly Saved[] }>("models/index.json");
  const decoder = new TextDecoder();
  const configOf = async (saved: Saved): Promise<Json> => {
    const file = saved.files.find((name) => name.endsWith(".keras")) as string;
    const bytes = (await readZip(readFileSync(join(goldenFolder, "models", file)))).get("config.json");
    return JSON.parse(decoder.decode(bytes)) as Json;
  };
  const sequential = modelFromJSON(JSON.stringify(new Sequential([new Dense(1)])));
  const isKnown = (className: string): boolean => {
    try {
      Sequential.fromConfig({ layers: [{ className, config: {} }] });
      return true;
    } catch (error) {
      return !String(error).includes(`unknown layer "${className}"`);
    }
  };
  const known = models.filter(({ layers }) => layers.every((layer) => isKnown(layer.class)));

  test("are in the file, some of them with layers of ours", () => {
    expect(sequential.built).toBe(false);
    expect(known.length).toBeGreaterThan(0);
  });

  test.each(known.map((saved) => [saved.name, saved] as const))(
    "%s: is read, and written as it was",
    async (_, saved) => {
      const config = await configOf(saved);
      const model = modelFromJSON(config);
      const inputs = new Set(model.inputs.map(({ name }) => name));
      const names = model.layers.map(({ name }) => name);
      expect(names).toEqual(
        saved.layers.map(({ name }) => name).filter((name) => names.includes(name) || !inputs.has(name)),
      );
      expect(comparable(again(model))).toEqual(comparable(config));
      expect(again(modelFromJSON(again(model) as object))).toEqual(again(model));
    },
  );

  test.each(known.filter(({ weights }) => weights !== undefined).map((saved) => [saved.name, saved] as const))(
    "%s: with its weights, predicts what Keras did",
    async (_, saved) => {
      const model = modelFromJSON(await configOf(saved)) as unknown as Model<Tensor, Tensor | readonly Tensor[]>;
      model.setWeights((saved.weights as readonly GoldenTensor[]).map(load));
      const xs = saved.inputs.map(load);
      const y = await model.predict(xs.length === 1 ? (xs[0] as Tensor) : xs);
      const outputs = (Array.isArray(y) ? y : [y]) as readonly Tensor[];
      const expected = (
        Array.isArray(saved.predictions) ? saved.predictions : [saved.predictions]
      ) as readonly GoldenTensor[];
      expect(outputs.length).toBe(expected.length);
      for (const [i, output] of outputs.entries())
        await expectCloseTensor(output, expected[i] as GoldenTensor, tolerances.models.values, `output ${i}`);
    },
  );

  test.each(models.filter((saved) => !known.includes(saved)).map((saved) => [saved.name, saved] as const))(
    "%s: the error names the class that is not here",
    async (_, saved) => {
      const config = await configOf(saved);
      const missing = saved.layers.find((layer) => !isKnown(layer.class));
      expect(() => modelFromJSON(config)).toThrow(new RegExp(`unknown layer "${missing?.class}".*Dense`));
    },
  );
});

describe("every layer of Keras's cases", () => {
  interface Case {
    readonly name: string;
    readonly class: string;
    readonly config: Json;
  }
  const { cases } = readGolden<{ readonly cases: readonly Case[] }>("layers.json");
  const wrap = (layer: Case): Json => ({
    module: "keras",
    class_name: "Sequential",
    config: { name: "one", layers: [{ module: "keras.layers", class_name: layer.class, config: layer.config }] },
    registered_name: null,
  });
  const ours = cases.filter((layer) => {
    try {
      return modelFromJSON(wrap(layer)).layers.length === 1;
    } catch (error) {
      if (String(error).includes("unknown layer")) return false;
      throw error;
    }
  });
  test("some are ours", () => expect(ours.length).toBeGreaterThan(0));

  test.each(ours.map((layer) => [layer.name, layer] as const))("%s", (_, layer) => {
    const { config } = again(modelFromJSON(wrap(layer))) as { readonly config: { readonly layers: readonly [Json] } };
    expect(comparable(config.layers[0].config)).toEqual(comparable(layer.config));
  });
});

describe("models of ours", () => {
  /** Nested models, a shared layer, outputs by name. */
  function nested(): Model {
    const [a, b] = [Input({ shape: [3], name: "a" }), Input({ shape: [3], batchSize: 2 })];
    const shared = new Dense(3, { activation: "leakyRelu" });
    const row = new Sequential([new Dense(3, { kernelInitializer: "heNormal" }), new Dropout(0.1)]);
    const start = Input({ shape: [3] });
    const fork = new Model({ inputs: start, outputs: [new Dense(1).apply(start), new Dense(2).apply(start)] });
    const [one] = fork.apply(shared.apply(a)) as readonly [SymbolicTensor, SymbolicTensor];
    const [, two] = fork.apply(row.apply(shared.apply(b))) as readonly [SymbolicTensor, SymbolicTensor];
    const model = new Model({ inputs: [a, b], outputs: { one, two, sum: new Add().apply([one, two]) } });
    model.compile({
      optimizer: new SGD({
        learningRate: new ExponentialDecay({ initialLearningRate: 0.5, decaySteps: 3, decayRate: 0.1 }),
      }),
      loss: { one: "mse", two: new Huber({ delta: 2 }) },
      lossWeights: { one: 1, two: 0.5 },
      metrics: { one: ["mae", new AUC({ numThresholds: 20 })] },
    });
    return model as unknown as Model;
  }

  test("come back the same, with numbers like those before", async () => {
    const model = nested();
    const copy = modelFromJSON(JSON.stringify(model));
    expect(again(copy)).toEqual(again(model));
    expect(copy.layers.map(({ name }) => name)).toEqual(model.layers.map(({ name }) => name));
    expect(copy.namedWeights().map(({ path }) => path)).toEqual(model.namedWeights().map(({ path }) => path));
    copy.setWeights(model.getWeights());
    const x = [[[1, 2, 3]], [[4, 5, 6]]] as readonly TensorLike[];
    const values = async (each: Model) =>
      Object.entries((await each.predict(x)) as object).map(([k, y]) => [k, String(y)]);
    expect(await values(copy)).toEqual(await values(model));
    const y = { one: [[1]], two: [[1, 2]] };
    expect(await copy.evaluate(x, y, { verbose: 0 })).toEqual(await model.evaluate(x, y, { verbose: 0 }));
    expect([copy.optimizer.learningRate, copy.getCompileConfig()]).toEqual([0.5, model.getCompileConfig()]);
  });

  test("getConfig and fromConfig too, without what they were compiled with", () => {
    const model = nested();
    const copy = Model.fromConfig(model.getConfig(), { customObjects: { Sequential } }) as Model;
    expect(copy.getConfig()).toEqual(model.getConfig());
    expect(copy.getCompileConfig()).toBe(null);
    expect(() => Model.fromConfig(model.getConfig())).toThrow(/unknown layer "Sequential"/);
  });

  test("a Sequential is built where it was, by whatever", () => {
    const open = new Sequential([new Dense(2)]);
    expect(modelFromJSON(JSON.stringify(open)).built).toBe(false);
    open.apply([[1, 2, 3]]);
    for (const model of [open, new Sequential([Input({ shape: [3] }), new Dense(2)])]) {
      const copy = modelFromJSON(JSON.stringify(model));
      expect([copy.countParams(), copy.namedWeights()[0]?.path]).toEqual([8, "layers.0.kernel"]);
    }
  });

  test("of classes of the user's, with losses, metrics and functions of theirs", async () => {
    class Scale extends Layer {
      static readonly className: string = "Scale";
      readonly by: number;
      constructor({ by = 2, ...options }: { readonly by?: number; readonly name?: string } = {}) {
        super(options);
        this.by = by;
      }
      override call(x: Tensor): Tensor {
        return x.mul(this.by);
      }
      override getConfig() {
        return { ...super.getConfig(), by: this.by };
      }
    }
    class Quartic extends Loss {
      override call(yTrue: Tensor, yPred: Tensor): Tensor {
        return yTrue.sub(yPred).pow(4).mean(-1);
      }
    }
    const apart = (yTrue: Tensor, yPred: Tensor): Tensor => yTrue.sub(yPred).abs().mean(-1);
    const swish2 = (x: Tensor): Tensor => activations.silu(x).mul(2);
    const model = new Sequential([Input({ shape: [1] }), new Scale({ by: 3 }), new Dense(1, { activation: swish2 })]);
    model.compile({ optimizer: "adam", loss: new Quartic(), metrics: [apart] });
    const json = again(model) as object;
    const copy = modelFromJSON(json, { customObjects: { Scale, Quartic, apart, swish2 } });
    expect(again(copy)).toEqual(json);
    copy.setWeights(model.getWeights());
    expect(await copy.evaluate([[1]], [[2]], { verbose: 0 })).toEqual(
      await model.evaluate([[1]], [[2]], { verbose: 0 }),
    );
    expect((json as { config: { layers: Json[] } }).config.layers[1]).toMatchObject({
      module: null,
      class_name: "Scale",
      registered_name: "Scale",
    });
    expect(() => modelFromJSON(json)).toThrow(/unknown layer "Scale"/);
    expect(() => modelFromJSON(json, { customObjects: { Scale, swish2, apart } })).toThrow(/unknown loss "Quartic"/);
  });

  test("a class that takes inputs and outputs comes back as one", async () => {
    class Doubled extends Model {
      static override readonly className: string = "Doubled";
      override call(x: Tensor, options: { readonly training: boolean }): Tensor {
        return super.call(x, options).mul(2);
      }
    }
    const x = Input({ shape: [2] });
    const model = new Doubled({ inputs: x, outputs: new Dense(1, { kernelInitializer: "ones" }).apply(x) });
    const copy = modelFromJSON(JSON.stringify(model), { customObjects: { Doubled } });
    expect(copy).toBeInstanceOf(Doubled);
    expect(await copy.apply([[1, 2]]).array()).toEqual([[6]]);
  });

  test("numbers that Python takes for floats only are written so", () => {
    const model = new Sequential([new Dense(1)]);
    model.compile({ optimizer: new SGD({ learningRate: 1, momentum: 0 }), loss: "mse" });
    expect(kerasText(model.toJSON())).toMatch(/"learning_rate":1\.0,.*"momentum":0\.0,/);
    expect(JSON.parse(kerasText(model.toJSON()))).toEqual(again(model));
  });

  test("every name of Keras's that is spelled by a rule is spelled by it", () => {
    const model = new Sequential([new Dense(1)]);
    const names = ["klDivergence", "topKCategoricalAccuracy", "binaryIoU", "f1Score", "fbetaScore", "r2Score"] as const;
    model.compile({ optimizer: "adam", loss: "logCosh", metrics: [...names] });
    const { compile_config: config } = again(model) as { readonly compile_config: Json };
    expect(config.loss).toBe("log_cosh");
    expect(config.metrics).toEqual([
      "kl_divergence",
      "top_k_categorical_accuracy",
      "binary_io_u",
      "f1_score",
      "f_beta_score",
      "r2_score",
    ]);
    expect(config.optimizer).toMatchObject({ config: { beta_1: 0.9, learning_rate: 0.001, use_ema: false } });
    expect(modelFromJSON(again(model) as object).compiled.options.metrics).toEqual(names);
    for (const metrics of [["AUC", "KLDivergence", "Precision", "MSE"]])
      expect(
        modelFromJSON({ ...(again(model) as object), compile_config: { ...config, metrics } }).compiled.options.metrics,
      ).toEqual(["auc", "klDivergence", "precision", "mse"]);
  });
});

test("integers of Keras's that tensors lack are int32 here", () => {
  const input = { class_name: "InputLayer", config: { batch_shape: [null, 1], dtype: "int64", name: "x" } };
  const lookup = { class_name: "IntegerLookup", config: { name: "l", dtype: "int64", vocabulary: [5, 7] } };
  const model = modelFromJSON({ class_name: "Sequential", config: { name: "row", layers: [input, lookup] } });
  expect(model.inputs[0]?.dtype).toBe("int32");
  expect(String(model.apply(tensor([[7], [4]], { dtype: "int32" })))).toBe("[[2]\n [0]]");
});

describe("what Keras 2 wrote", () => {
  test("a Sequential whose first layer says what it takes, and a graph of lists", () => {
    const dense = (name: string, more: object): Json => ({ class_name: "Dense", config: { name, units: 2, ...more } });
    const row = {
      class_name: "Sequential",
      config: { name: "row", layers: [dense("d", { batch_input_shape: [null, 3] })] },
    };
    expect(modelFromJSON(row).countParams()).toBe(8);
    const entry = { class_name: "InputLayer", config: { batch_input_shape: [null, 3], dtype: "float32", name: "x" } };
    const graph = {
      class_name: "Functional",
      config: {
        name: "graph",
        layers: [
          { ...entry, name: "x", inbound_nodes: [] },
          { ...dense("d", {}), name: "d", inbound_nodes: [[["x", 0, 0, {}]]] },
          {
            class_name: "Add",
            config: { name: "s" },
            name: "s",
            inbound_nodes: [
              [
                ["d", 0, 0, {}],
                ["d", 0, 0, {}],
              ],
            ],
          },
        ],
        input_layers: [["x", 0, 0]],
        output_layers: [["s", 0, 0]],
      },
    };
    const model = modelFromJSON(graph);
    expect([model.layers.length, model.output.shape]).toEqual([3, [null, 2]]);
  });
});

describe("JSON that is refused", () => {
  const x = Input({ shape: [2], name: "x" });
  const y = new Dense(1, { name: "y" }).apply(x);
  const graph = JSON.stringify(new Model({ inputs: x, outputs: y }));
  const withLayer = (change: (layer: Record<string, unknown>) => object): object => {
    const json = JSON.parse(graph) as { config: { layers: Record<string, unknown>[] } };
    json.config.layers[1] = change(json.config.layers[1] as Record<string, unknown>) as Record<string, unknown>;
    return json;
  };
  const withConfig = (more: object): object =>
    withLayer((layer) => ({ ...layer, config: { ...(layer.config as object), ...more } }));
  const withNode = (node: unknown): object => withLayer((layer) => ({ ...layer, inbound_nodes: [node] }));
  const at = (name: string, call = 0, output = 0): object => ({
    class_name: "__keras_tensor__",
    config: { shape: [null, 2], dtype: "float32", keras_history: [name, call, output] },
  });

  test.each<[string, string | object, RegExp]>([
    ["no JSON", "{", /is no JSON/],
    ["a number", "3", /no class_name and config/],
    ["null", "null", /no class_name/],
    ["a config that is none", { class_name: "Sequential", config: 3 }, /config of Sequential is no object/],
    ["a layer that is none", withLayer(() => [] as object), /no class|no class_name|has no/],
    ["a graph without inputs", { class_name: "Functional", config: { layers: [], output_layers: [] } }, /inputLayers/],
    ["layers that are no list", { class_name: "Functional", config: { layers: {} } }, /layers is no list/],
    ["a call of what comes later", withNode({ args: [at("y")], kwargs: {} }), /inputs of "y" come from no other layer/],
    ["a call of what is not there", withNode({ args: [at("z")], kwargs: {} }), /there is no layer "z"/],
    ["an output that is not there", withNode({ args: [at("x", 0, 5)], kwargs: {} }), /inputs of "y" come from no/],
    ["a call without arguments", withNode({ args: {}, kwargs: {} }), /args is no list/],
    [
      "nesting without end",
      `{"class_name":"Dense","config":{"a":${"[".repeat(500)}${"]".repeat(500)}}}`,
      /nested more/,
    ],
  ])("%s", (_, json, message) => {
    expect(() => modelFromJSON(json)).toThrow(DataError);
    expect(() => modelFromJSON(json)).toThrow(message);
  });

  test.each<[string, string | object, RegExp]>([
    ["a layer alone", { class_name: "Dense", config: { units: 1 } }, /a Dense is no model/],
    ["an unknown class", withLayer((layer) => ({ ...layer, class_name: "Dens" })), /unknown layer "Dens".*"Dense"/],
    ["a class like a method", withLayer((layer) => ({ ...layer, class_name: "constructor" })), /unknown layer/],
    ["units of a hostile size", withConfig({ units: -1 }), /units is -1/],
    [
      "an option that Dense lacks",
      withConfig({ lora_rank: 4 }),
      /Dense: there is no option "loraRank"\. Known names: .*activation, useBias/,
    ],
    [
      "a dtype policy that mixes",
      withConfig({ dtype: { class_name: "DTypePolicy", config: { name: "mixed_float16" } } }),
      /mixed_float16/,
    ],
    ["an unknown activation", withConfig({ activation: "rellu" }), /"rellu".*"relu"/],
    ["a layer as activation", withConfig({ activation: { class_name: "LeakyReLU", config: {} } }), /no activation/],
    [
      "an unknown initializer",
      withConfig({ kernel_initializer: { class_name: "He", config: {} } }),
      /unknown initializer "He"/,
    ],
    [
      "an option that an initializer lacks",
      withConfig({ kernel_initializer: { class_name: "Zeros", config: { axis: 3 } } }),
      /Zeros: its option axis/,
    ],
    [
      "Lambda, as files hold no code",
      withLayer((layer) => ({
        ...layer,
        class_name: "Lambda",
        config: { function: { class_name: "__lambda__", config: {} } },
      })),
      /Lambda: a function is not saved, as files hold no code/,
    ],
    [
      "two arguments",
      withNode({ args: [at("x"), at("x")], kwargs: {} }),
      /y: the model calls this layer with 2 arguments/,
    ],
    ["a mask of a layer's", withNode({ args: [at("x")], kwargs: { mask: at("x") } }), /with `mask`/],
    ["an argument by name", withNode({ args: [at("x")], kwargs: { initial_state: at("x") } }), /with `initial_state`/],
    [
      "an operation",
      withLayer(() => ({
        module: "keras.src.ops.numpy",
        class_name: "Add",
        config: { name: "y" },
        name: "y",
        inbound_nodes: [],
      })),
      /keras\.src\.ops\.numpy\.Add: the model calls this operation/,
    ],
  ])("%s", (_, json, message) => {
    expect(() => modelFromJSON(json)).toThrow(ValueError);
    expect(() => modelFromJSON(json)).toThrow(message);
  });

  test("what cannot be written is refused when writing", () => {
    const lambda = new Sequential([new Lambda((h) => h)]);
    expect(() => lambda.toJSON()).toThrow(/Lambda: a function is not saved/);
    const model = new Sequential([new Dense(1)]);
    model.compile({ optimizer: new SGD({ learningRate: () => 1 }), loss: "mse" });
    expect(() => model.toJSON()).toThrow(/a function as learning rate cannot be saved/);
  });

  test("however its layers are ordered, a long graph is read at once", () => {
    const count = 3000;
    const names = Array.from({ length: count }, (_, i) => `l${i}`);
    const identity = (name: string, i: number): Json => ({
      class_name: "Identity",
      config: { name },
      name,
      inbound_nodes: [{ args: [at(i === 0 ? "x" : `l${i - 1}`)], kwargs: {} }],
    });
    const entry = {
      class_name: "InputLayer",
      config: { batch_shape: [null, 2], name: "x" },
      name: "x",
      inbound_nodes: [],
    };
    const config = {
      name: "long",
      layers: [...names.map(identity).reverse(), entry],
      input_layers: ["x", 0, 0],
      output_layers: [`l${count - 1}`, 0, 0],
    };
    const model = modelFromJSON({ class_name: "Functional", config });
    expect(model.layers.length).toBe(count + 1);
    expect(again(modelFromJSON(again(model) as object))).toEqual(again(model));
  });

  test("keys like those of prototypes change nothing", () => {
    const text = graph.replace('"trainable":true', '"trainable":true,"__proto__":{"polluted":1}');
    expect(() => modelFromJSON(text)).not.toThrow();
    expect(({} as Json).polluted).toBe(undefined);
  });

  test("masks among the arguments, which layers pass on by themselves, are left out", () => {
    const tokens = Input({ shape: [3], dtype: "int32", name: "tokens" });
    const model = new Model({
      inputs: tokens,
      outputs: new BatchNormalization({ name: "bn" }).apply(
        new Embedding(4, 2, { maskZero: true, name: "e" }).apply(tokens),
      ),
    });
    const json = again(model) as { config: { layers: Record<string, unknown>[] } };
    const [entry, embedding, norm] = json.config.layers as [object, object, Record<string, unknown>];
    const mask = {
      module: "keras.src.ops.numpy",
      class_name: "NotEqual",
      config: { name: "m" },
      registered_name: null,
    };
    const node = (norm.inbound_nodes as { readonly args: readonly unknown[] }[])[0];
    const withMask = {
      ...json,
      config: {
        ...json.config,
        layers: [
          entry,
          embedding,
          { ...mask, name: "m", inbound_nodes: [{ args: [at("tokens"), 0], kwargs: {} }] },
          { ...norm, inbound_nodes: [{ ...node, kwargs: { mask: at("m") } }] },
        ],
      },
    };
    expect(again(modelFromJSON(withMask))).toEqual(json);
  });
});
