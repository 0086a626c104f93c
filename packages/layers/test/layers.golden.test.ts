/** Layers against Keras: outputs, and gradients of inputs and weights. */
import type { Tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { expectCloseTensor, type GoldenTensor, readGolden } from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";
import * as all from "../src/index.ts";
import { getLayer, Layer } from "../src/index.ts";
import { camelCase, toTensor } from "./goldenNames.ts";
import { expectGradients, gradientsOf } from "./gradients.ts";

interface Step {
  readonly inputs: readonly GoldenTensor[];
  readonly outputs: readonly GoldenTensor[];
  readonly upstream: readonly GoldenTensor[];
  readonly input_grads: readonly (GoldenTensor | null)[];
  readonly weight_grads: readonly (GoldenTensor | null)[];
}
interface Case {
  readonly name: string;
  readonly class: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly call: { readonly training?: boolean };
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

describe("layers agree with Keras", () => {
  test("the file has cases of our layers", () => {
    const known = new Set(cases.map((c) => c.class));
    expect(ours.length).toBeGreaterThan(0);
    expect(exported.size).toBeGreaterThan(0);
    for (const name of ["Dense", "Flatten", "Reshape", "Activation", "Dropout", "Rescaling"])
      if (known.has(name)) expect(exported).toContain(name);
  });

  for (const c of ours)
    test(c.name, async () => {
      const layer = getLayer({ className: c.class, config: translate(c.config) });
      for (const [i, step] of c.steps.entries()) {
        const x = toTensor(step.inputs[0] as GoldenTensor);
        layer.ensureBuilt(x.shape);
        if (i === 0) {
          layer.setWeights(c.weights.map((weight) => toTensor(weight.value)));
          expect(layer.namedWeights().map((weight) => weight.path)).toEqual(
            c.weights.map((weight) => weight.path.split("/").pop()),
          );
          expect(layer.namedWeights().map((weight) => weight.trainable)).toEqual(
            c.weights.map((weight) => weight.trainable),
          );
        }
        const upstream = toTensor(step.upstream[0] as GoldenTensor);
        const sources = [x, ...layer.trainableWeights];
        const { y, gradients } = gradientsOf(() => layer.apply(x, c.call) as Tensor, sources, upstream);
        await expectCloseTensor(y, step.outputs[0] as GoldenTensor, tolerances.layers.values, "output");
        expect(layer.computeOutputShape(x.shape)).toEqual(y.shape);
        await expectGradients(
          gradients,
          [...step.input_grads, ...step.weight_grads],
          tolerances.layers.gradients,
          c.name,
        );
      }
    });
});
