/** The check of the matrix product that an engine with experimental code passes before anyone uses it. */
import { BackendError } from "@crease/backend";
import type { Engine } from "./engine.ts";
import { layout } from "./layout.ts";

/** @throws BackendError where a product of small whole numbers, which float32 holds exactly, is wrong. */
export function checkProduct(engine: Engine): void {
  const [m, n, k] = [29, 45, 37];
  engine.begin("wasmBackend");
  const a = engine.allocateBytes(m * k, 4);
  const b = engine.allocateBytes(k * n, 4);
  const c = engine.allocateBytes(m * n, 4);
  const scratch = engine.scratch();
  const { float32, int32 } = engine.views;
  const left = (i: number, p: number): number => ((i * 7 + p * 3) % 11) - 5;
  const right = (p: number, j: number): number => ((p * 5 + j * 2) % 13) - 6;
  for (let i = 0; i < m; i++) for (let p = 0; p < k; p++) float32[(a.address >> 2) + i * k + p] = left(i, p);
  for (let p = 0; p < k; p++) for (let j = 0; j < n; j++) float32[(b.address >> 2) + p * n + j] = right(p, j);
  const words = [a.address, b.address, c.address, 0, m, n, k, 0, 0, 0, scratch.address, scratch.bytes];
  int32.set(words, layout.words >> 2);
  // Often enough that optimised code runs too.
  for (let i = 0; i < 200; i++) engine.launch(engine.kernel("gemm_f32"), 0);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += left(i, p) * right(p, j);
      if (float32[(c.address >> 2) + i * n + j] !== sum)
        throw new BackendError({
          op: "wasmBackend",
          problem: "the matrix product is wrong with this engine's 256-bit vectors",
          fix: "Leave `revectorize` out",
        });
    }
  engine.undo();
}
