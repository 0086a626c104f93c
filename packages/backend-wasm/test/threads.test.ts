// Threads: results do not depend on how many there are, workers stop, keep no process alive, and a trap is an error.
import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { BackendError, type Data, type Operand, type Spec } from "@crease/backend";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WasmBuffer } from "../src/buffer.ts";
import { type WasmBackend, wasmBackend } from "../src/index.ts";
import { layout } from "../src/layout.ts";
import { startEngine } from "../src/start.ts";
import { numbers } from "./product.ts";

const f = (...shape: number[]): Spec => ({ dtype: "float32", shape });
const i = (...shape: number[]): Spec => ({ dtype: "int32", shape });
const bool = (...shape: number[]): Spec => ({ dtype: "bool", shape });
const axes = (...list: number[]): object => ({ axes: list, keepDims: false });

/** Calls that are large enough to be shared: inputs, attributes, outputs. */
const calls: readonly (readonly [string, readonly Spec[], object, readonly Spec[]])[] = [
  ["exp", [f(100_003)], {}, [f(100_003)]],
  ["sin", [f(10_003)], {}, [f(10_003)]],
  ["relu", [f(1_000_003)], {}, [f(1_000_003)]],
  ["add", [f(1_000_003), f(1_000_003)], {}, [f(1_000_003)]],
  ["mul", [f(1000, 703), f(703)], {}, [f(1000, 703)]],
  ["sub", [f(1000, 703), f(1000, 1)], {}, [f(1000, 703)]],
  ["div", [f(90, 1, 70, 50), f(90, 60, 1, 50)], {}, [f(90, 60, 70, 50)]],
  ["less", [f(700, 703), f(703)], {}, [bool(700, 703)]],
  ["select", [bool(700, 703), f(700, 703), f()], {}, [f(700, 703)]],
  ["cast", [i(700, 703)], { dtype: "float32" }, [f(700, 703)]],
  ["sum", [f(1_000_003)], axes(0), [f()]],
  ["sum", [f(1000, 703)], axes(0), [f(703)]],
  ["sum", [f(1000, 703)], axes(1), [f(1000)]],
  ["sum", [f(60, 100, 50)], axes(0, 2), [f(100)]],
  ["max", [f(1000, 703)], axes(0), [f(703)]],
  ["argMax", [f(1000, 33)], { axis: 1 }, [i(1000)]],
  ["cumSum", [f(100, 703)], { axis: 0, exclusive: true, reverse: true }, [f(100, 703)]],
  ["transpose", [f(333, 511)], { perm: [1, 0] }, [f(511, 333)]],
  ["transpose", [f(40, 50, 60)], { perm: [2, 0, 1] }, [f(60, 40, 50)]],
  ["slice", [f(1000, 703)], { start: [999, 1], shape: [500, 350], step: [-2, 2] }, [f(500, 350)]],
  ["concat", [f(500, 300), f(500, 301)], { axis: 1 }, [f(500, 601)]],
  ["matmul", [f(300, 200), f(200, 310)], { transposeA: false, transposeB: false }, [f(300, 310)]],
  ["matmul", [f(9, 60, 50), f(9, 50, 40)], { transposeA: false, transposeB: false }, [f(9, 60, 40)]],
  ["dense", [f(128, 300), f(300, 200), f(200)], { activation: "relu" }, [f(128, 200)]],
  ["softmax", [f(1000, 103)], { axis: 1 }, [f(1000, 103)]],
  ["softmax", [f(100, 103)], { axis: 0 }, [f(100, 103)]],
  ["layerNorm", [f(1000, 103), f(103), f(103)], { epsilon: 1e-3 }, [f(1000, 103), f(1000, 1), f(1000, 1)]],
  ["randomBits", [], { key: [1, 2], counter: 3, shape: [100_001] }, [i(100_001)]],
  ["randomUniform", [], { key: [1, 2], counter: 3, shape: [100_001] }, [f(100_001)]],
  [
    "rmspropUpdate",
    [f(100_003), f(100_003), f(100_003)],
    { learningRate: 0.1, weightDecay: 0, rho: 0.9, epsilon: 1e-7 },
    [f(100_003), f(100_003)],
  ],
];

describe("results on 1, 2 and 3 threads are the same bits", () => {
  let backends: WasmBackend[];
  beforeAll(async () => {
    backends = await Promise.all([1, 2, 3].map((threads) => wasmBackend({ threads, fences: true })));
  });
  afterAll(() => Promise.all(backends.map((backend) => backend.dispose())));

  for (const [op, inputs, attrs, outs] of calls)
    test(`${op} of ${inputs.map(({ shape }) => `[${shape}]`).join(", ")}`, () => {
      const [first, ...others] = backends.map((backend) => {
        const next = numbers(5);
        const operands = inputs.map((spec): Operand<WasmBuffer> => {
          const size = spec.shape.reduce((a, b) => a * b, 1);
          const kind = { bool: Uint8Array, int32: Int32Array }[spec.dtype as "bool"] ?? Float32Array;
          const scale = spec.dtype === "int32" ? 1000 : 1;
          const value = spec.dtype === "bool" ? () => Number(next() > 0) : () => (next() + 1.01) * scale;
          return { ...spec, handle: backend.upload(kind.from({ length: size }, value) as Data, spec) };
        });
        const handles = backend.run(op as "add", operands as never, attrs, outs as never) as readonly WasmBuffer[];
        const results = handles.map((handle, k) => backend.downloadSync({ ...outs[k]!, handle }) as Float32Array);
        for (const handle of [...handles, ...operands.map((x) => x.handle)]) backend.release(handle);
        return results.map((result) => new Uint8Array(result.buffer));
      });
      for (const other of others)
        other.forEach((bytes, k) => {
          expect(Buffer.compare(bytes, first![k]!), `output ${k}`).toBe(0);
        });
    });
});

test("a process with workers ends by itself", async () => {
  const entry = fileURLToPath(new URL("./fixtures/unclosed.ts", import.meta.url));
  const run = promisify(execFile)(process.execPath, ["--conditions=@crease/source", entry]);
  expect((await run).stdout.trim()).toBe("42");
});

test("a trap in a worker is an error, and the backend stays closed", async () => {
  const { engine, stop } = await startEngine({ threads: 2 });
  engine.begin("test");
  const n = 300;
  const [a, b, c] = [0, 1, 2].map(() => engine.allocateBytes(n * n, 4)) as [WasmBuffer, WasmBuffer, WasmBuffer];
  const { address } = engine.scratch();
  // The worker's part of the scratch memory, which begins where the main thread's ends, lies behind the end of all memory.
  const words = [a.address, b.address, c.address, 0, n, n, n, 0, 0, 0, address, engine.views.uint8.byteLength];
  engine.views.int32.set(words, layout.words >> 2);
  const untilTheWorkerTakesOne = (): void => {
    for (let round = 0; round < 10_000; round++) engine.launch(engine.kernel("gemm_f32"), 1e9, 1);
  };
  expect(untilTheWorkerTakesOne).toThrow(BackendError);
  expect(() => engine.begin("next")).toThrow(/a thread died/);
  await stop();
});

test("after dispose the workers are gone and nothing runs", async () => {
  const backend = await wasmBackend({ threads: 3 });
  await backend.dispose();
  await backend.dispose();
  expect(() => backend.run("add", [] as never, {}, [f(1)])).toThrow(/disposed/);
});

test("wrong options are refused", async () => {
  await expect(wasmBackend({ threads: 0 })).rejects.toThrow(/threads 0/);
  await expect(wasmBackend({ threads: 1.5 })).rejects.toThrow(/threads 1.5/);
  await expect(wasmBackend({ maxMemory: 10 })).rejects.toThrow(/maxMemory 10/);
});
