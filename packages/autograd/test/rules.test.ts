/** Gradient rules against central differences, and composites' rules against their definitions. */
import { type CompositeName, updates } from "@crease/backend";
import { expand, interpret, type Tensor, tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { expectCloseTensor } from "../../../testdata/golden.ts";
import { checkGradients, GradientTape, grad, hessian } from "../src/index.ts";
import { notDifferentiable } from "../src/rule.ts";
import { gradRules } from "../src/rules.ts";
import { compositeSamples, primitiveSamples, Random, type Sample } from "./samples.ts";

const rounds = 12;
const samples = { ...primitiveSamples, ...compositeSamples };
const isComposite = (op: string): op is CompositeName => op in compositeSamples;
const differentiable = Object.entries(samples).filter(([, make]) => make !== null) as [string, (r: Random) => Sample][];

/** Weights that make every element of a result count differently. */
const weighted = (y: Tensor): Tensor =>
  y.mul(
    tensor(
      Float64Array.from({ length: y.size }, (_, i) => Math.sin(i + 1)),
      { shape: y.shape, dtype: "float64" },
    ),
  );

/** The gradients of `f` as one function of the same arguments: its own gradient is the second order. */
const gradientOf =
  (f: Sample["f"]): Sample["f"] =>
  (...xs) => {
    const tape = new GradientTape();
    tape.watch(xs);
    const y = tape.record(() => weighted(f(...xs)));
    const parts = tape.gradient(y, xs).flatMap((dx) => (dx === null ? [] : [weighted(dx).sum()]));
    return parts.reduce((a, b) => a.add(b), tensor(0, { dtype: "float64" }));
  };

test("every primitive has a sampler or no gradient", () => {
  for (const [op, make] of Object.entries(samples))
    expect(make === null, op).toBe(gradRules[op as CompositeName] === notDifferentiable);
});

describe("first order", () => {
  test.each(differentiable)("%s", async (_op, make) => {
    let checked = 0;
    for (let seed = 1; seed <= rounds; seed++) {
      const { f, xs } = make(new Random(seed));
      checked += (await checkGradients(f, xs as [Tensor])).checked;
    }
    expect(checked).toBeGreaterThan(rounds);
  });
});

describe("second order", () => {
  test.each(differentiable)("%s", async (_op, make) => {
    for (let seed = 101; seed <= 100 + rounds / 2; seed++) {
      const { f, xs } = make(new Random(seed));
      await checkGradients(gradientOf(f), xs as [Tensor], { rtol: 1e-5, atol: 1e-7 });
    }
  });
});

describe("composites against their definitions", () => {
  const composites = differentiable.filter(([op]) => isComposite(op));
  const tolerance = { relative: 1e-10, absolute: 1e-10 };

  const gradients = (f: Sample["f"], xs: readonly Tensor[]): readonly (Tensor | null)[] => {
    const tape = new GradientTape();
    tape.watch(xs);
    return tape.gradient(
      tape.record(() => weighted(f(...xs))),
      xs,
    );
  };
  const takenApart =
    (f: Sample["f"]): Sample["f"] =>
    (...xs) =>
      interpret(
        (call, next) => (isComposite(call.op) ? expand(call) : next(call)),
        () => f(...xs),
      );

  test.each(composites)("%s", async (_op, make) => {
    for (let seed = 201; seed <= 200 + rounds; seed++) {
      const { f, xs } = make(new Random(seed));
      for (const order of [(g: Sample["f"]) => g, gradientOf]) {
        const whole = gradients(order(f), xs);
        const apart = gradients(order(takenApart(f)), xs);
        for (const [i, expected] of apart.entries()) {
          const actual = whole[i] as Tensor | null;
          expect(actual === null, `argument ${i} of seed ${seed}`).toBe(expected === null);
          if (actual === null || expected === null) continue;
          await expectCloseTensor(
            actual,
            { shape: expected.shape, dtype: "float64", data: Array.from((await expected.data()) as Float64Array) },
            tolerance,
          );
        }
      }
    }
  });
});

test("a product with zeros has all its derivatives", async () => {
  const product = (x: Tensor): Tensor => x.prod();
  const zeros = [
    [
      [0, 2, 3],
      [6, 0, 0],
      [0, 3, 2, 3, 0, 0, 2, 0, 0],
    ],
    [
      [0, 0, 3],
      [0, 0, 0],
      [0, 3, 0, 3, 0, 0, 0, 0, 0],
    ],
    [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 0, 0],
    ],
  ] as const;
  for (const [x, first, second] of zeros) {
    expect(Array.from((await grad(product)(x)?.data()) as Float32Array)).toEqual(first);
    expect(Array.from((await hessian(product)(x)?.data()) as Float32Array)).toEqual(second);
  }
});

test("updates have no gradient", () => {
  for (const op of updates) expect(gradRules[op]).toBe(notDifferentiable);
});
