/** Models as layers: structure, names, summary, losses that layers add, frozen layers, other backends. */
import { ShapeError, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { Dense, Flatten, Input, InputLayer, L1, L2, Layer } from "@crease/layers";
import { Mean, MeanAbsoluteError } from "@crease/metrics";
import { type CompileOptions, Model, Sequential } from "@crease/models";
import { getOptimizer } from "@crease/optimizers";
import { scope, type Tensor, tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";

const quiet = { verbose: 0 } as const;
const ones = { kernelInitializer: "ones" } as const;

describe("Sequential", () => {
  test("is built by its Input, an InputLayer, or the first batch", () => {
    expect(new Sequential([Input({ shape: [3] }), new Dense(2)]).countParams()).toBe(8);
    expect(new Sequential([new InputLayer({ shape: [3] }), new Dense(2)]).countParams()).toBe(8);
    const model = new Sequential([new Dense(2)]);
    expect([model.built, model.countParams()]).toEqual([false, 0]);
    model.apply([[1, 2, 3]]);
    expect([model.built, model.countParams()]).toEqual([true, 8]);
  });

  test("applies its layers in order", async () => {
    const model = new Sequential([new Flatten(), new Dense(1, ones), new Dense(2, ones)]);
    expect(
      await model
        .apply([
          [
            [1, 2],
            [3, 4],
          ],
        ])
        .array(),
    ).toEqual([[10, 10]]);
    expect(model.computeOutputShape([null, 2, 2])).toEqual([null, 2]);
    expect(String(model.apply(Input({ shape: [2, 2] })))).toBe("SymbolicTensor float32[?,2]");
  });

  test("numbers equal names, leaves given ones, and finds layers", () => {
    const given = new Dense(1, { name: "dense_1" });
    const model = new Sequential([new Dense(1), given, new Dense(1), new Flatten(), new Dense(1)]);
    expect(model.layers.map(({ name }) => name)).toEqual(["dense", "dense_1", "dense_2", "flatten", "dense_3"]);
    expect(model.getLayer("dense_1")).toBe(given);
    expect(model.getLayer(1)).toBe(given);
    expect(model.getLayer(-1)).toBe(model.layers[4]);
    expect(() => model.getLayer("dens")).toThrow(/"dens".*dense, dense_1/);
    expect(() => model.getLayer(5)).toThrow(ValueError);
  });

  test.each([true, false])("add and pop change a built model (with Input: %s)", async (hasInput) => {
    const model = new Sequential([...(hasInput ? [Input({ shape: [2] })] : []), new Dense(3, ones)]);
    model.apply([[1, 1]]);
    model.add(new Dense(1, ones));
    expect(model.layers.map(({ name, built }) => [name, built])).toEqual([
      ["dense", true],
      ["dense_1", true],
    ]);
    expect(await model.apply([[1, 1]]).array()).toEqual([[6]]);
    expect(model.pop()).toBeInstanceOf(Dense);
    expect(await model.apply([[1, 1]]).array()).toEqual([[2, 2, 2]]);
    expect(model.countParams()).toBe(9);
  });

  test("refuses what is no layer, an Input behind others, and a pop of nothing", () => {
    expect(() => new Sequential(["dense" as never])).toThrow(/Sequential\.add: "dense" is no layer/);
    expect(() => new Sequential([new Dense(1), Input({ shape: [1] })])).toThrow(ValueError);
    expect(() => new Sequential([Input({ shape: [1] }), Input({ shape: [1] })])).toThrow(/Input/);
    expect(() => new Sequential().pop()).toThrow(/Sequential\.pop/);
  });

  test("a layer that does not fit is not added", () => {
    class Picky extends Layer {
      override call(x: Tensor): Tensor {
        return x;
      }
      override build(): void {
        throw new ShapeError({ op: "Picky", problem: "no", fix: "Leave it" });
      }
    }
    const model = new Sequential([Input({ shape: [2] }), new Dense(3)]);
    expect(() => model.add(new Picky())).toThrow(/Picky/);
    expect(model.layers.length).toBe(1);
    model.add(new Dense(1));
    expect(model.countParams()).toBe(9 + 4);
  });

  test("in a Sequential: paths, names, training", async () => {
    const inner = new Sequential([new Dense(2), new Dense(2)], { name: "inner" });
    const model = new Sequential([Input({ shape: [1] }), inner, new Dense(1)]);
    expect(model.namedWeights().map(({ path }) => path)).toEqual([
      "layers.0.layers.0.kernel",
      "layers.0.layers.0.bias",
      "layers.0.layers.1.kernel",
      "layers.0.layers.1.bias",
      "layers.1.kernel",
      "layers.1.bias",
    ]);
    model.compile({ optimizer: "adam", loss: "mse" });
    const before = String(inner.weights[0]?.value);
    await model.fit([[1], [2]], [[1], [2]], quiet);
    expect(String(inner.weights[0]?.value)).not.toBe(before);
    inner.trainable = false;
    expect([model.trainableWeights.length, model.nonTrainableWeights.length]).toEqual([2, 4]);
  });

  test("its configuration makes an equal model, also a nested one", () => {
    const inner = new Sequential([new Dense(3)], { trainable: false });
    const model = new Sequential([inner, new Dense(2, { activation: "relu" }), new Flatten()], { name: "net" });
    const config = JSON.parse(JSON.stringify(model.getConfig()));
    const copy = Sequential.fromConfig(config);
    expect(copy.getConfig()).toEqual(model.getConfig());
    expect(copy.layers.map(({ className, name }) => [className, name])).toEqual([
      ["Sequential", "sequential"],
      ["Dense", "dense"],
      ["Flatten", "flatten"],
    ]);
    expect([copy.name, copy.layers[0]?.trainable]).toEqual(["net", false]);
    expect(() => Sequential.fromConfig({ name: "net" })).toThrow(/no list of layers/);
    const unknown = { layers: [{ className: "Dens", config: {} }] };
    expect(() => Sequential.fromConfig(unknown)).toThrow(/unknown layer "Dens".*Dense/);
  });

  test("a subclass has its own class name", () => {
    class Net extends Sequential {}
    const net = new Net();
    expect([net.className, net.name, new Sequential().className]).toEqual(["Net", "net", "Sequential"]);
  });
});

describe("summary", () => {
  test("of the chapter's network", () => {
    const model = new Sequential([
      Input({ shape: [784] }),
      new Dense(512, { activation: "relu" }),
      new Dense(10, { activation: "softmax" }),
    ]);
    expect(model.summary()).toBe(
      [
        'Model: "sequential"',
        "┌─────────────────┬──────────────┬─────────┐",
        "│ Layer (type)    │ Output Shape │ Param # │",
        "├─────────────────┼──────────────┼─────────┤",
        "│ dense (Dense)   │ [?,512]      │ 401,920 │",
        "│ dense_1 (Dense) │ [?,10]       │   5,130 │",
        "└─────────────────┴──────────────┴─────────┘",
        " Total params: 407,050 (1.55 MB)",
        " Trainable params: 407,050 (1.55 MB)",
        " Non-trainable params: 0 (0 B)",
      ].join("\n"),
    );
  });

  test("of a model that is not built, frozen in part, nested", () => {
    const model = new Sequential([new Dense(2)], { name: "mine" });
    expect(model.summary()).toContain("│ dense (Dense) │ ?            │ 0 (unbuilt) │");
    const inner = new Sequential([new Dense(4), new Dense(3)]);
    inner.trainable = false;
    const outer = new Sequential([Input({ shape: [2] }), inner, new Dense(1, { dtype: "float64" })]);
    expect(outer.summary().split("\n").slice(4)).toEqual([
      "│ sequential (Sequential) │ [?,3]        │      27 │",
      "│ dense (Dense)           │ [?,1]        │       4 │",
      "└─────────────────────────┴──────────────┴─────────┘",
      " Total params: 31 (140 B)",
      " Trainable params: 4 (32 B)",
      " Non-trainable params: 27 (108 B)",
    ]);
  });
});

/** Scales its input and asks for a small scale. */
class Scale extends Layer {
  readonly w = this.addWeight("w", [], { initializer: "ones" });
  override call(x: Tensor): Tensor {
    this.addLoss(scope(() => this.w.value.square().mul(10)));
    return x.mul(this.w);
  }
}

describe("losses that layers add", () => {
  const sgd = { className: "sgd", config: { learningRate: 0.1 } };
  const lossesOf = async (model: Model): Promise<number[]> => {
    const { history } = await model.fit([[1]], [[1]], quiet);
    return [history.loss?.[0] as number, (await model.evaluate([[1]], [[1]], quiet)).loss as number];
  };

  test("addLoss counts in training and evaluation, with a gradient", async () => {
    const model = new Sequential([new Scale()]);
    model.compile({ optimizer: sgd, loss: "mse" });
    // loss (w - 1)^2 + 10 w^2 at w = 1, gradient 20; then at w = -1
    const [trained, judged] = await lossesOf(model);
    expect(trained).toBeCloseTo(10, 5);
    expect(await model.weights[0]?.value.item()).toBeCloseTo(-1, 5);
    expect(judged).toBeCloseTo(14, 5);
  });

  test("addLoss alone is enough, without targets", async () => {
    const model = new Sequential([new Scale()]);
    model.compile({ optimizer: { className: "sgd", config: { learningRate: 0.01 } } });
    const { history } = await model.fit([[1], [2]], null, { epochs: 3, batchSize: 2, ...quiet });
    expect(history.loss?.map((loss) => Number(loss.toFixed(4)))).toEqual([10, 6.4, 4.096]);
  });

  test("no loss at all is an error", async () => {
    const model = new Sequential([new Dense(1)]);
    model.compile({});
    await expect(model.fit([[1]], null, quiet)).rejects.toThrow(/no loss to minimise.*addLoss/);
  });

  test("activityRegularizer is a loss on outputs", async () => {
    const model = new Sequential([new Dense(2, { ...ones, activityRegularizer: new L1(0.5) })]);
    model.compile({ optimizer: sgd, loss: "mse" });
    const { history } = await model.fit([[3]], [[3, 3]], quiet);
    expect(history.loss?.[0]).toBeCloseTo(0.5 * 6, 5);
  });

  test("regularizers count for trainable weights only, in evaluation too", async () => {
    const lossWith = async (trainable: boolean): Promise<number> => {
      const model = new Sequential([
        new Dense(2, { ...ones, trainable, kernelRegularizer: new L2(0.5) }),
        new Dense(1, ones),
      ]);
      model.compile({ optimizer: sgd, loss: "mse" });
      return (await model.evaluate([[1]], [[2]], quiet)).loss as number;
    };
    expect(await lossWith(true)).toBeCloseTo(0.5 * 2, 5);
    expect(await lossWith(false)).toBeCloseTo(0, 5);
  });

  test("frozen layers do not train, the others do", async () => {
    const [frozen, free] = [new Dense(1, { ...ones, trainable: false }), new Dense(1, ones)];
    const model = new Sequential([frozen, free]);
    model.compile({ optimizer: sgd, loss: "mse" });
    await model.fit([[1]], [[3]], quiet);
    expect(await frozen.weights[0]?.value.item()).toBe(1);
    expect(await free.weights[0]?.value.item()).not.toBe(1);
  });

  test("a model with nothing to train can be fitted all the same", async () => {
    const model = new Sequential([new Dense(1, { ...ones, trainable: false })]);
    model.compile({ optimizer: sgd, loss: "mse" });
    const { history } = await model.fit([[1]], [[3]], { epochs: 2, ...quiet });
    expect(history.loss).toEqual([4, 4]);
  });
});

describe("subclassed models", () => {
  class TwoBranches extends Model {
    readonly branches = [new Dense(2), new Dense(2)];
    readonly head = { output: new Dense(1) };
    override call(x: Tensor): Tensor {
      const [left, right] = this.branches as [Dense, Dense];
      return this.head.output.apply(left.apply(x).add(right.apply(x)));
    }
  }
  test("name their layers when built", () => {
    const model = new TwoBranches();
    model.apply([[1]]);
    expect(model.sublayers().map(({ path, layer }) => [path, layer.name])).toEqual([
      ["branches.0", "dense"],
      ["branches.1", "dense_1"],
      ["head.output", "dense_2"],
    ]);
    expect(model.name).toBe("two_branches");
    expect(model.summary()).toContain("│ dense_2 (Dense) │ [?,1]");
  });

  test("train all of their weights", async () => {
    const model = new TwoBranches();
    model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"] });
    const x = [[1], [2], [3], [4]];
    const { history } = await model.fit(x, x, { epochs: 30, batchSize: 2, ...quiet });
    expect(history.loss?.at(-1)).toBeLessThan(history.loss?.[0] as number);
    expect(model.weights.length).toBe(6);
  });

  test("an error names the layer by its path", async () => {
    const model = new TwoBranches();
    model.compile({ loss: "mse" });
    await model.fit([[1]], [[1]], quiet);
    await expect(model.fit([[1, 2]], [[1]], quiet)).rejects.toThrow(/branches\.0 \(Dense\): .*1 features and got 2/);
  });
});

describe("compile", () => {
  const compiled = (options: CompileOptions): Sequential => {
    const model = new Sequential([new Dense(1, ones)]);
    model.compile({ loss: "mse", ...options });
    return model;
  };

  test("sample weights count in the loss and in weighted metrics, not in the others", async () => {
    const model = compiled({ metrics: ["mae"], weightedMetrics: ["mae", "mse"] });
    const numbers = await model.evaluate([[1], [1]], [[1], [3]], { sampleWeight: [3, 1], ...quiet });
    expect(numbers).toEqual({ loss: 2, mae: 1, weightedMae: 0.5, mse: 1 });
  });

  test("metrics of one name are told apart, functions and objects are metrics too", async () => {
    const apart = (yTrue: Tensor, yPred: Tensor): Tensor => yTrue.sub(yPred).abs();
    const model = compiled({ metrics: ["mae", "mae", apart, new Mean({ name: "loss" }) as never] });
    const numbers = await model.evaluate([[1]], [[3]], quiet);
    expect(Object.keys(numbers)).toEqual(["loss", "mae", "mae1", "apart", "loss1"]);
    expect([numbers.mae1, numbers.apart]).toEqual([2, 2]);
  });

  test("an optimizer and metrics that the user made outlive the model and its next compile", async () => {
    const [optimizer, metric] = [getOptimizer("adam"), new MeanAbsoluteError()];
    const model = compiled({ optimizer, metrics: [metric] });
    await model.fit([[1]], [[3]], quiet);
    model.compile({ optimizer, loss: "mse" });
    expect(await metric.result().item()).toBe(2);
    await model.fit([[1]], [[3]], quiet);
    expect(optimizer.iterations).toBe(2);
  });

  test("scaled losses train as unscaled ones do", async () => {
    const weights = [null, 1024].map(async (lossScaleFactor) => {
      const model = compiled({ optimizer: { className: "sgd", config: { learningRate: 0.1, lossScaleFactor } } });
      const { history } = await model.fit([[1]], [[3]], quiet);
      return [history.loss, await model.weights[0]?.value.item()];
    });
    expect(await weights[1]).toEqual(await weights[0]);
  });
});

describe("another backend", () => {
  const compiled = async (): Promise<Sequential> => {
    const model = new Sequential([Input({ shape: [1] }), new Dense(1, ones)]);
    model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"] });
    await model.trainOnBatch([[1]], [[0]]);
    return model;
  };

  test("weights, slots and metrics go there, and training goes on as it would have", async () => {
    const [moved, stayed] = [await compiled(), await compiled()];
    const other = cpuBackend();
    const start = moved.backend;
    await moved.to(other as never);
    const places = [
      ...moved.weights,
      ...moved.weights.flatMap((weight) => Object.values(moved.optimizer.slots(weight))),
      ...moved.compiled.metrics.flatMap((metric) => metric.variables),
    ].map(({ backend }) => backend);
    expect(places.length).toBe(2 + 4 + 4);
    for (const place of places) expect(place).toBe(other);
    const numbers = await moved.trainOnBatch(tensor([[2]]), [[0]]);
    expect(numbers).toEqual(await stayed.trainOnBatch(tensor([[2]]), [[0]]));
    await moved.to(start);
    expect(await moved.trainOnBatch([[3]], [[0]])).toEqual(await stayed.trainOnBatch([[3]], [[0]]));
    expect(String(moved.weights[0]?.value)).toBe(String(stayed.weights[0]?.value));
  });

  test("a layer added to a moved model is built there", async () => {
    const model = new Sequential([Input({ shape: [1] }), new Dense(1)]);
    const other = cpuBackend();
    await model.to(other as never);
    model.add(new Dense(2));
    for (const { backend } of model.weights) expect(backend).toBe(other);
    expect((await model.predict([[1]])).shape).toEqual([1, 2]);
  });

  test("a batch moves only if all of it can", async () => {
    const model = await compiled();
    const full = cpuBackend();
    const other = new Proxy(full, {
      get(target, key) {
        if (key === "traits") return { ...target.traits, dtypes: ["float32"] };
        const value = Reflect.get(target, key) as unknown;
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    await model.to(other as never);
    const [x, y] = [tensor([[1], [2]]), tensor([[1], [2]], { dtype: "int32" })];
    const before = [x.backend.memory(), full.memory()];
    const options = { batchSize: 1, ...quiet };
    await expect(model.fit(x, y, options)).rejects.toThrow(/does not store int32/);
    await expect(model.evaluate(x, y, options)).rejects.toThrow(/does not store int32/);
    expect([x.backend.memory(), full.memory()]).toEqual(before);
  });
});
