/** Matrix products, and the dense layer with its bias and activation in the product's last step. */
import { type Attrs, bytesPerElement, type Kernel, type Operand, type Shape, type Spec, sizeOf } from "@crease/backend";
import { binaryKernels } from "./binary.ts";
import type { WasmBuffer } from "./buffer.ts";
import type { Engine } from "./engine.ts";
import { layout } from "./layout.ts";
import { fill } from "./move.ts";
import { typedKernels } from "./suffix.ts";
import { unaryKernels } from "./unary.ts";
import { broadcastStrides } from "./walk.ts";

/** One product or a batch of them. */
interface Product {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Address of a row to add, 0 for none. */
  readonly bias: number;
  readonly relu: boolean;
}

/** Nanoseconds of a float32 product on one thread: 50 GFLOP/s, and packing. */
const workOf = (m: number, n: number, k: number): number => (m * n * k) / 25 + (m * k + k * n + m * n) / 4;
/** A product of more work than this is shared by threads; of smaller ones in a batch each takes whole ones. */
const large = 100_000;

/** The start of each matrix, in elements, for every product of the output's batch. */
function offsetsOf(shape: Shape, batch: Shape): number[] {
  const rows = shape[shape.length - 2]! * shape[shape.length - 1]!;
  const strides = broadcastStrides(shape.slice(0, -2), batch);
  let offsets = [0];
  batch.forEach((size, axis) => {
    const next: number[] = [];
    for (const offset of offsets) for (let i = 0; i < size; i++) next.push(offset + i * strides[axis]! * rows);
    offsets = next;
  });
  return offsets;
}

function setProduct(engine: Engine, product: Product): void {
  const words = engine.views.int32;
  const at = layout.words >> 2;
  words[at] = product.a;
  words[at + 1] = product.b;
  words[at + 2] = product.c;
  words[at + 3] = product.bias;
  words[at + 4] = product.m;
  words[at + 5] = product.n;
  words[at + 6] = product.k;
  words[at + 7] = Number(product.transposeA);
  words[at + 8] = Number(product.transposeB);
  words[at + 9] = product.relu ? 2 : 0;
}

/** One float32 product. */
function gemm(engine: Engine, product: Product): void {
  const { address, bytes } = engine.scratch();
  setProduct(engine, product);
  const words = engine.views.int32;
  const at = layout.words >> 2;
  words[at + 10] = address;
  words[at + 11] = bytes;
  // Each part packs one side for itself.
  engine.launch(engine.kernel("gemm_f32"), workOf(product.m, product.n, product.k), 1);
}

/** `matmul`: matrix products over broadcast batch axes. */
export function matmulKernel(engine: Engine): Kernel<"matmul", WasmBuffer> {
  const general = typedKernels(engine, "matmul");
  return ([a, b], { transposeA, transposeB }, [spec]) => {
    const out = engine.allocate(spec);
    const rank = spec.shape.length;
    const n = spec.shape[rank - 1]!;
    let m = spec.shape[rank - 2]!;
    const k = a.shape[a.shape.length - (transposeA ? 2 : 1)]!;
    if (out.size === 0) return [out];
    if (k === 0) {
      fill(engine, spec, out, 0);
      return [out];
    }
    let batch = spec.shape.slice(0, -2);
    // The rows of all matrices of a plain batch are the rows of one.
    if (batch.length > 0 && !transposeA && b.handle.size === k * n && a.handle.size === sizeOf(batch) * m * k) {
      m *= sizeOf(batch);
      batch = [];
    }
    const [address, right, c] = [a.handle.address, b.handle.address, out.address];
    const product = { a: address, b: right, c, m, n, k, transposeA, transposeB, bias: 0, relu: false };
    if (batch.length === 0 && a.dtype === "float32") gemm(engine, product);
    else if (a.dtype === "float32" && workOf(m, n, k) > large) {
      const lefts = offsetsOf(a.shape, batch);
      const rights = offsetsOf(b.shape, batch);
      for (let i = 0; i < lefts.length; i++)
        gemm(engine, { ...product, a: address + lefts[i]! * 4, b: right + rights[i]! * 4, c: c + i * m * n * 4 });
    } else many(a, b, batch, product);
    return [out];
  };

  function many(a: Operand<WasmBuffer>, b: Operand<WasmBuffer>, batch: Shape, product: Product): void {
    const { m, n, k } = product;
    const width = bytesPerElement[a.dtype];
    const lefts = batch.length === 0 ? [0] : offsetsOf(a.shape, batch);
    const rights = batch.length === 0 ? [0] : offsetsOf(b.shape, batch);
    const list = engine.allocateBytes(lefts.length * 3, 4);
    const isFloat32 = a.dtype === "float32";
    const { address, bytes } = isFloat32 ? engine.scratch() : { address: 0, bytes: 0 };
    setProduct(engine, product);
    const words = engine.views.int32;
    const at = layout.words >> 2;
    words[at + 10] = address;
    words[at + 11] = bytes;
    words[at + 12] = lefts.length;
    words[at + 13] = list.address;
    let to = list.address >>> 2;
    for (let i = 0; i < lefts.length; i++) {
      words[to++] = lefts[i]! * width;
      words[to++] = rights[i]! * width;
      words[to++] = i * m * n * width;
    }
    const kernel = isFloat32 ? engine.kernel("gemmBatch_f32") : general[a.dtype];
    engine.launch(kernel, lefts.length * (isFloat32 ? workOf(m, n, k) : m * n * k));
    engine.release(list);
  }
}

/** `dense`: activation(x w + b). */
export function denseKernel(
  engine: Engine,
): (
  inputs: readonly [Operand<WasmBuffer>, Operand<WasmBuffer>, Operand<WasmBuffer>],
  attrs: Attrs<"dense">,
  outs: readonly [Spec],
) => readonly [WasmBuffer] {
  const matmul = matmulKernel(engine);
  const { add } = binaryKernels(engine);
  const { relu } = unaryKernels(engine);
  return ([x, w, b], { activation }, outs) => {
    const [k, n] = w.shape as readonly [number, number];
    const [spec] = outs;
    const rows = sizeOf(x.shape.slice(0, -1));
    if (x.dtype === "float32" && k > 0) {
      const out = engine.allocate(spec);
      const [a, right, bias] = [x.handle.address, w.handle.address, b.handle.address];
      const flags = { transposeA: false, transposeB: false, relu: activation === "relu" };
      if (out.size > 0) gemm(engine, { a, b: right, c: out.address, m: rows, n, k, bias, ...flags });
      return [out];
    }
    const flat = { shape: [rows, n], dtype: spec.dtype };
    const [product] = matmul(
      [{ handle: x.handle, dtype: x.dtype, shape: [rows, k] }, w],
      { transposeA: false, transposeB: false },
      [flat],
    );
    const [sum] = add([{ ...flat, handle: product }, b], {}, [flat]);
    engine.release(product);
    if (activation === "linear") return [sum];
    const [out] = relu([{ ...flat, handle: sum }], {}, [flat]);
    engine.release(sum);
    return [out];
  };
}
