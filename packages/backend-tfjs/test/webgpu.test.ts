// tfjs's WebGPU backend where there is no WebGPU.
import { expect, test } from "vitest";
import { tfjsWebgpuBackend } from "../src/index.ts";

test("in Node it says that there is none, and what to use", async () => {
  await expect(tfjsWebgpuBackend()).rejects.toMatchObject({
    name: "BackendError",
    message:
      "tfjsWebgpuBackend: there is no WebGPU here. Use a browser and a page with WebGPU (https or localhost), or tfjsWebglBackend().",
  });
});
