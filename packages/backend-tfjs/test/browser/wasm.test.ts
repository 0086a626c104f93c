// tfjs's wasm backend in a page, whose files are served from an address.
import { tensor } from "@crease/tensor";
import { expect, test } from "vitest";
import { tfjsWasmBackend } from "../../src/index.ts";

test("it multiplies", async () => {
  const files = ["tfjs-backend-wasm", "tfjs-backend-wasm-simd", "tfjs-backend-wasm-threaded-simd"];
  const wasmPaths = Object.fromEntries(
    files.map((name) => [
      `${name}.wasm`,
      new URL(`../../node_modules/@tensorflow/tfjs-backend-wasm/dist/${name}.wasm`, import.meta.url).href,
    ]),
  );
  const backend = await tfjsWasmBackend({ wasmPaths });
  const x = tensor([[1, 2]], { backend });
  expect(await x.matmul(x, { transposeB: true }).array()).toEqual([[5]]);
  await backend.dispose();
});
