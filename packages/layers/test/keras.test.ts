/** Parts that the reference files have no cases of against Keras 3.15.1, whose results stand beside the calls. */
import { ShapeError, ValueError } from "@crease/backend";
import { type Tensor, tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import {
  ActivityRegularization,
  activations,
  getActivation,
  getInitializer,
  getRegularizer,
  Identity,
  IdentityInitializer,
  Ones,
  Orthogonal,
  OrthogonalRegularizer,
  RandomNormal,
  RandomUniform,
  STFTInitializer,
  Zeros,
} from "../src/index.ts";

const close = async (x: Tensor, expected: readonly number[]): Promise<void> => {
  const actual = (await x.data()) as Float32Array;
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 6);
};

describe("OrthogonalRegularizer", () => {
  test("is Keras's mean of cosines", async () => {
    const x = tensor([
      [1, 2, 0.5],
      [-1, 0.3, 2],
    ]);
    // OrthogonalRegularizer()(x), OrthogonalRegularizer(0.5, mode="columns")(x)
    await close(new OrthogonalRegularizer().call(x), [0.0011606805492192507]);
    await close(new OrthogonalRegularizer(0.5, { mode: "columns" }).call(x), [0.24877507984638214]);
    // OrthogonalRegularizer(1.0)([[0, 0], [3, 4], [4, 3]])
    await close(new OrthogonalRegularizer(1).call(tensor([0, 0, 3, 4, 4, 3], { shape: [3, 2] })), [0.320000022649765]);
  });

  test("is found by name and config, and takes matrices only", () => {
    expect(getRegularizer("orthogonalRegularizer")).toEqual(new OrthogonalRegularizer(0.01));
    const given = new OrthogonalRegularizer(0.5, { mode: "columns" });
    expect(getRegularizer({ className: "OrthogonalRegularizer", config: given.getConfig() })).toEqual(given);
    expect(() => given.call(tensor([1]))).toThrow(ShapeError);
    expect(() => new OrthogonalRegularizer(0.5, { mode: "row" as "rows" })).toThrow(/Did you mean "rows"/);
    expect(() => new OrthogonalRegularizer(-1)).toThrow(ValueError);
  });
});

describe("STFTInitializer", () => {
  const r = Math.SQRT1_2;
  const [low, high, end] = [0.3064182698726654, 0.9012301564216614, 1 / 27];
  // STFT(**options)((4, 1, 3))
  test.each<readonly [ConstructorParameters<typeof STFTInitializer>[0], readonly number[]]>([
    [{}, [0, 0, 0, r, 0, -r, r, -r, r, 0, 0, 0]],
    [{ side: "imag" }, [0, 0, 0, 0, -r, 0, 0, 0, 0, 0, 0, 0]],
    [
      { window: "hamming", scaling: "spectrum", periodic: true },
      [end, end, end, 0.25, 0, -0.25, 0.5 - end, end - 0.5, 0.5 - end, 0.25, 0, -0.25],
    ],
    [{ window: null, scaling: null }, [1, 1, 1, 1, 0, -1, 1, -1, 1, 1, 0, -1]],
    [{ window: "blackman", periodic: true }, [0, 0, 0, low, 0, -low, high, -high, high, low, 0, -low]],
    [{ window: "bartlett", scaling: null }, [0, 0, 0, 2 / 3, 0, -2 / 3, 2 / 3, -2 / 3, 2 / 3, 0, 0, 0]],
    [{ window: "boxcar" }, [0.5, 0.5, 0.5, 0.5, 0, -0.5, 0.5, -0.5, 0.5, 0.5, 0, -0.5]],
    [{ window: [1, 0, 0, 1] }, [r, r, r, 0, 0, 0, 0, 0, 0, r, 0, -r]],
  ])("with %o is Keras's", async (options, expected) => {
    await close(new STFTInitializer(options).initialize([4, 1, 3]), expected);
  });

  test("is made anew from its config, and refuses what does not fit", () => {
    const given = new STFTInitializer({ side: "imag", window: [1, 2], scaling: null, periodic: true });
    for (const className of ["STFT", "STFTInitializer"])
      expect(getInitializer({ className, config: given.getConfig() })).toEqual(given);
    expect(() => new STFTInitializer({ window: "han" as "hann" })).toThrow(/Did you mean "hann"/);
    expect(() => new STFTInitializer({ window: [Number.NaN] })).toThrow(ValueError);
    expect(() => new STFTInitializer({ side: "left" as "real" })).toThrow(ValueError);
    expect(() => new STFTInitializer({ scaling: "max" as "density" })).toThrow(ValueError);
    expect(() => given.initialize([3, 1, 2])).toThrow(/the window has 2 values/);
    expect(() => given.initialize([3, 2])).toThrow(ShapeError);
  });
});

test("ActivityRegularization adds to the losses of a step, and gives its input", () => {
  // Layer losses of ActivityRegularization(l1=0.1, l2=0.5)([[1], [-3]]): (0.1 * 4 + 0.5 * 10) / 2
  const layer = new ActivityRegularization({ l1: 0.1, l2: 0.5 });
  const x = tensor([[1], [-3]]);
  const { result, losses } = layer.collectLosses(() => layer.apply(x));
  expect(result).toBe(x);
  expect(losses.map(String)).toEqual(["2.7"]);
  expect(layer.getConfig()).toEqual({
    name: "activity_regularization",
    trainable: true,
    dtype: "float32",
    l1: 0.1,
    l2: 0.5,
  });
});

test("Keras's second names are known", () => {
  expect(getActivation("swish")).toBe(activations.silu);
  expect(getActivation("hardSwish")).toBe(activations.hardSilu);
  expect(getInitializer("normal")).toEqual(new RandomNormal());
  expect(getInitializer("uniform")).toEqual(new RandomUniform());
  expect([getInitializer("one"), getInitializer("zero")]).toEqual([new Ones(), new Zeros()]);
  expect(getInitializer("stft")).toEqual(new STFTInitializer());
  expect(getInitializer({ className: "Identity", config: { gain: 2 } })).toEqual(new IdentityInitializer({ gain: 2 }));
  expect(getInitializer({ className: "OrthogonalInitializer", config: {} })).toEqual(new Orthogonal());
  expect(new Identity().apply([1]).toString()).toBe("[1.]");
});
