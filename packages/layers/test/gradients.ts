/** Gradients as the golden files have them. */
import { GradientTape } from "@crease/autograd";
import type { Tensor, Variable } from "@crease/tensor";
import { expect } from "vitest";
import { expectCloseTensor, type GoldenTensor } from "../../../testdata/golden.ts";
import type { Tolerance } from "../../../testdata/tolerances.ts";

/** `f()` and the gradients of `sum(f() * upstream)`; inputs that are tensors are watched. */
export function gradientsOf(
  f: () => Tensor,
  sources: readonly (Tensor | Variable)[],
  upstream: Tensor | null,
): { readonly y: Tensor; readonly gradients: readonly (Tensor | null)[] } {
  const tape = new GradientTape();
  for (const source of sources) if ("logits" in source) tape.watch(source as Tensor);
  const outputs: Tensor[] = [];
  const target = tape.record(() => {
    const y = f();
    outputs.push(y);
    return (upstream === null ? y : y.mul(upstream)).sum();
  });
  return { y: outputs[0] as Tensor, gradients: tape.gradient(target, [...sources]) };
}

/** Fails unless all gradients agree, `null` with `null`. */
export async function expectGradients(
  actual: readonly (Tensor | null)[],
  expected: readonly (GoldenTensor | null)[],
  tolerance: Tolerance,
  what: string,
): Promise<void> {
  expect(actual.length, `${what}: gradients`).toBe(expected.length);
  for (const [i, gradient] of expected.entries()) {
    const ours = actual[i] ?? null;
    if (gradient === null || ours === null) expect(ours, `${what}: gradient ${i}`).toBe(gradient);
    else await expectCloseTensor(ours, gradient, tolerance, `${what}: gradient ${i}`);
  }
}
