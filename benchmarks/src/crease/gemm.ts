/** GFLOP/s of float32 matrix products, straight on the backend. */
import { sizeOf } from "@crease/backend";
import { getBackend } from "@crease/tensor";
import { numbers } from "../numbers.ts";
import { gflops, products } from "../products.ts";
import { repeat } from "../repeat.ts";
import { type Figure, headline, type Task } from "../task.ts";

/** A figure for each product. */
export async function gemm({ seconds }: Task): Promise<Figure[]> {
  const backend = getBackend();
  const figures: Figure[] = [];
  for (const product of products) {
    const { name, m, k, n, transposeA, transposeB } = product;
    const [a, b] = [transposeA ? [k, m] : [m, k], transposeB ? [n, k] : [k, n]].map((shape, i) => {
      const spec = { dtype: "float32", shape } as const;
      return { ...spec, handle: backend.upload(numbers(sizeOf(shape), i), spec) };
    });
    if (a === undefined || b === undefined) continue;
    const outs = [{ dtype: "float32", shape: [m, n] }] as const;
    const run = (): void => {
      const [out] = backend.run("matmul", [a, b], { transposeA, transposeB }, outs);
      backend.release(out);
    };
    const values = gflops(product, await repeat(seconds / 2, run));
    figures.push(figures.length === 0 ? headline("gemm", values) : { metric: name, unit: "GFLOP/s", values });
    for (const { handle } of [a, b]) backend.release(handle);
  }
  return figures;
}
