// tfjs's WebGPU backend in a page: where there is an adapter it trains as the cpu backend does, else the error says what to do.
import { Dense } from "@crease/layers";
import { Sequential } from "@crease/models";
import { setRandomSeed, type Tensor, tensor } from "@crease/tensor";
import { afterAll, describe, expect, test } from "vitest";
import { tfjsWebgpuBackend } from "../../src/index.ts";

const gpu = (navigator as { readonly gpu?: { requestAdapter(): Promise<object | null> } }).gpu;
const hasAdapter = Boolean(await gpu?.requestAdapter());
const backend = hasAdapter ? await tfjsWebgpuBackend() : undefined;
const here = backend === undefined ? {} : { backend };
afterAll(() => backend?.dispose());

const sines = (shape: readonly number[], options: object): Tensor =>
  tensor(
    Float32Array.from({ length: shape.reduce((size, n) => size * n, 1) }, (_, i) => Math.sin(i * 0.37)),
    { shape, ...options },
  );

test.skipIf(hasAdapter)("without an adapter it says what to use instead: skipped where there is one", async () => {
  await expect(tfjsWebgpuBackend()).rejects.toThrow(/WebGPU.* here\. Use a browser .* or tfjsWebglBackend\(\)/);
});

describe.skipIf(!hasAdapter)("with an adapter, without which it is skipped", () => {
  test("products, batched, with flags, of odd sizes", async () => {
    for (const [a, b] of [
      [
        [3, 5],
        [5, 3],
      ],
      [
        [2, 65, 33],
        [2, 33, 17],
      ],
    ] as const) {
      const expected = await sines(a, {}).matmul(sines(b, {})).data();
      const [x, y] = [sines(a, here), sines(b, here)];
      const perm = a.length === 2 ? [1, 0] : [0, 2, 1];
      for (const z of [x.matmul(y), x.transpose(perm).matmul(y, { transposeA: true })])
        for (const [i, element] of (await z.data()).entries()) expect(element).toBeCloseTo(expected[i] as number, 3);
    }
  });

  test("uint8 and int8 wrap", async () => {
    const bytes = tensor([200, 100], { dtype: "uint8", ...here });
    expect([...(await bytes.add(bytes).data())]).toEqual([144, 200]);
    const signed = tensor([100, -128], { dtype: "int8", ...here });
    expect([...(await signed.add(signed).data())]).toEqual([-56, 0]);
  });

  /** Losses of a small model over two epochs, from weights that are the same everywhere. */
  async function losses(options: object): Promise<number[]> {
    setRandomSeed(7);
    const x = sines([64, 9], options);
    const y = tensor(
      Int32Array.from({ length: 64 }, (_, i) => i % 3),
      options,
    );
    const model = new Sequential([new Dense(16, { activation: "relu" }), new Dense(3, { activation: "softmax" })]);
    model.compile({ optimizer: "rmsprop", loss: "sparseCategoricalCrossentropy" });
    model.build([null, 9]);
    if (backend !== undefined && "backend" in options) await model.to(backend);
    const { history } = await model.fit(x, y, { epochs: 2, batchSize: 32, verbose: 0 });
    return history.loss as number[];
  }

  test("a fit has the losses of the cpu backend", async () => {
    const expected = await losses({});
    for (const [i, loss] of (await losses(here)).entries()) expect(loss).toBeCloseTo(expected[i] as number, 2);
  });
});
