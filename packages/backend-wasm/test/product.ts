// Products to compare with: float64 sums, and how far float32 sums may be from them.
import type { Spec } from "@crease/backend";
import { expect } from "vitest";
import type { WasmBackend } from "../src/index.ts";

/** Numbers from -1 to 1 that repeat from a seed. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  };
}

/** Computes one product of matrices or of a batch whose left or right side repeats, and checks every element. */
export function checkProduct(
  backend: WasmBackend,
  next: () => number,
  [m, n, k]: readonly [number, number, number],
  [transposeA, transposeB]: readonly [boolean, boolean],
  [batchA, batchB]: readonly [number, number] = [1, 1],
): void {
  const batch = Math.max(batchA, batchB);
  const lead = (count: number): number[] => (batch === 1 ? [] : [count]);
  const left: Spec = { dtype: "float32", shape: [...lead(batchA), ...(transposeA ? [k, m] : [m, k])] };
  const right: Spec = { dtype: "float32", shape: [...lead(batchB), ...(transposeB ? [n, k] : [k, n])] };
  const out: Spec = { dtype: "float32", shape: [...lead(batch), m, n] };
  const a = Float32Array.from({ length: batchA * m * k }, next);
  const b = Float32Array.from({ length: batchB * k * n }, next);
  const x = { ...left, handle: backend.upload(a, left) };
  const y = { ...right, handle: backend.upload(b, right) };
  const [handle] = backend.run("matmul", [x, y], { transposeA, transposeB }, [out]);
  const c = backend.downloadSync({ ...out, handle }) as Float32Array;
  for (const used of [x.handle, y.handle, handle]) backend.release(used);
  let worst = 0;
  for (let q = 0; q < batch; q++)
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let p = 0; p < k; p++)
          sum +=
            a[(batchA === 1 ? 0 : q * m * k) + (transposeA ? p * m + i : i * k + p)]! *
            b[(batchB === 1 ? 0 : q * k * n) + (transposeB ? j * k + p : p * n + j)]!;
        worst = Math.max(worst, Math.abs(c[(q * m + i) * n + j]! - sum));
      }
  // Each of k roundings is half a unit of a partial sum, which is at most k.
  expect(worst, `${m}x${n}x${k} ${transposeA} ${transposeB}`).toBeLessThanOrEqual(2e-7 * (4 + k));
}
