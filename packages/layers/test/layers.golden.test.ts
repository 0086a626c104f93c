/** Layers against Keras: outputs, and gradients of inputs and weights. */
import type { Tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { decode, expectCloseTensor, type GoldenTensor, readGolden } from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";
import * as all from "../src/index.ts";
import { getLayer, Layer, type Tensors } from "../src/index.ts";
import { shapesOf } from "../src/shape.ts";
import { camelCase, toTensor } from "./goldenNames.ts";
import { expectGradients, gradientsOf } from "./gradients.ts";

interface Step {
  readonly inputs: readonly GoldenTensor[];
  readonly outputs: readonly GoldenTensor[];
  readonly upstream: readonly GoldenTensor[];
  readonly input_grads: readonly (GoldenTensor | null)[];
  readonly weight_grads: readonly (GoldenTensor | null)[];
  readonly non_trainable_after?: readonly GoldenTensor[];
}
interface Case {
  readonly name: string;
  readonly class: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly call: { readonly training?: boolean; readonly mask?: GoldenTensor };
  readonly weights: readonly { readonly path: string; readonly trainable: boolean; readonly value: GoldenTensor }[];
  readonly steps: readonly Step[];
}

const { cases } = readGolden<{ readonly cases: readonly Case[] }>("layers.json");
const isLayerClass = (value: unknown): boolean => typeof value === "function" && value.prototype instanceof Layer;
const exported = new Set(Object.entries(all).flatMap(([name, value]) => (isLayerClass(value) ? [name] : [])));
const ours = cases.filter((c) => exported.has(c.class));

/** Keras's config with our names, without what it writes as objects of its own: dtype and initializers. */
function translate(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(config).flatMap(([name, value]) => {
    if (typeof value === "object" && value !== null && "class_name" in value) return [];
    return [[camelCase(name), name === "activation" ? camelCase(value as string) : value]];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** The largest `|x gamma| / sqrt(variance + epsilon)` of rows along the last axis. */
function largestScaled(c: Case, step: Step): number {
  const gamma = c.weights.find((weight) => weight.path.endsWith("gamma"));
  const x = step.inputs[0] as GoldenTensor;
  const size = x.shape[x.shape.length - 1] as number;
  const numbers = decode(x);
  const scaled = Array.from({ length: numbers.length / size }, (_, i) => {
    const row = numbers.slice(i * size, (i + 1) * size);
    const mean = row.reduce((sum, value) => sum + value, 0) / size;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size;
    return Math.max(...row.map(Math.abs)) / Math.sqrt(variance + (c.config.epsilon as number));
  });
  return Math.max(...scaled) * Math.max(...(gamma ? decode(gamma.value) : [1]).map(Math.abs));
}

describe("layers agree with Keras", () => {
  test("the file has cases of our layers", () => {
    const known = new Set(cases.map((c) => c.class));
    expect(ours.length).toBeGreaterThan(0);
    expect(exported.size).toBeGreaterThan(0);
    for (const name of [
      "Dense",
      "EinsumDense",
      "Embedding",
      "BatchNormalization",
      "LayerNormalization",
      "PReLU",
      "Add",
      "Dot",
      "Dropout",
    ])
      if (known.has(name)) expect(exported).toContain(name);
  });

  for (const c of ours)
    test(c.name, async () => {
      const layer = getLayer({ className: c.class, config: translate(c.config) }) as Layer<Tensors, Tensors>;
      const { training, mask } = c.call;
      for (const [i, step] of c.steps.entries()) {
        const xs = step.inputs.map(toTensor);
        const x = xs.length === 1 ? (xs[0] as Tensor) : xs;
        layer.ensureBuilt(shapesOf(x));
        if (i === 0) {
          layer.setWeights(c.weights.map((weight) => toTensor(weight.value)));
          expect(layer.namedWeights().map((weight) => weight.path)).toEqual(
            c.weights.map((weight) => camelCase(weight.path.split("/").pop() as string)),
          );
          expect(layer.namedWeights().map((weight) => weight.trainable)).toEqual(
            c.weights.map((weight) => weight.trainable),
          );
        }
        const upstream = toTensor(step.upstream[0] as GoldenTensor);
        const sources = [...xs.filter((input) => input.dtype === "float32"), ...layer.trainableWeights];
        const options = { training, mask: mask && toTensor(mask) };
        const { y, gradients } = gradientsOf(() => layer.apply(x, options) as Tensor, sources, upstream);
        const { relative, absolute } = tolerances.layers.values;
        const rounding = c.class === "LayerNormalization" ? tolerances.layers.rounding * largestScaled(c, step) : 0;
        const tolerance = { relative, absolute: Math.max(absolute, rounding) };
        await expectCloseTensor(y, step.outputs[0] as GoldenTensor, tolerance, "output");
        expect(layer.computeOutputShape(shapesOf(x))).toEqual(y.shape);
        const { gradients: plain, normalizationGradients } = tolerances.layers;
        await expectGradients(
          gradients,
          [...step.input_grads, ...step.weight_grads],
          c.class.endsWith("Normalization") ? normalizationGradients : plain,
          c.name,
        );
        const after = step.non_trainable_after;
        if (after === undefined) continue;
        expect(layer.nonTrainableWeights.length).toBe(after.length);
        for (const [k, weight] of layer.nonTrainableWeights.entries())
          await expectCloseTensor(weight.value, after[k] as GoldenTensor, tolerances.layers.values, weight.name);
      }
    });
});
