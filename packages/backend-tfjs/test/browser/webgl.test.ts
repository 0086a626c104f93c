// tfjs's WebGL backend in a page: a few results that its textures or shaders would spoil; the suite is in the wide tier.
import type { Data } from "@crease/backend";
import { Dense } from "@crease/layers";
import { Sequential } from "@crease/models";
import { setRandomSeed, type Tensor, tensor } from "@crease/tensor";
import { afterAll, expect, test } from "vitest";
import { tfjsWebglBackend } from "../../src/index.ts";

const backend = await tfjsWebglBackend();
afterAll(() => backend.dispose());

const sines = (shape: readonly number[], options: object): Tensor =>
  tensor(
    Float32Array.from({ length: shape.reduce((size, n) => size * n, 1) }, (_, i) => Math.sin(i * 0.37)),
    { shape, ...options },
  );

function expectClose(actual: Data, expected: Data): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, element] of expected.entries()) expect(actual[i]).toBeCloseTo(element as number, 3);
}

test("products with an odd inner size are right behind sums, which leave numbers past the end of a texture", async () => {
  const x = sines([3, 5], { backend }).add(2);
  const y = sines([5, 3], { backend }).add(3);
  const right = await sines([3, 5], {})
    .add(2)
    .matmul(sines([5, 3], {}).add(3))
    .data();
  for (const z of [x.matmul(y), x.transpose().matmul(y, { transposeA: true })]) expectClose(await z.data(), right);
});

test("a texture made in one shape is read right in another, by programs for packed textures and for plain ones", async () => {
  // Elements enough for textures: tfjs computes with less than 128 on the processor.
  for (const use of [
    (z: Tensor) => z.transpose(),
    (z: Tensor) => z.cumSum(1),
    (z: Tensor) => z.broadcastTo([2, 30, 80]),
  ]) {
    const made = (options: object): Tensor => use(sines([60, 40], options).mul(2).reshape([30, 80]));
    expectClose(await made({ backend }).data(), await made({}).data());
  }
});

test("infinities and NaN", async () => {
  const x = tensor([Number.NEGATIVE_INFINITY, Number.NaN, 2], { backend });
  expect([...(await x.relu().data())]).toEqual([0, Number.NaN, 2]);
  expect([...(await x.div(x).data())]).toEqual([Number.NaN, Number.NaN, 1]);
});

/** Losses of a small model over two epochs, from weights that are the same everywhere. */
async function losses(options: { readonly backend?: typeof backend }): Promise<number[]> {
  setRandomSeed(7);
  const x = sines([64, 9], options);
  const y = tensor(
    Int32Array.from({ length: 64 }, (_, i) => i % 3),
    options,
  );
  const model = new Sequential([new Dense(16, { activation: "relu" }), new Dense(3, { activation: "softmax" })]);
  model.compile({ optimizer: "rmsprop", loss: "sparseCategoricalCrossentropy" });
  model.build([null, 9]);
  if (options.backend !== undefined) await model.to(options.backend);
  const { history } = await model.fit(x, y, { epochs: 2, batchSize: 32, verbose: 0 });
  return history.loss as number[];
}

test("a fit has the losses of the cpu backend", async () => {
  const expected = await losses({});
  for (const [i, loss] of (await losses({ backend })).entries()) expect(loss).toBeCloseTo(expected[i] as number, 2);
});
