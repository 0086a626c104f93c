/** Elementwise kernels of one input. */
import type { Operand, UnaryTable } from "@crease/backend";
import { allocate, type CpuBuffer, type Integers, type Kernels } from "./buffer.ts";
import { erf } from "./erf.ts";
import { roundHalfEven, sigmoid } from "./special.ts";

type Scalar = (x: number) => number;
type Float32Loop = (out: Float32Array, x: Float32Array) => void;

// The same loop for each kind of buffer, so that each stays monomorphic.
function mapFloat32(f: Scalar, out: Float32Array, x: Float32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = f(x[i]!);
}
function mapFloat64(f: Scalar, out: Float64Array, x: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = f(x[i]!);
}
function mapIntegers(f: Scalar, out: Integers, x: Integers): void {
  for (let i = 0; i < out.length; i++) out[i] = f(x[i]!);
}

/** A kernel of `f`; `loop` is the same written out for float32, so that nothing is called per element. */
function unary(f: Scalar, loop: Float32Loop = (out, x) => mapFloat32(f, out, x)) {
  return ([x]: readonly [Operand<CpuBuffer>]): readonly [CpuBuffer] => {
    const { handle, dtype } = x;
    if (dtype === "float32") {
      const out = new Float32Array(handle.length);
      loop(out, handle as Float32Array);
      return [out];
    }
    if (dtype === "float64") {
      const out = new Float64Array(handle.length);
      mapFloat64(f, out, handle as Float64Array);
      return [out];
    }
    const out = allocate(dtype, handle.length) as Integers;
    mapIntegers(f, out, handle as Integers);
    return [out];
  };
}

/** Kernels of one input that keep its shape. */
export const unaryKernels: Kernels<keyof UnaryTable> = {
  neg: unary(
    (x) => -x,
    (out, x) => {
      for (let i = 0; i < out.length; i++) out[i] = -x[i]!;
    },
  ),
  abs: unary(Math.abs, (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.abs(x[i]!);
  }),
  sign: unary(Math.sign),
  floor: unary(Math.floor),
  ceil: unary(Math.ceil),
  round: unary(roundHalfEven),
  relu: unary(
    (x) => Math.max(x, 0),
    (out, x) => {
      for (let i = 0; i < out.length; i++) out[i] = Math.max(x[i]!, 0);
    },
  ),
  exp: unary(Math.exp, (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.exp(x[i]!);
  }),
  expm1: unary(Math.expm1),
  log: unary(Math.log, (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.log(x[i]!);
  }),
  log1p: unary(Math.log1p),
  sqrt: unary(Math.sqrt, (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(x[i]!);
  }),
  rsqrt: unary(
    (x) => 1 / Math.sqrt(x),
    (out, x) => {
      for (let i = 0; i < out.length; i++) out[i] = 1 / Math.sqrt(x[i]!);
    },
  ),
  sin: unary(Math.sin),
  cos: unary(Math.cos),
  tan: unary(Math.tan),
  asin: unary(Math.asin),
  acos: unary(Math.acos),
  atan: unary(Math.atan),
  sinh: unary(Math.sinh),
  cosh: unary(Math.cosh),
  tanh: unary(Math.tanh, (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.tanh(x[i]!);
  }),
  asinh: unary(Math.asinh),
  acosh: unary(Math.acosh),
  atanh: unary(Math.atanh),
  sigmoid: unary(sigmoid, (out, x) => {
    for (let i = 0; i < out.length; i++) out[i] = 1 / (1 + Math.exp(-x[i]!));
  }),
  erf: unary(erf),
  logicalNot: ([x]: readonly [Operand<CpuBuffer>]): readonly [CpuBuffer] => {
    const values = x.handle as Uint8Array;
    const out = new Uint8Array(values.length);
    for (let i = 0; i < out.length; i++) out[i] = 1 - values[i]!;
    return [out];
  },
  isNaN: ([x]: readonly [Operand<CpuBuffer>]): readonly [CpuBuffer] => {
    const values = x.handle as Float32Array | Float64Array;
    const out = new Uint8Array(values.length);
    for (let i = 0; i < out.length; i++) out[i] = Number.isNaN(values[i]) ? 1 : 0;
    return [out];
  },
};
