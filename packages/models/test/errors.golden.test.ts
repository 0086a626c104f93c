/** Mistakes with models that must be refused: those of Keras's list, and others. */
import { ShapeError, ValueError } from "@crease/backend";
import { Dataset } from "@crease/datasets";
import { Dense, Input } from "@crease/layers";
import { type CompileOptions, type FitOptions, Sequential } from "@crease/models";
import { tensor, zeros } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { readGolden } from "../../../testdata/golden.ts";

interface Case {
  readonly name: string;
  readonly op: string;
  readonly input_shapes: readonly (readonly number[])[];
  readonly attrs: {
    readonly compiled?: boolean;
    readonly validation_split?: number;
    readonly sample_weight_shape?: readonly number[];
  };
  readonly why: string;
}

const { cases } = readGolden<{ readonly cases: readonly Case[] }>("errors.json");

/** The features that the model of the list takes: what most of its cases give. */
function usualFeatures(fits: readonly Case[]): number {
  const sizes = fits.map((c) => c.input_shapes[0]?.at(-1) as number);
  const countOf = (size: number): number => sizes.filter((other) => other === size).length;
  return sizes.reduce((usual, size) => (countOf(size) > countOf(usual) ? size : usual));
}

describe("calls of fit that Keras refuses", () => {
  const fits = cases.filter((c) => c.op === "fit");
  test("the file has such cases", () => expect(fits.length).toBeGreaterThan(0));

  test.each(fits.map((c) => [c.name, c.why, c] as const))("%s: %s", async (_name, _why, c) => {
    const features = usualFeatures(fits);
    const model = new Sequential([Input({ shape: [features] }), new Dense(1)]);
    const { compiled = true, validation_split: validationSplit, sample_weight_shape: weightShape } = c.attrs;
    if (compiled) model.compile({ loss: "mse" });
    const [x, y] = c.input_shapes.map((shape) => zeros(shape));
    const options: FitOptions = {
      verbose: 0,
      ...(validationSplit !== undefined && { validationSplit }),
      ...(weightShape !== undefined && { sampleWeight: zeros(weightShape) }),
    };
    const attempt = (): Promise<unknown> => model.fit(x as never, y, options);
    const [samples, given] = [c.input_shapes[0]?.[0], c.input_shapes[0]?.[1]];
    const expected: readonly [typeof ValueError | typeof ShapeError, readonly (string | RegExp)[]] = !compiled
      ? [ValueError, ["Sequential: the model was not compiled", "model.compile("]]
      : validationSplit !== undefined
        ? [ValueError, ["fit: validationSplit", String(validationSplit)]]
        : weightShape !== undefined
          ? [ShapeError, [`fit: x has ${samples} samples, sampleWeight has ${weightShape[0]}`, "float32["]]
          : given !== features
            ? [ShapeError, ["layers.0 (Dense)", String(given), String(features)]]
            : [ShapeError, [`fit: x has ${samples} samples, y has ${c.input_shapes[1]?.[0]}`, "float32["]];
    await expect(attempt()).rejects.toThrow(expected[0]);
    for (const part of expected[1]) await expect(attempt()).rejects.toThrow(part);
  });
});

describe("calls of setWeights that Keras refuses", () => {
  const sets = cases.filter((c) => c.op === "set_weights");
  test("the file has such cases", () => expect(sets.length).toBeGreaterThan(0));

  test.each(sets.map((c) => [c.name, c.why, c] as const))("%s, in a model: %s", async (_name, _why, c) => {
    const [inputs, units] = c.input_shapes[0] as [number, number];
    const model = new Sequential([Input({ shape: [inputs] }), new Dense(units)]);
    const before = String(model.getWeights());
    const values = c.input_shapes.map((shape) => zeros(shape));
    expect(() => model.setWeights(values)).toThrow(values.length === 2 ? ShapeError : ValueError);
    expect(() => model.setWeights(values)).toThrow(/Sequential\.setWeights.*layers\.0\.bias/);
    expect(String(model.getWeights())).toBe(before);
  });
});

describe("names that do not exist: the message lists those that do", () => {
  test.each<[string, object, RegExp]>([
    ["optimizer", { optimizer: "rmsprob", loss: "mse" }, /rmsprob.*rmsprop/i],
    ["loss", { loss: "mean_squared" }, /mean_squared.*meanSquaredError/],
    ["metric", { loss: "mse", metrics: ["acuracy"] }, /acuracy.*accuracy/],
    ["weighted metric", { loss: "mse", weightedMetrics: ["precison"] }, /precison.*precision/],
    ["loss like a method", { loss: "toString" }, /toString/],
  ])("%s", (_, options, message) => {
    const model = new Sequential([new Dense(1)]);
    expect(() => model.compile(options as CompileOptions)).toThrow(ValueError);
    expect(() => model.compile(options as CompileOptions)).toThrow(message);
    expect(() => model.compiled).toThrow(/not compiled/);
  });

  test("a wrong name leaves the model compiled as before", () => {
    const model = new Sequential([new Dense(1)]);
    model.compile({ loss: "mse" });
    const { compiled } = model;
    expect(() => model.compile({ loss: "none" as "mse" })).toThrow(ValueError);
    expect(model.compiled).toBe(compiled);
  });
});

describe("other mistakes", () => {
  const compiled = (): Sequential => {
    const model = new Sequential([new Dense(1)]);
    model.compile({ loss: "mse" });
    return model;
  };
  const x = [[1], [2]];
  const quiet = { verbose: 0 } as const;
  const data = Dataset.fromTensors(tensor(x), tensor(x)).batch(2);
  const empty = data.take(0);

  test.each<[string, (model: Sequential) => Promise<unknown>, RegExp]>([
    ["targets beside a Dataset", (model) => model.fit(data, x, quiet), /Dataset brings its own targets/],
    [
      "weights beside a Dataset",
      (model) => model.fit(data, null, { sampleWeight: [1, 1], ...quiet }),
      /brings its own weights/,
    ],
    ["the same in evaluate", (model) => model.evaluate(data, x, quiet), /Dataset brings its own targets/],
    [
      "a split of a Dataset",
      (model) => model.fit(data, null, { validationSplit: 0.5, ...quiet }),
      /validationSplit needs tensors/,
    ],
    [
      "a split that leaves nothing",
      (model) => model.fit(x, x, { validationSplit: 0.9, ...quiet }),
      /leaves 0 for training/,
    ],
    [
      "a split that holds nothing out",
      (model) => model.fit([[1]], [[1]], { validationSplit: 1e-17, ...quiet }),
      /leaves 1 for training/,
    ],
    ["a batch size of 0", (model) => model.fit(x, x, { batchSize: 0, ...quiet }), /batchSize 0/],
    ["half an epoch", (model) => model.fit(x, x, { epochs: 0.5, ...quiet }), /epochs 0.5/],
    ["no steps in an epoch", (model) => model.fit(x, x, { stepsPerEpoch: 0, ...quiet }), /stepsPerEpoch 0/],
    ["validation every 0 epochs", (model) => model.fit(x, x, { validationFreq: 0, ...quiet }), /validationFreq 0/],
    ["no samples", (model) => model.fit(zeros([0, 1]), zeros([0, 1]), quiet), /no samples/],
    ["an empty Dataset in fit", (model) => model.fit(empty, null, quiet), /fit: the data set gave no batches/],
    [
      "the same with steps",
      (model) => model.fit(empty, null, { stepsPerEpoch: 2, ...quiet }),
      /fit: the data set gave no batches/,
    ],
    [
      "an empty Dataset in evaluate",
      (model) => model.evaluate(empty, null, quiet),
      /evaluate: the data set gave no batches/,
    ],
    ["an empty Dataset in predict", (model) => model.predict(empty), /predict: the data set gave no batches/],
    ["a scalar as samples", (model) => model.fit(3, x, quiet), /x is a scalar/],
    ["an object without tensors", (model) => model.predict({}), /x holds no tensors/],
    ["no targets", (model) => model.fit(x, null, quiet), /no targets to compare with/],
    [
      "validation data of different length",
      (model) => model.fit(x, x, { validationData: [x, [[1]]], ...quiet }),
      /x has 2 samples, y has 1/,
    ],
    [
      "a class that is no number",
      (model) => model.fit(x, x, { classWeight: { cat: 1 } as never, ...quiet }),
      /class "cat"/,
    ],
    [
      "class weights without targets",
      (model) => model.fit(x, null, { classWeight: { 1: 2 }, ...quiet }),
      /classWeight needs targets/,
    ],
  ])("%s", async (_, attempt, message) => {
    await expect(attempt(compiled())).rejects.toThrow(message);
  });

  test.each(["fit", "evaluate", "trainOnBatch", "testOnBatch"] as const)("%s before compile", async (method) => {
    await expect(new Sequential([new Dense(1)])[method](x, x)).rejects.toThrow(/not compiled.*model\.compile/);
  });
});
