/** Matrix products of every path (thin, small, tiled, with edges and several panels) against three plain loops. */
import { type DType, inferRules, type Spec } from "@crease/backend";
import { expect, test } from "vitest";
import { type CpuBuffer, cpuBackend } from "../src/index.ts";

/** Whole numbers from -8 to 8: products and sums are exact in every dtype. */
function buffer(spec: Spec, seed: number): CpuBuffer {
  const size = spec.shape.reduce((product, n) => product * n, 1);
  const values = Array.from({ length: size }, (_, i) => (((i + 1) * 7919 * seed) % 17) - 8);
  const data = spec.dtype === "int32" ? Int32Array.from(values) : Float64Array.from(values);
  return cpuBackend().upload(data, spec);
}

function naive(x: CpuBuffer, y: CpuBuffer, m: number, k: number, n: number, flags: readonly boolean[]): number[] {
  const out: number[] = [];
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++)
        sum += (x[flags[0] ? p * m + i : i * k + p] as number) * (y[flags[1] ? j * k + p : p * n + j] as number);
      out.push(sum);
    }
  return out;
}

function matmul(a: Spec, b: Spec, x: CpuBuffer, y: CpuBuffer, transposeA = false, transposeB = false): number[] {
  const backend = cpuBackend();
  const attrs = { transposeA, transposeB };
  const outs = inferRules.matmul([a, b], attrs);
  const [handle] = backend.run(
    "matmul",
    [
      { ...a, handle: x },
      { ...b, handle: y },
    ],
    attrs,
    outs,
  );
  return Array.from(backend.downloadSync?.({ ...outs[0], handle }) as ArrayLike<number>);
}

const sizes = [
  [1, 1, 1],
  [1, 300, 40],
  [2, 40, 70],
  [70, 40, 2],
  [40, 300, 1],
  [3, 5, 7],
  [13, 11, 15],
  [16, 16, 16],
  [17, 49, 33],
  [30, 1, 80],
  [5, 1100, 6],
  [9, 20, 530],
  [600, 6, 5],
] as const;
const flags = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

for (const dtype of ["float32", "float64", "int32"] satisfies DType[])
  test.each(sizes)(`${dtype}: %d x %d times that x %d, transposed or not`, (m, k, n) => {
    for (const [ta, tb] of flags) {
      const a = { dtype, shape: ta ? [k, m] : [m, k] };
      const b = { dtype, shape: tb ? [n, k] : [k, n] };
      const [x, y] = [buffer(a, 1), buffer(b, 3)];
      expect(matmul(a, b, x, y, ta, tb)).toEqual(naive(x, y, m, k, n, [ta, tb]));
    }
  });

test.each([3, 20])("leading axes broadcast, %d rows", (m) => {
  const [k, n] = [12, 10];
  const a: Spec = { dtype: "float32", shape: [2, 1, m, k] };
  const b: Spec = { dtype: "float32", shape: [3, k, n] };
  const [x, y] = [buffer(a, 1) as Float32Array, buffer(b, 5) as Float32Array];
  const expected: number[] = [];
  for (let i = 0; i < 2; i++)
    for (let j = 0; j < 3; j++)
      expected.push(...naive(x.subarray(i * m * k), y.subarray(j * k * n), m, k, n, [false, false]));
  expect(matmul(a, b, x, y)).toEqual(expected);
});

test.each([2, 20])("integers wrap, %d rows", (m) => {
  const a: Spec = { dtype: "int32", shape: [m, 16] };
  const b: Spec = { dtype: "int32", shape: [16, 20] };
  const large = (size: number) => Int32Array.from({ length: size }, (_, i) => 1999999973 - i * 7);
  const [x, y] = [large(m * 16), large(16 * 20)];
  const expected = Array.from({ length: m * 20 }, (_, at) => {
    let sum = 0n;
    for (let p = 0; p < 16; p++)
      sum += BigInt(x[Math.floor(at / 20) * 16 + p] as number) * BigInt(y[p * 20 + (at % 20)] as number);
    return Number(BigInt.asIntN(32, sum));
  });
  expect(matmul(a, b, x, y)).toEqual(expected);
});

test.each([2, 20])("NaN and infinity stay in their row and column, %d rows", (m) => {
  const a: Spec = { dtype: "float32", shape: [m, 17] };
  const b: Spec = { dtype: "float32", shape: [17, 21] };
  const x = new Float32Array(m * 17).fill(1);
  x[17] = Number.NaN;
  const y = new Float32Array(17 * 21).fill(1);
  y[20] = Infinity;
  const out = matmul(a, b, x, y);
  expect(out.slice(0, 21)).toEqual([...new Array(20).fill(17), Infinity]);
  expect(out.slice(21, 42)).toEqual(new Array(21).fill(Number.NaN));
  for (let row = 2; row < m; row++)
    expect(out.slice(row * 21, (row + 1) * 21)).toEqual([...new Array(20).fill(17), Infinity]);
});
