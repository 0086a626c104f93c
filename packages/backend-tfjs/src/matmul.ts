/** Matrix products. */
import { type Shape, type Spec, sizeOf } from "@crease/backend";
import type { Compute, Input } from "./compute.ts";
import { emptyNumbers, writeNumbers } from "./host.ts";
import type { Info } from "./tfjs.ts";
import { isEmpty, type Work } from "./work.ts";

/** Products of one pair of matrices from this many multiplications on pay for a call of their own on wasm. */
const worthACall = 4096;

/** `a b`, with the last two axes of either swapped by its flag and leading axes broadcast. */
export const matmul: Compute<"matmul"> = (work, [a, b], { transposeA, transposeB }, [out]) => {
  if (isEmpty(a)) return [work.fill(0, out)];
  if (out.dtype !== "float32" && work.device.name !== "tensorflow")
    return [integers(work, a, b, transposeA, transposeB, out)];
  // wasm computes products with flags in a scalar loop, 12 to 30 times slower than the transpose and a product.
  const swaps = work.device.name === "wasm";
  const flags = { transposeA: transposeA && !swaps, transposeB: transposeB && !swaps };
  const inner = a.shape.at(transposeA ? -2 : -1)!;
  const left = settled(work, transposeA && swaps ? swapped(work, a.info) : a.info, inner);
  const right = settled(work, transposeB && swaps ? swapped(work, b.info) : b.info, inner);
  const batch = out.shape.slice(0, -2);
  if (sizeOf(b.shape.slice(0, -2)) === 1 && !flags.transposeA) {
    // One right factor for all: the rows of all left ones are one matrix.
    const rows = work.reshape(left, [sizeOf(left.shape.slice(0, -1)), left.shape.at(-1)!]);
    return [work.wrap(work.run("BatchMatMul", { a: rows, b: matrix(work, right) }, flags), out.dtype)];
  }
  // tfjs-cpu and wasm repeat the shorter batch from its start, which is not how axes broadcast.
  const lefts = batched(work, left, batch);
  const rights = batched(work, right, batch);
  if (work.device.name !== "wasm")
    return [work.wrap(work.run("BatchMatMul", { a: lefts, b: rights }, flags), out.dtype)];
  return [oneByOne(work, lefts, rights)];
};

/**
 * A factor as WebGL can multiply it. Its textures hold two rows and columns to a texel and its elementwise kernels leave
 * numbers in those behind an odd end, which its product adds up; Tile writes one element to a texel.
 */
export function settled(work: Work, x: Info, inner: number): Info {
  if (work.device.name !== "webgl" || inner % 2 === 0) return x;
  return work.run("Tile", { x }, { reps: x.shape.map(() => 1) });
}

/** The matrix itself, without axes of size 1 before it. */
function matrix(work: Work, x: Info): Info {
  return work.reshape(x, x.shape.slice(-2));
}

function swapped(work: Work, x: Info): Info {
  const rank = x.shape.length;
  const perm = [...x.shape.keys()].slice(0, -2).concat(rank - 1, rank - 2);
  return work.run("Transpose", { x }, { perm });
}

/** As `[batch, rows, columns]`, repeated along the leading axes. */
function batched(work: Work, x: Info, batch: Shape): Info {
  const last = x.shape.slice(-2);
  return work.reshape(work.broadcast(x, [...batch, ...last]), [sizeOf(batch), ...last]);
}

/** wasm computes a batch in a scalar loop and single products with SIMD: large ones go one at a time. */
function oneByOne(work: Work, a: Info, b: Info): Info {
  const [batch, m, k] = a.shape as readonly [number, number, number];
  const n = b.shape[2]!;
  if (batch === 1 || m * k * n < worthACall)
    return work.run("BatchMatMul", { a, b }, { transposeA: false, transposeB: false });
  const products: Info[] = [];
  for (let i = 0; i < batch; i++)
    products.push(
      work.run(
        "BatchMatMul",
        { a: matrixAt(work, a, i), b: matrixAt(work, b, i) },
        { transposeA: false, transposeB: false },
      ),
    );
  return work.run("Concat", products, { axis: 0 });
}

function matrixAt(work: Work, x: Info, i: number): Info {
  const [, rows, columns] = x.shape as readonly [number, number, number];
  const size = rows * columns;
  return work.write(work.read(x).slice(i * size, (i + 1) * size), [rows, columns], x.dtype);
}

/** Integers on the host: tfjs has no product of them on wasm, and sums in doubles on cpu; TensorFlow's wraps, as it should. */
function integers(work: Work, a: Input, b: Input, transposeA: boolean, transposeB: boolean, out: Spec): Info {
  const batch = out.shape.slice(0, -2);
  // Rows of the left and columns of the right, so that both are walked along the inner axis.
  const left = batched(work, transposeA ? swapped(work, a.info) : a.info, batch);
  const right = batched(work, transposeB ? b.info : swapped(work, b.info), batch);
  const [xs, ys] = [work.read(left), work.read(right)];
  const [m, n, k] = [left.shape[1]!, right.shape[1]!, left.shape[2]!];
  const results = emptyNumbers(out);
  for (let o = 0; o < results.length; o++) {
    const row = Math.floor(o / n) * k;
    const column = (Math.floor(o / (m * n)) * n + (o % n)) * k;
    let sum = 0;
    for (let i = 0; i < k; i++) sum = (sum + Math.imul(xs[row + i]!, ys[column + i]!)) | 0;
    results[o] = sum;
  }
  return writeNumbers(work, results, out);
}
