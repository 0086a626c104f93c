/** Gradients of sorting and matmul. */
import type { ContractTable } from "@crease/backend";
import { run, type Tensor } from "@crease/tensor";
import { type GradRule, type Lazy, notDifferentiable } from "../rule.ts";

/** Puts the gradient of chosen elements of the last axis back to where `positions` says they stood. */
function putBack(x: Tensor, positions: Tensor, dy: Tensor | null): Lazy {
  const axis = x.ndim - 1;
  const size = x.shape[axis] as number;
  return dy === null ? null : () => run("scatterAdd", [positions, dy], { axis, batchDims: axis, size })[0];
}

/** One rule for each row of ContractTable. */
export const contractGradients: { readonly [K in keyof ContractTable]: GradRule<K> | typeof notDifferentiable } = {
  sort: ({ inputs: [x], outputs: [, positions], dys: [dy] }): readonly [Lazy] => [putBack(x, positions, dy)],
  topK: ({ inputs: [x], outputs: [, positions], dys: [dy] }): readonly [Lazy] => [putBack(x, positions, dy)],
  // y = A B with A = a or its transpose: dA = dy B^T, dB = A^T dy; a transposed input takes the transpose of that.
  matmul: ({ inputs: [a, b], dys: [dy], attrs: { transposeA, transposeB } }): readonly [Lazy, Lazy] => [
    () =>
      transposeA
        ? b.matmul(dy, { transposeA: transposeB, transposeB: true })
        : dy.matmul(b, { transposeB: !transposeB }),
    () =>
      transposeB
        ? dy.matmul(a, { transposeA: true, transposeB: transposeA })
        : a.matmul(dy, { transposeA: !transposeA }),
  ],
  randomBits: notDifferentiable,
  randomUniform: notDifferentiable,
};
