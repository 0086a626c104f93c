/** The base class: fields, weights, building, freezing, losses, errors, configs. */
import { type Backend, DTypeError, ShapeError, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { getBackend, randomUniform, scope, type Tensor, tensor, Variable, zeros } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import {
  type CallOptions,
  Dense,
  Dropout,
  getLayer,
  Input,
  L2,
  Layer,
  type PartialShape,
  type SymbolicTensor,
  type Tensors,
} from "../src/index.ts";

/** The chapter's naive dense layer. */
class NaiveDense extends Layer {
  readonly activation: (x: Tensor) => Tensor;
  readonly W: Variable;
  readonly b: Variable;

  constructor(inputSize: number, outputSize: number, activation: (x: Tensor) => Tensor) {
    super();
    this.activation = activation;
    this.W = new Variable(randomUniform([inputSize, outputSize], { min: 0, max: 0.1 }));
    this.b = new Variable(zeros([outputSize]));
  }

  override call(x: Tensor): Tensor {
    return this.activation(x.matmul(this.W).add(this.b));
  }
}

class Block extends Layer {
  readonly layers: readonly Layer[];
  readonly extra: { readonly scale: Variable };
  readonly #hidden: Layer = new Dense(1);

  constructor(layers: readonly Layer[]) {
    super();
    this.layers = layers;
    this.extra = { scale: new Variable(2) };
    Object.defineProperty(this, "unlisted", { value: this.#hidden, enumerable: false });
  }

  override call(x: Tensor, options: CallOptions): Tensor {
    return this.layers.reduce((h, layer) => layer.apply(h, options), x).mul(this.extra.scale);
  }
}

const anotherBackend = (): Backend => cpuBackend() as unknown as Backend;

const numbers = async (x: Tensor): Promise<number[]> => [...((await x.data()) as Float32Array)];

describe("a layer written by a user", () => {
  test("works as the chapter's naive dense layer", async () => {
    const layer = new NaiveDense(3, 2, (x) => x.relu());
    layer.W.assign([
      [1, -1],
      [2, -2],
      [3, -3],
    ]);
    expect(await numbers(layer.apply(tensor([[1, 1, 1]])))).toEqual([6, 0]);
    expect(layer.name).toBe("naive_dense");
    expect(layer.weights).toEqual([layer.W, layer.b]);
    expect(layer.namedWeights().map((weight) => weight.path)).toEqual(["W", "b"]);
    expect(layer.countParams()).toBe(8);
    expect(layer.isNamed).toBe(false);
  });

  test("tells its output shape without saying how", () => {
    const layer = new NaiveDense(3, 2, (x) => x.relu());
    expect(layer.computeOutputShape([null, 3])).toEqual([null, 2]);
    expect(layer.computeOutputShape([5, 3])).toEqual([5, 2]);
    const y: SymbolicTensor = layer.apply(Input({ shape: [3] }));
    expect(y.shape).toEqual([null, 2]);
  });

  test("may take several tensors, in a list or an object", async () => {
    class Sum extends Layer<readonly Tensor[]> {
      seen: readonly PartialShape[] = [];
      override build(inputShape: readonly PartialShape[]): void {
        this.seen = inputShape;
      }
      override call(xs: readonly Tensor[]): Tensor {
        return xs.reduce((sum, x) => sum.add(x));
      }
    }
    class Difference extends Layer<{ readonly a: Tensor; readonly b: Tensor }> {
      override call({ a, b }: { readonly a: Tensor; readonly b: Tensor }): Tensor {
        return a.sub(b);
      }
    }
    const sum = new Sum();
    expect(await numbers(sum.apply([tensor([1, 2]), tensor([3, 4])]))).toEqual([4, 6]);
    expect(sum.seen).toEqual([[2], [2]]);
    expect(await numbers(new Difference().apply({ a: tensor([1, 2]), b: tensor([3, 5]) }))).toEqual([-2, -3]);
    const held: { readonly layers: readonly Layer<Tensors, Tensors>[] } = { layers: [sum, new Difference()] };
    expect(held.layers.length).toBe(2);
  });

  test("is not built where its build raises", () => {
    class Failing extends Dense {
      override build(shape: PartialShape): void {
        if (shape.length > 2) throw new ShapeError({ op: "Failing", problem: "too deep", fix: "Flatten" });
        super.build(shape);
      }
    }
    const layer = new Failing(2);
    expect(() => layer.apply(zeros([1, 2, 3]))).toThrow("failing (Failing): Failing: too deep. Flatten.");
    expect(layer.built).toBe(false);
    expect(layer.apply(zeros([1, 3])).shape).toEqual([1, 2]);
    expect(layer.built).toBe(true);
  });
});

describe("build", () => {
  test("runs once, whoever calls it", async () => {
    const layer = new Dense(1);
    layer.build([null, 2]);
    expect(layer.built).toBe(true);
    layer.setWeights([[[1], [2]], [3]]);
    layer.build([null, 5]);
    layer.ensureBuilt([null, 5]);
    expect(await numbers(layer.apply([[1, 1]]))).toEqual([6]);
  });

  test("values that do not fit leave no tensor behind", () => {
    const layer = new Dense(1);
    layer.build([null, 2]);
    const { buffers } = getBackend().memory();
    expect(() => layer.apply([[1, 2, 3]])).toThrow(ShapeError);
    expect(getBackend().memory().buffers).toBe(buffers);
  });

  test("puts weights where the input is", async () => {
    const backend = anotherBackend();
    const layer = new Dense(1);
    const y = layer.apply(zeros([1, 2], { backend }));
    expect(y.backend).toBe(backend);
    y.dispose();
    expect(layer.weights.map((weight) => weight.backend)).toEqual([backend, backend]);
    const other = anotherBackend();
    const values = layer.getWeights();
    const before = await numbers(values[0] as Tensor);
    for (const value of values) value.dispose();
    await layer.to(other);
    expect(layer.weights.map((weight) => weight.backend)).toEqual([other, other]);
    expect(await numbers(layer.getWeights()[0] as Tensor)).toEqual(before);
    expect(layer.apply([[1, 2]]).backend).toBe(other);
    layer.dispose();
    expect(backend.memory().buffers).toBe(1);
  });
});

describe("weights", () => {
  test("are found in fields, arrays and plain objects, in order, each once; private fields are not seen", () => {
    const shared = new Dense(4);
    const block = new Block([shared, new Dense(4, { useBias: false }), shared]);
    block.apply(zeros([1, 4]));
    expect(block.namedWeights().map((weight) => weight.path)).toEqual([
      "layers.0.kernel",
      "layers.0.bias",
      "layers.1.kernel",
      "extra.scale",
    ]);
    expect(block.sublayers().map((sublayer) => sublayer.path)).toEqual(["layers.0", "layers.1"]);
  });

  test("a layer that holds itself is walked once", () => {
    const block = new Block([new Dense(1)]);
    Object.assign(block, { parent: block, list: [block] });
    Object.assign(block.layers[0] as Layer, { parent: block });
    block.apply(zeros([1, 1]));
    expect(block.weights.length).toBe(3);
    expect(block.collectLosses(() => 1).losses).toEqual([]);
  });

  test("are frozen with the layer, and with what holds it", () => {
    const inner = new Dense(2);
    const block = new Block([inner, new Dense(2)]);
    block.apply(zeros([1, 2]));
    const paths = (): string[] => block.namedWeights().flatMap((weight) => (weight.trainable ? [weight.path] : []));
    expect(paths()).toEqual(["layers.0.kernel", "layers.0.bias", "layers.1.kernel", "layers.1.bias", "extra.scale"]);
    inner.trainable = false;
    expect(paths()).toEqual(["layers.1.kernel", "layers.1.bias", "extra.scale"]);
    expect(block.nonTrainableWeights).toEqual([inner.kernel, inner.bias]);
    block.trainable = false;
    expect(block.trainableWeights).toEqual([]);
    block.trainable = true;
    (inner.kernel as Variable).trainable = true;
    expect(paths()).toEqual(["layers.1.kernel", "layers.1.bias", "extra.scale"]);
  });

  test("carry regularizer, constraint and whether they train", () => {
    class Odd extends Layer {
      readonly count: Variable;
      readonly w: Variable;
      constructor() {
        super({ dtype: "float64" });
        this.count = this.addWeight("count", [], { dtype: "int32", trainable: false });
        this.w = this.addWeight("w", [2, 2], { initializer: "ones", regularizer: "l2", constraint: "nonNeg" });
      }
      override call(x: Tensor): Tensor {
        return x;
      }
    }
    const { w, count } = new Odd();
    expect([w.dtype, count.dtype, count.trainable, w.trainable]).toEqual(["float64", "int32", false, true]);
    expect(w.regularizer).toBeInstanceOf(L2);
    expect(w.constraint).not.toBeNull();
    expect(count.value.itemSync()).toBe(0);
  });

  test("are set together or not at all", async () => {
    const layer = new Dense(2);
    expect(() => layer.setWeights([[[1]]])).toThrow(ValueError);
    expect(() => layer.setWeights([[[1]]])).toThrow(/Build the layer first/);
    layer.apply(zeros([1, 1]));
    layer.setWeights([[[1, 2]], new Float32Array([3, 4])]);
    expect(() => layer.setWeights([[[5, 6]], [7]])).toThrow(
      "Dense.setWeights: `bias` has another shape than its new value, got float32[2] and float32[1].",
    );
    const [kernel, bias] = layer.getWeights() as [Tensor, Tensor];
    expect([await numbers(kernel), await numbers(bias)]).toEqual([
      [1, 2],
      [3, 4],
    ]);
    layer.setWeights(layer.getWeights().map((weight) => weight.mul(2)));
    expect(await numbers(layer.apply([[1]]))).toEqual([8, 12]);
  });

  test("leave nothing behind once given up", () => {
    const x = tensor([[1, 2]]);
    const before = x.backend.memory().buffers;
    const layer = new Dense(3, { activation: "softmax" });
    layer.apply(x).dispose();
    scope(() => {
      layer.setWeights([
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [0, 0, 0],
      ]);
    });
    expect(x.backend.memory().buffers - before).toBe(2);
    layer.dispose();
    expect(x.backend.memory().buffers).toBe(before);
  });
});

describe("errors", () => {
  test("name the layer, by path where another holds it", () => {
    const block = new Block([new Dense(2), new Dense(3, { name: "last" })]);
    block.apply(zeros([1, 2]));
    expect(() => block.layers[1]?.apply(zeros([1, 5]))).toThrow(
      /^last \(Dense\): Dense: it was built for 2 features and got 5/,
    );
    const outer = new Block([block]);
    expect(() => outer.apply(zeros([1, 7]))).toThrow(
      /^layers\.0\.layers\.0 \(Dense\): Dense: it was built for 2 features/,
    );
    expect(() => outer.apply(zeros([1, 7]))).toThrow(ShapeError);
  });

  test("of JavaScript are left alone", () => {
    class Broken extends Layer {
      override call(): Tensor {
        throw new TypeError("x is not a function");
      }
    }
    expect(() => new Broken().apply([1])).toThrow(/^x is not a function$/);
  });
});

describe("losses of a step", () => {
  test("are collected from all layers, those built meanwhile too", async () => {
    class Late extends Layer {
      inner: Layer | null = null;
      override build(): void {
        this.inner = new Dense(2, { kernelInitializer: "ones", activityRegularizer: new L2(1) });
      }
      override call(x: Tensor, options: CallOptions): Tensor {
        this.addLoss(x.sum());
        return (this.inner as Layer).apply(x, options);
      }
    }
    const block = new Block([new Late()]);
    const { result, losses } = block.collectLosses(() => block.apply([[1, 2]]));
    expect(await numbers(result)).toEqual([6, 6]);
    expect(await Promise.all(losses.map((loss) => loss.item()))).toEqual([3, 18]);
    block.apply([[1, 2]]);
    expect(losses.length).toBe(2);
  });

  test("outlive scopes that end within the step", async () => {
    class Scoped extends Layer {
      override call(x: Tensor): Tensor {
        return scope(() => {
          this.addLoss(x.sum());
          return x.mul(2);
        });
      }
    }
    const layer = new Scoped();
    const { losses } = scope(() => layer.collectLosses(() => layer.apply([1, 2])));
    expect(await losses[0]?.item()).toBe(3);
  });

  test("end with the step where it raises", () => {
    const layer = new Dense(1, { activityRegularizer: "l1" });
    expect(() =>
      layer.collectLosses(() => {
        throw new Error("stop");
      }),
    ).toThrow("stop");
    expect(layer.collectLosses(() => 1)).toEqual({ result: 1, losses: [] });
  });
});

describe("configs", () => {
  test("make equal layers through JSON", () => {
    const layers = [
      new Dense(3, {
        activation: "gelu",
        useBias: false,
        kernelInitializer: "orthogonal",
        kernelRegularizer: new L2(0.5),
        biasConstraint: "maxNorm",
        activityRegularizer: "l1",
        name: "d",
        trainable: false,
      }),
      new Dropout(0.25, { noiseShape: [null, 1], seed: 3 }),
      ...["Flatten", "Identity"].map((className) => getLayer({ className, config: {} })),
      getLayer({ className: "Reshape", config: { targetShape: [2, -1] } }),
      getLayer({ className: "Rescaling", config: { scale: 2, offset: [1, 2] } }),
      getLayer({ className: "Activation", config: { activation: "softmax" } }),
      getLayer({ className: "InputLayer", config: { shape: [2, null], batchSize: 3, dtype: "uint8" } }),
    ];
    for (const layer of layers) {
      const config = JSON.parse(JSON.stringify(layer.getConfig()));
      const again = getLayer({ className: layer.className, config });
      expect(again).toBeInstanceOf(layer.constructor);
      expect(again.getConfig()).toEqual(layer.getConfig());
    }
  });

  test("find the user's own classes and functions, and no others", () => {
    class Doubling extends Layer {
      override call(x: Tensor): Tensor {
        return x.mul(2);
      }
    }
    const double = (x: Tensor): Tensor => x.mul(2);
    expect(getLayer({ className: "Doubling", config: { name: "twice" } }, { customObjects: { Doubling } }).name).toBe(
      "twice",
    );
    const dense = new Dense(1, { activation: double });
    expect(dense.getConfig().activation).toBe("double");
    expect(
      (getLayer({ className: "Dense", config: dense.getConfig() }, { customObjects: { double } }) as Dense).activation,
    ).toBe(double);
    expect(() => getLayer({ className: "Dens", config: {} })).toThrow(
      /Did you mean "Dense"\? Known names: Activation, .*Add, .*Dense, /,
    );
    expect(() => getLayer({ className: "constructor", config: {} })).toThrow(ValueError);
    expect(() => getLayer({ className: "Dense", config: dense.getConfig() })).toThrow(/unknown activation "double"/);
  });

  test("with damaged values are refused with a name, nothing else", () => {
    const damaged: readonly (readonly [string, Record<string, unknown>])[] = [
      ["Dense", {}],
      ["Dense", { units: "3" }],
      ["Dense", { units: 1, name: 5 }],
      ["Dense", { units: 1, name: "" }],
      ["Dense", { units: 1, activation: 7 }],
      ["Dense", { units: 1, activation: "__proto__" }],
      ["Dense", { units: 1, kernelInitializer: 1 }],
      ["Dense", { units: 1, kernelInitializer: { className: "toString", config: {} } }],
      ["Dense", { units: 1, kernelRegularizer: {} }],
      ["Dense", { units: 1, biasConstraint: { className: "MaxNorm" } }],
      ["Dropout", { rate: null }],
      ["Reshape", {}],
      ["Reshape", { targetShape: [-1, -1] }],
      ["Activation", { activation: {} }],
      ["InputLayer", { shape: ["a"] }],
      ["InputLayer", {}],
    ];
    for (const [className, config] of damaged)
      expect(() => getLayer({ className, config }), JSON.stringify([className, config])).toThrow(ValueError);
    expect(() => getLayer({ className: "Flatten", config: { dtype: "float33" } })).toThrow(DTypeError);
  });
});
