/** Functional models: graphs of layers, their names and order, shared layers, nested models, and graphs that are none. */
import { ShapeError, ValueError } from "@crease/backend";
import {
  Add,
  BatchNormalization,
  Concatenate,
  Dense,
  Dot,
  Flatten,
  Input,
  L1,
  L2,
  Layer,
  type SymbolicTensor,
} from "@crease/layers";
import { Model, Sequential } from "@crease/models";
import { scope, type Tensor, tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";

const ones = { kernelInitializer: "ones" } as const;

/** Two inputs, a shared layer, two nested models; two outputs of one of them. */
function wide() {
  const a = Input({ shape: [3], name: "a" });
  const b = Input({ shape: [4] });
  const shared = new Dense(5, { activation: "relu" });
  const x = shared.apply(a);
  const sum = new Add().apply([x, new Dense(5).apply(b)]);
  const joined = new Concatenate().apply([sum, x, b]);
  const row = new Sequential([new Dense(2, { name: "q" })], { name: "row" }).apply(joined);
  const start = Input({ shape: [5] });
  const fork = new Model({
    inputs: start,
    outputs: [new Dense(1).apply(start), new Dense(2).apply(start)],
    name: "fork",
  });
  const [one, two] = fork.apply(sum) as readonly [SymbolicTensor, SymbolicTensor];
  return { a, b, x, shared, sum, row, one, two, fork };
}

describe("a functional model", () => {
  test("has Keras's order, names and shapes", () => {
    const { a, b, row, one, two } = wide();
    const model = new Model({ inputs: { a, b }, outputs: { row, one, two } });
    const names = ["a", "input_layer", "dense", "dense_1", "add", "concatenate", "fork", "row"];
    expect(model.layers.map(({ name }) => name)).toEqual(names);
    expect([model.name, model.className, model.built]).toEqual(["functional", "Functional", true]);
    expect(model.inputs.map(String)).toEqual(["SymbolicTensor float32[?,3]", "SymbolicTensor float32[?,4]"]);
    expect(model.outputs.map(({ shape }) => shape)).toEqual([
      [null, 2],
      [null, 1],
      [null, 2],
    ]);
    expect(model.namedWeights().map(({ path }) => path)).toEqual(
      ["2", "3", "6.layers.1", "6.layers.2", "7.layers.0"].flatMap((at) =>
        ["kernel", "bias"].map((weight) => `layers.${at}.${weight}`),
      ),
    );
    expect(model.computeOutputShape({ a: [7, 3], b: [7, 4] })).toEqual({ row: [7, 2], one: [7, 1], two: [7, 2] });
    expect(model.getLayer("dense_1").input).toBe(b);
    expect(() => model.getLayer("dens")).toThrow(/Functional\.getLayer.*"dens".*dense, dense_1/);
  });

  test("computes what its layers do, in whatever arrangement its inputs come", async () => {
    const [left, right] = [Input({ shape: [2], name: "left" }), Input({ shape: [2], name: "right" })];
    const layer = new Dense(1, ones);
    const outputs = new Concatenate().apply([layer.apply(left), layer.apply(new Add().apply([left, right]))]);
    const [one, two] = [tensor([[1, 2]]), tensor([[10, 20]])];
    const listed = new Model({ inputs: [left, right], outputs });
    const named = new Model({ inputs: { l: left, r: right }, outputs: { y: outputs } });
    const y: Tensor = listed.apply([one, two]);
    const fromArrays: Tensor = listed.apply([[[1, 2]], [[10, 20]]]);
    expect(await fromArrays.array()).toEqual([[3, 33]]);
    expect(await y.array()).toEqual([[3, 33]]);
    expect(await (listed.apply({ right: two, left: one } as never) as unknown as Tensor).array()).toEqual([[3, 33]]);
    expect(await named.apply({ r: two, l: one }).y.array()).toEqual([[3, 33]]);
    expect(listed.countParams()).toBe(3);
  });

  test("gives an input a last axis of size 1, or takes one away, and casts it, as Keras does", async () => {
    const x = Input({ shape: [1] });
    const flat = Input({ shape: [] });
    const model = new Model({ inputs: [x, flat], outputs: [new Dense(1, ones).apply(x), flat] });
    const [y, same] = model.apply([tensor([3, 4], { dtype: "int32" }), tensor([[5], [6]])]) as [Tensor, Tensor];
    expect([y.dtype, await y.array()]).toEqual(["float32", [[3], [4]]]);
    expect(await same.array()).toEqual([5, 6]);
  });

  test("leaves nothing behind", () => {
    const { a, b, row, one } = wide();
    const model = new Model({ inputs: [a, b], outputs: [row, one] });
    const [x, y] = [tensor([[1, 2, 3]]), tensor([[1, 2, 3, 4]])];
    const before = x.backend.memory();
    scope(() => {
      model.apply([x, y], { training: true });
    });
    expect(x.backend.memory()).toEqual(before);
  });

  test("can begin and end in the middle of another, with the same layers", async () => {
    const { a, sum, x, one } = wide();
    const middle = new Model({ inputs: sum, outputs: one });
    expect(middle.layers.map(({ name }) => name)).toEqual(["add_input", "fork"]);
    expect((middle.apply([[1, 2, 3, 4, 5]]) as Tensor).shape).toEqual([1, 1]);
    const feature = new Model({ inputs: a, outputs: x });
    expect(feature.layers[1]).toBe((x as SymbolicTensor).node.layer);
  });

  test("is a layer in another, twice if need be", async () => {
    const start = Input({ shape: [2] });
    const inner = new Model({ inputs: start, outputs: new Dense(2, ones).apply(start) });
    const x = Input({ shape: [2] });
    const outer = new Model({ inputs: x, outputs: inner.apply(inner.apply(x)) });
    expect(outer.layers.map(({ name }) => name)).toEqual(["input_layer", "functional"]);
    expect(await outer.apply([[1, 2]]).array()).toEqual([[6, 6]]);
    expect(outer.countParams()).toBe(6);
  });

  test("is the base of a class that takes inputs and outputs", async () => {
    class Doubled extends Model {
      override call(x: Tensor, options: { readonly training: boolean }): Tensor {
        return super.call(x, options).mul(2);
      }
    }
    const x = Input({ shape: [2] });
    const model = new Doubled({ inputs: x, outputs: new Dense(1, ones).apply(x), name: "twice" });
    expect(await model.apply([[1, 2]]).array()).toEqual([[6]]);
    expect([model.name, model.className, model.weights.length]).toEqual(["twice", "Doubled", 2]);
  });

  test("trains with what its layers add to the loss, and leaves what is frozen alone", async () => {
    const x = Input({ shape: [2] });
    const start = Input({ shape: [2] });
    const inner = new Model({ inputs: start, outputs: new BatchNormalization({ momentum: 0 }).apply(start) });
    inner.trainable = false;
    const penalty = { activityRegularizer: new L1(0.5), kernelRegularizer: new L2(0.25) };
    const outputs = new Dense(1, { ...ones, ...penalty }).apply(inner.apply(x));
    const model = new Model({ inputs: x, outputs });
    model.compile({ optimizer: { className: "sgd", config: { learningRate: 1e-9 } }, loss: "mse" });
    const { history } = await model.fit([[3, 4]], [[6]], { verbose: 0 });
    // BatchNormalization divides by sqrt(1 + 0.001), so 7 stays almost 7.
    const y = 7 / Math.sqrt(1.001);
    expect(history.loss?.[0]).toBeCloseTo((y - 6) ** 2 + 0.5 * y + 0.25 * 2, 4);
    expect(await inner.layers[1]?.weights[2]?.value.array()).toEqual([0, 0]);
    expect([model.trainableWeights.length, model.nonTrainableWeights.length]).toEqual([2, 4]);
  });

  test("layers keep their names in a second model, and equal ones are numbered anew", () => {
    const [x, y] = [Input({ shape: [2] }), Input({ shape: [2] })];
    const [first, second] = [new Dense(1), new Dense(1)];
    const chain = new Model({
      inputs: x,
      outputs: second.apply(first.apply(x).node.outputs[0] as SymbolicTensor) as never,
    });
    expect(chain.layers.map(({ name }) => name)).toEqual(["input_layer", "dense", "dense_1"]);
    const tail = new Model({ inputs: y, outputs: new Dense(1).apply(second.apply(new Dense(1).apply(y))) });
    expect(tail.layers.map(({ name }) => name)).toEqual(["input_layer", "dense", "dense_1", "dense_2"]);
    expect(second.name).toBe("dense_1");
  });

  test("shows where each layer's inputs come from, unless they stand in a row", () => {
    const { a, b, x, row, one } = wide();
    const lines = new Model({ inputs: [a, b], outputs: [row, one] }).summary().split("\n");
    expect(lines.slice(2, 12).map((line) => line.replaceAll(/ +/g, " "))).toEqual([
      "│ Layer (type) │ Output Shape │ Param # │ Connected to │",
      expect.stringMatching(/^├/),
      "│ a (InputLayer) │ [?,3] │ 0 │ - │",
      "│ input_layer (InputLayer) │ [?,4] │ 0 │ - │",
      "│ dense (Dense) │ [?,5] │ 20 │ a[0][0] │",
      "│ dense_1 (Dense) │ [?,5] │ 25 │ input_layer[0][0] │",
      "│ add (Add) │ [?,5] │ 0 │ dense[0][0], dense_1[0][0] │",
      "│ concatenate (Concatenate) │ [?,14] │ 0 │ add[0][0], dense[0][0], input_layer[0][0] │",
      "│ row (Sequential) │ [?,2] │ 30 │ concatenate[0][0] │",
      "│ fork (Functional) │ [[?,1], [?,2]] │ 18 │ add[0][0] │",
    ]);
    expect(new Model({ inputs: a, outputs: x }).summary()).not.toContain("Connected");
  });
});

describe("symbolic tensors of layers", () => {
  test("layer.input and layer.output are those of its only call", () => {
    const model = new Sequential([Input({ shape: [2, 3] }), new Flatten(), new Dense(4)]);
    expect(model.layers.map((layer) => String(layer.output))).toEqual([
      "SymbolicTensor float32[?,6]",
      "SymbolicTensor float32[?,4]",
    ]);
    const features = new Model({
      inputs: model.inputs[0] as SymbolicTensor,
      outputs: (model.layers[0] as Layer).output,
    });
    expect(
      (
        features.apply([
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
        ]) as Tensor
      ).shape,
    ).toEqual([1, 6]);
    const dense = new Dense(1);
    expect(() => dense.output).toThrow(/dense\.output: the layer was applied to symbolic tensors 0 times/);
    dense.apply(Input({ shape: [2] }));
    dense.apply(Input({ shape: [2] }));
    expect(() => dense.input).toThrow(ValueError);
  });

  test("any layer takes lists and objects of them", () => {
    class Both extends Layer<{ readonly x: Tensor; readonly y: Tensor }, readonly Tensor[]> {
      override call({ x, y }: { readonly x: Tensor; readonly y: Tensor }): readonly Tensor[] {
        return [x.add(y), x.sub(y)];
      }
    }
    const [x, y] = [Input({ shape: [2] }), Input({ shape: [2], dtype: "int32" })];
    const outputs: readonly SymbolicTensor[] = new Both().apply({ x, y });
    expect(outputs.map(String)).toEqual(["SymbolicTensor float32[?,2]", "SymbolicTensor float32[?,2]"]);
    expect(String(new Dot(1).apply([x, y]))).toBe("SymbolicTensor float32[?,1]");
  });
});

describe("what is no graph", () => {
  const [a, b] = [Input({ shape: [3], name: "a" }), Input({ shape: [3], name: "b" })];
  const sum = new Add().apply([a, b]);
  const model = new Model({ inputs: [a, b], outputs: sum });
  const [x, y] = [tensor([[1, 2, 3]]), tensor([[1, 2]])];

  test.each<[string, () => unknown, RegExp]>([
    ["an output that needs another input", () => new Model({ inputs: a, outputs: sum }), /disconnected.*"b"/],
    [
      "an input that is not used",
      () => new Model({ inputs: [a, b], outputs: new Dense(1).apply(a) }),
      /"b" reaches no/,
    ],
    ["an input given twice", () => new Model({ inputs: [a, a], outputs: new Dense(1).apply(a) }), /given twice/],
    ["no inputs", () => new Model({ inputs: [], outputs: sum } as never), /no inputs/],
    ["no outputs", () => new Model({ inputs: a } as never), /among the outputs .* no symbolic tensor/],
    [
      "a tensor for an input",
      () => new Model({ inputs: x, outputs: sum } as never),
      /among the inputs .* no symbolic tensor/,
    ],
    [
      "two layers of one name",
      () => new Model({ inputs: a, outputs: new Dense(1, { name: "a" }).apply(a) }),
      /two layers are named "a"/,
    ],
    ["nothing to compute", () => new Model({}), /nothing to compute/],
    ["symbolic and other tensors together", () => new Add().apply([a, x] as never), /some inputs are symbolic/],
    ["too few inputs", () => model.apply([x] as never), /2 inputs \(a, b\) wanted, got a list of 1/],
    ["one in place of two", () => model.apply(x as never), /2 inputs \(a, b\) wanted, got one/],
    ["a name that is missing", () => model.apply({ a: x, c: x } as never), /no "b" among a, c/],
  ])("%s", (_, attempt, message) => {
    expect(attempt).toThrow(ValueError);
    expect(attempt).toThrow(message);
  });

  test.each<[string, () => unknown, RegExp]>([
    [
      "a list for a layer of one tensor",
      () => new Dense(1).apply([x, x] as never),
      /dense \(Dense\): .*got a list of 2/,
    ],
    ["an object for one", () => new Flatten().apply({ q: x } as never), /flatten \(Flatten\): .*got an object of q/],
    ["a symbolic list for one", () => new Flatten().apply([a, b] as never), /takes one tensor.*Concatenate/],
    ["one tensor for a layer of several", () => new Add().apply(a as never), /add \(Add\): .*takes a list/],
    [
      "an object for a Sequential",
      () => new Sequential([new Dense(1)]).apply({ q: x } as never),
      /sequential \(Sequential\): .*an object of q.*new Model/,
    ],
    ["nothing", () => new Dense(1).apply(undefined as never), /dense \(Dense\)|undefined is no/],
  ])("%s: refused", (_, attempt, message) => {
    expect(attempt).toThrow(message);
  });

  test("a shape that does not fit names the layer by its path, however deep it lies", () => {
    const row = (): Sequential => new Sequential([Input({ shape: [3] }), new Dense(5), new Dense(2)]);
    const x = Input({ shape: [4] });
    expect(() => row().apply(x)).toThrow(/^layers\.0 \(Dense\): .*built for 3 features and got 4/);
    expect(() => new Sequential([row()]).apply(x)).toThrow(/^layers\.0\.layers\.0 \(Dense\): /);
  });

  test("a shape that does not fit names the layer or the input", () => {
    expect(() => model.apply([x, y])).toThrow(ShapeError);
    expect(() => model.apply([x, y])).toThrow(
      /functional \(Functional\): .*input "b" wants shape \[\?,3\], got \[1,2\]/,
    );
    expect(() => new Add().apply([a, Input({ shape: [4] })])).toThrow(/add \(Add\): .*3 vs 4/);
    class Half extends Layer {
      override call(h: Tensor): Tensor {
        return h.reshape([-1, 2]);
      }
      override computeOutputShape() {
        return [null, 4];
      }
    }
    const wrong = new Model({ inputs: a, outputs: new Dense(1).apply(new Half().apply(a)) });
    expect(() =>
      wrong.apply([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ).toThrow(/layers\.2 \(Dense\): .*built for 4 features and got 2/);
  });
});
