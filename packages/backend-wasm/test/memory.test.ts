// Memory: what is counted, what running out says, addresses above 2 GiB, growth, and misuse of handles.
import { BackendError, type Spec } from "@crease/backend";
import { expect, test } from "vitest";
import { wasmBackend } from "../src/index.ts";
import { tablesOf } from "../src/kernels.ts";
import { startEngine } from "../src/start.ts";

const vector = (n: number): Spec => ({ dtype: "float32", shape: [n] });

test("running out names the op, the bytes and the way out, and leaves the count as it was", async () => {
  const backend = await wasmBackend({ threads: 1, maxMemory: 2 ** 22 });
  const spec = vector(200_000);
  const x = { ...spec, handle: backend.upload(new Float32Array(200_000), spec) };
  const before = backend.memory();
  const run = () =>
    backend.run("broadcastTo", [x], { shape: [9, 200_000] }, [{ dtype: "float32", shape: [9, 200_000] }]);
  expect(run).toThrow(BackendError);
  expect(run).toThrow(
    /broadcastTo: out of memory: 7200000 bytes .* got float32\[9,200000\]\. Wrap the step in `scope\(\)`/,
  );
  expect(backend.memory()).toEqual(before);
  backend.release(backend.run("neg", [x], {}, [spec])[0]);
  await backend.dispose();
});

test("the second output's failure gives the first one back", async () => {
  const backend = await wasmBackend({ threads: 1, maxMemory: 2 ** 22 });
  const spec = vector(280_000);
  const x = { ...spec, handle: backend.upload(new Float32Array(280_000), spec) };
  const before = backend.memory();
  const outs = [spec, { dtype: "int32", shape: [280_000] }] as const;
  expect(() => backend.run("sort", [x], { descending: false }, outs)).toThrow(BackendError);
  expect(backend.memory()).toEqual(before);
  await backend.dispose();
});

test("kernels and views work above 2 GiB", async () => {
  const { engine, stop } = await startEngine({ threads: 1 });
  engine.begin("test");
  // Pages that nobody touches cost nothing.
  const below = engine.allocateBytes(2 ** 31 + 1000, 1);
  const { plain } = tablesOf(engine);
  const spec = vector(5);
  const handle = engine.allocate(spec);
  expect(handle.address).toBeGreaterThan(2 ** 31);
  engine.views.float32.set([1, 2, 3, 4, 5], handle.address / 4);
  const x = { ...spec, handle };
  if (typeof plain.mul !== "function" || typeof plain.sort !== "function" || typeof plain.matmul !== "function")
    throw new Error("no kernel");
  const [product] = plain.mul([x, x], {}, [spec]);
  expect([...engine.views.float32.subarray(product.address / 4, product.address / 4 + 5)]).toEqual([1, 4, 9, 16, 25]);
  const row: Spec = { dtype: "float32", shape: [1, 5] };
  const [dot] = plain.matmul(
    [
      { ...row, handle },
      { ...row, handle },
    ],
    { transposeA: false, transposeB: true },
    [{ dtype: "float32", shape: [1, 1] }],
  );
  expect(engine.views.float32[dot.address / 4]).toBe(55);
  engine.release(below);
  await stop();
});

test("results made before the memory grew stay readable", async () => {
  const backend = await wasmBackend({ threads: 1 });
  const small = vector(3);
  const x = { ...small, handle: backend.upload(new Float32Array([1, 2, 3]), small) };
  const large: Spec = { dtype: "float32", shape: [2_000_000, 3] };
  const [grown] = backend.run("broadcastTo", [x], { shape: large.shape }, [large]);
  const read = backend.downloadSync({ ...large, handle: grown }) as Float32Array;
  expect([...read.slice(-3)]).toEqual([1, 2, 3]);
  expect([...(backend.downloadSync(x) as Float32Array)]).toEqual([1, 2, 3]);
  await backend.dispose();
});

test("a handle is released once and not used afterwards", async () => {
  const backend = await wasmBackend({ threads: 1 });
  const spec = vector(2);
  const handle = backend.upload(new Float32Array(2), spec);
  backend.release(handle);
  expect(() => backend.release(handle)).toThrow(BackendError);
  expect(() => backend.run("neg", [{ ...spec, handle }], {}, [spec])).toThrow(/given back before/);
  await backend.dispose();
  expect(() => backend.upload(new Float32Array(2), spec)).toThrow(/disposed/);
});

test("fences catch a write behind a buffer", async () => {
  const { engine, stop } = await startEngine({ threads: 1, fences: true });
  engine.begin("test");
  const buffer = engine.allocate(vector(3));
  engine.views.uint8[buffer.address + 12 + 20] = 1;
  expect(() => engine.release(buffer)).toThrow(/wrote 20 bytes behind a buffer of 12/);
  await stop();
});

test("static data ends below the first buffer", async () => {
  const { engine, stop } = await startEngine({ threads: 1 });
  expect(engine.instance.exports.staticEnd()).toBeLessThan(65536);
  await stop();
});
