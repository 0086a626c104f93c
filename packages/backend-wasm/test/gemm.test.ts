// The float32 product against float64 sums: every border case, transposes, batches, both builds, all tiles.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type WasmBackend, wasmBackend } from "../src/index.ts";
import { checkProduct, numbers } from "./product.ts";

const flags = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;

for (const variant of ["relaxed", "plain"] as const)
  for (const rows of [4, 5, 6])
    describe(`${variant}, ${rows} rows`, () => {
      let backend: WasmBackend;
      beforeAll(async () => {
        backend = await wasmBackend({ variant, threads: 1, tile: { rows, columns: 8 }, fences: true });
      });
      afterAll(() => backend.dispose());

      test("every size to 9 rows and 9 columns", () => {
        const next = numbers(rows);
        for (let m = 1; m <= 9; m++)
          for (let n = 1; n <= 9; n++)
            for (const transposed of flags) checkProduct(backend, next, [m, n, 1 + ((m * n) % 7)], transposed);
      });

      test("sizes beyond one block", () => {
        const next = numbers(rows + 10);
        for (const transposed of flags) checkProduct(backend, next, [61, 67, 411], transposed);
        checkProduct(backend, next, [410, 9, 33], [false, false]);
        checkProduct(backend, next, [9, 530, 33], [false, false]);
      });
    });

describe("two threads", () => {
  let backend: WasmBackend;
  beforeAll(async () => {
    backend = await wasmBackend({ threads: 2 });
  });
  afterAll(() => backend.dispose());

  test("random sizes and batches", () => {
    const next = numbers(7);
    const size = (most: number): number => 1 + Math.floor(((next() + 1) / 2) * most);
    for (let round = 0; round < 60; round++) {
      const batches = (
        [
          [1, 1],
          [3, 1],
          [1, 3],
          [3, 3],
        ] as const
      )[round % 4]!;
      checkProduct(backend, next, [size(90), size(90), size(90)], flags[(round >> 2) % 4]!, batches);
    }
  });

  test("large enough to be shared", () => {
    const next = numbers(8);
    for (const transposed of flags) {
      checkProduct(backend, next, [150, 131, 120], transposed);
      checkProduct(backend, next, [31, 190, 140], transposed, [2, 1]);
    }
  });
});

test("256-bit tiles are right without the flag too", async () => {
  const backend = await wasmBackend({ threads: 1, tile: { rows: 6, columns: 16 } });
  const next = numbers(9);
  for (const transposed of flags) {
    checkProduct(backend, next, [31, 45, 37], transposed);
    checkProduct(backend, next, [8, 16, 401], transposed);
  }
  expect(backend.info.tile).toEqual({ rows: 6, columns: 16 });
  await backend.dispose();
});
