// GFLOP/s of matrix products on the cpu backend beside tfjs-cpu: best and median of timed runs.
import { type DType, type Spec, sizeOf } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";

type Product = readonly [m: number, k: number, n: number, transposeA: boolean, transposeB: boolean];

const square = [512, 512, 512] as const;
const layer = [128, 784, 512] as const;
const flags = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;
const products: Product[] = [
  ...flags.map((pair): Product => [...square, ...pair]),
  ...flags.map((pair): Product => [...layer, ...pair]),
  [128, 512, 10, false, false],
  [1, 784, 512, false, false],
];
const backend = cpuBackend();

function random(spec: Spec): Float32Array {
  return Float32Array.from({ length: sizeOf(spec.shape) }, () => Math.fround(Math.random() * 200 - 100));
}

/** Milliseconds of each run, sorted; the first runs, before the code is compiled, are left out. */
function time(runs: number, body: () => void): number[] {
  for (let i = 0; i < 3; i++) body();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    body();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b);
}

function report(who: string, [m, k, n, transposeA, transposeB]: Product, times: readonly number[]): void {
  const rate = (milliseconds: number) => ((2 * m * k * n) / milliseconds / 1e6).toFixed(2).padStart(6);
  const name = `${transposeA ? "T" : "N"}${transposeB ? "T" : "N"} ${m}x${k} by ${k}x${n}`;
  const [best, median] = [times[0] as number, times[times.length >> 1] as number];
  console.log(`${who.padEnd(16)} ${name.padEnd(26)} best ${rate(best)}  median ${rate(median)} GFLOP/s`);
}

function benchCrease(product: Product, dtype: DType): void {
  const [m, k, n, transposeA, transposeB] = product;
  const a: Spec = { dtype, shape: transposeA ? [k, m] : [m, k] };
  const b: Spec = { dtype, shape: transposeB ? [n, k] : [k, n] };
  const inputs = [
    { ...a, handle: backend.upload(random(a), a) },
    { ...b, handle: backend.upload(random(b), b) },
  ] as const;
  const outs = [{ dtype, shape: [m, n] }] as const;
  const times = time(20, () => {
    const [out] = backend.run("matmul", inputs, { transposeA, transposeB }, outs);
    backend.release(out);
  });
  for (const { handle } of inputs) backend.release(handle);
  report(`crease ${dtype}`, product, times);
}

function benchTfjs(product: Product): void {
  const [m, k, n, transposeA, transposeB] = product;
  const a = tf.randomUniform(transposeA ? [k, m] : [m, k], -100, 100) as tf.Tensor2D;
  const b = tf.randomUniform(transposeB ? [n, k] : [k, n], -100, 100) as tf.Tensor2D;
  const times = time(5, () => {
    const out = tf.matMul(a, b, transposeA, transposeB);
    out.dataSync();
    out.dispose();
  });
  tf.dispose([a, b]);
  report("tfjs-cpu", product, times);
}

await tf.setBackend("cpu");
for (const product of products) {
  benchCrease(product, "float32");
  benchTfjs(product);
}
for (const dtype of ["float64", "int32"] as const) benchCrease([...layer, false, false], dtype);
