// A long run of random products, 1 to 300 in each axis, against float64 sums.
import { test } from "vitest";
import { wasmBackend } from "../src/index.ts";
import { checkProduct, numbers } from "./product.ts";

for (const variant of ["relaxed", "plain"] as const)
  for (const threads of [1, 2])
    test(`${variant}, ${threads} threads`, async () => {
      const backend = await wasmBackend({ variant, threads });
      const next = numbers(threads);
      const size = (most: number): number => 1 + Math.floor(((next() + 1) / 2) * most);
      for (let round = 0; round < 400; round++) {
        const batches = (
          [
            [1, 1],
            [1, 1],
            [2, 1],
            [1, 2],
            [2, 2],
          ] as const
        )[round % 5]!;
        const transposed = [next() < 0, next() < 0] as const;
        checkProduct(backend, next, [size(300), size(300), size(300)], transposed, batches);
      }
      await backend.dispose();
    });
