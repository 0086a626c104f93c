// Elementwise kernels of one input. Words: input, output, count.
import { erf } from "./erf";
import { address, partStart, word } from "./layout";
import { erf4, exp4, gelu4, geluTanh4, log4, sigmoid4, sign4, tanh4 } from "./math";
import { relu4, storeLanes } from "./simd";

// @ts-ignore: decorator
@inline const NEG = 0;
// @ts-ignore: decorator
@inline const ABS = 1;
// @ts-ignore: decorator
@inline const SIGN = 2;
// @ts-ignore: decorator
@inline const FLOOR = 3;
// @ts-ignore: decorator
@inline const CEIL = 4;
// @ts-ignore: decorator
@inline const ROUND = 5;
// @ts-ignore: decorator
@inline const RELU = 6;
// @ts-ignore: decorator
@inline const EXP = 7;
// @ts-ignore: decorator
@inline const EXPM1 = 8;
// @ts-ignore: decorator
@inline const LOG = 9;
// @ts-ignore: decorator
@inline const LOG1P = 10;
// @ts-ignore: decorator
@inline const SQRT = 11;
// @ts-ignore: decorator
@inline const RSQRT = 12;
// @ts-ignore: decorator
@inline const SIN = 13;
// @ts-ignore: decorator
@inline const COS = 14;
// @ts-ignore: decorator
@inline const TAN = 15;
// @ts-ignore: decorator
@inline const ASIN = 16;
// @ts-ignore: decorator
@inline const ACOS = 17;
// @ts-ignore: decorator
@inline const ATAN = 18;
// @ts-ignore: decorator
@inline const SINH = 19;
// @ts-ignore: decorator
@inline const COSH = 20;
// @ts-ignore: decorator
@inline const TANH = 21;
// @ts-ignore: decorator
@inline const ASINH = 22;
// @ts-ignore: decorator
@inline const ACOSH = 23;
// @ts-ignore: decorator
@inline const ATANH = 24;
// @ts-ignore: decorator
@inline const SIGMOID = 25;
// @ts-ignore: decorator
@inline const ERF = 26;
// @ts-ignore: decorator
@inline const GELU = 27;
// @ts-ignore: decorator
@inline const GELUTANH = 28;

/** Four float32; op is a constant where this is inlined. */
// @ts-ignore: decorator
@inline function apply4(op: i32, x: v128): v128 {
  if (op == NEG) return f32x4.neg(x);
  if (op == ABS) return f32x4.abs(x);
  if (op == SIGN) return sign4(x);
  if (op == FLOOR) return f32x4.floor(x);
  if (op == CEIL) return f32x4.ceil(x);
  if (op == ROUND) return f32x4.nearest(x);
  if (op == RELU) return relu4(x);
  if (op == EXP) return exp4(x);
  if (op == LOG) return log4(x);
  if (op == SQRT) return f32x4.sqrt(x);
  if (op == RSQRT) return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
  if (op == TANH) return tanh4(x);
  if (op == SIGMOID) return sigmoid4(x);
  if (op == ERF) return erf4(x);
  if (op == GELU) return gelu4(x);
  return geluTanh4(x);
}

/** One float64, also for the float32 ops that have no vector form. */
// @ts-ignore: decorator
@inline function apply(op: i32, x: f64): f64 {
  if (op == NEG) return -x;
  if (op == ABS) return Math.abs(x);
  if (op == SIGN) return x > 0 ? 1 : x < 0 ? -1 : x;
  if (op == FLOOR) return Math.floor(x);
  if (op == CEIL) return Math.ceil(x);
  if (op == ROUND) return nearest<f64>(x);
  if (op == RELU) return x < 0 ? 0 : x;
  if (op == EXP) return Math.exp(x);
  if (op == EXPM1) return Math.expm1(x);
  if (op == LOG) return Math.log(x);
  if (op == LOG1P) return Math.log1p(x);
  if (op == SQRT) return Math.sqrt(x);
  if (op == RSQRT) return 1 / Math.sqrt(x);
  if (op == SIN) return Math.sin(x);
  if (op == COS) return Math.cos(x);
  if (op == TAN) return Math.tan(x);
  if (op == ASIN) return Math.asin(x);
  if (op == ACOS) return Math.acos(x);
  if (op == ATAN) return Math.atan(x);
  if (op == SINH) return Math.sinh(x);
  if (op == COSH) return Math.cosh(x);
  if (op == TANH) return Math.tanh(x);
  if (op == ASINH) return Math.asinh(x);
  if (op == ACOSH) return Math.acosh(x);
  if (op == ATANH) return Math.atanh(x);
  if (op == SIGMOID) return 1 / (1 + Math.exp(-x));
  if (op == ERF) return erf(x);
  if (op == GELU) return 0.5 * x * (1 + erf(x * 0.7071067811865476));
  return 0.5 * x * (1 + Math.tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)));
}

// @ts-ignore: decorator
@inline function applyInteger(op: i32, x: i32): i32 {
  if (op == NEG) return -x;
  if (op == ABS) return x < 0 ? -x : x;
  if (op == SIGN) return x > 0 ? 1 : x < 0 ? -1 : 0;
  if (op == RELU) return max(x, 0);
  return x;
}

// @ts-ignore: decorator
@inline function vectors(op: i32, part: i32, parts: i32): void {
  const n = word(2);
  const start = partStart(part, parts, n, 16), end = partStart(part + 1, parts, n, 16);
  let from = address(0) + ((<usize>start) << 2), to = address(1) + ((<usize>start) << 2);
  const stop = to + ((<usize>((end - start) & ~3)) << 2);
  for (; to < stop; from += 16, to += 16) v128.store(to, apply4(op, v128.load(from)));
  const rest = (end - start) & 3;
  if (rest) storeLanes(to, apply4(op, v128.load(from)), rest);
}

// @ts-ignore: decorator
@inline function scalars<T>(op: i32, part: i32, parts: i32): void {
  const n = word(2);
  const start = partStart(part, parts, n, 64), end = partStart(part + 1, parts, n, 64);
  const from = address(0), to = address(1);
  for (let i = start; i < end; i++) {
    const at = (<usize>i) << alignof<T>();
    if (isFloat<T>()) store<T>(to + at, <T>apply(op, <f64>load<T>(from + at)));
    else store<T>(to + at, <T>applyInteger(op, <i32>load<T>(from + at)));
  }
}

export function neg_f32(part: i32, parts: i32): void { vectors(NEG, part, parts); }
export function neg_f64(part: i32, parts: i32): void { scalars<f64>(NEG, part, parts); }
export function abs_f32(part: i32, parts: i32): void { vectors(ABS, part, parts); }
export function abs_f64(part: i32, parts: i32): void { scalars<f64>(ABS, part, parts); }
export function sign_f32(part: i32, parts: i32): void { vectors(SIGN, part, parts); }
export function sign_f64(part: i32, parts: i32): void { scalars<f64>(SIGN, part, parts); }
export function floor_f32(part: i32, parts: i32): void { vectors(FLOOR, part, parts); }
export function floor_f64(part: i32, parts: i32): void { scalars<f64>(FLOOR, part, parts); }
export function ceil_f32(part: i32, parts: i32): void { vectors(CEIL, part, parts); }
export function ceil_f64(part: i32, parts: i32): void { scalars<f64>(CEIL, part, parts); }
export function round_f32(part: i32, parts: i32): void { vectors(ROUND, part, parts); }
export function round_f64(part: i32, parts: i32): void { scalars<f64>(ROUND, part, parts); }
export function relu_f32(part: i32, parts: i32): void { vectors(RELU, part, parts); }
export function relu_f64(part: i32, parts: i32): void { scalars<f64>(RELU, part, parts); }
export function exp_f32(part: i32, parts: i32): void { vectors(EXP, part, parts); }
export function exp_f64(part: i32, parts: i32): void { scalars<f64>(EXP, part, parts); }
export function expm1_f32(part: i32, parts: i32): void { scalars<f32>(EXPM1, part, parts); }
export function expm1_f64(part: i32, parts: i32): void { scalars<f64>(EXPM1, part, parts); }
export function log_f32(part: i32, parts: i32): void { vectors(LOG, part, parts); }
export function log_f64(part: i32, parts: i32): void { scalars<f64>(LOG, part, parts); }
export function log1p_f32(part: i32, parts: i32): void { scalars<f32>(LOG1P, part, parts); }
export function log1p_f64(part: i32, parts: i32): void { scalars<f64>(LOG1P, part, parts); }
export function sqrt_f32(part: i32, parts: i32): void { vectors(SQRT, part, parts); }
export function sqrt_f64(part: i32, parts: i32): void { scalars<f64>(SQRT, part, parts); }
export function rsqrt_f32(part: i32, parts: i32): void { vectors(RSQRT, part, parts); }
export function rsqrt_f64(part: i32, parts: i32): void { scalars<f64>(RSQRT, part, parts); }
export function sin_f32(part: i32, parts: i32): void { scalars<f32>(SIN, part, parts); }
export function sin_f64(part: i32, parts: i32): void { scalars<f64>(SIN, part, parts); }
export function cos_f32(part: i32, parts: i32): void { scalars<f32>(COS, part, parts); }
export function cos_f64(part: i32, parts: i32): void { scalars<f64>(COS, part, parts); }
export function tan_f32(part: i32, parts: i32): void { scalars<f32>(TAN, part, parts); }
export function tan_f64(part: i32, parts: i32): void { scalars<f64>(TAN, part, parts); }
export function asin_f32(part: i32, parts: i32): void { scalars<f32>(ASIN, part, parts); }
export function asin_f64(part: i32, parts: i32): void { scalars<f64>(ASIN, part, parts); }
export function acos_f32(part: i32, parts: i32): void { scalars<f32>(ACOS, part, parts); }
export function acos_f64(part: i32, parts: i32): void { scalars<f64>(ACOS, part, parts); }
export function atan_f32(part: i32, parts: i32): void { scalars<f32>(ATAN, part, parts); }
export function atan_f64(part: i32, parts: i32): void { scalars<f64>(ATAN, part, parts); }
export function sinh_f32(part: i32, parts: i32): void { scalars<f32>(SINH, part, parts); }
export function sinh_f64(part: i32, parts: i32): void { scalars<f64>(SINH, part, parts); }
export function cosh_f32(part: i32, parts: i32): void { scalars<f32>(COSH, part, parts); }
export function cosh_f64(part: i32, parts: i32): void { scalars<f64>(COSH, part, parts); }
export function tanh_f32(part: i32, parts: i32): void { vectors(TANH, part, parts); }
export function tanh_f64(part: i32, parts: i32): void { scalars<f64>(TANH, part, parts); }
export function asinh_f32(part: i32, parts: i32): void { scalars<f32>(ASINH, part, parts); }
export function asinh_f64(part: i32, parts: i32): void { scalars<f64>(ASINH, part, parts); }
export function acosh_f32(part: i32, parts: i32): void { scalars<f32>(ACOSH, part, parts); }
export function acosh_f64(part: i32, parts: i32): void { scalars<f64>(ACOSH, part, parts); }
export function atanh_f32(part: i32, parts: i32): void { scalars<f32>(ATANH, part, parts); }
export function atanh_f64(part: i32, parts: i32): void { scalars<f64>(ATANH, part, parts); }
export function sigmoid_f32(part: i32, parts: i32): void { vectors(SIGMOID, part, parts); }
export function sigmoid_f64(part: i32, parts: i32): void { scalars<f64>(SIGMOID, part, parts); }
export function erf_f32(part: i32, parts: i32): void { vectors(ERF, part, parts); }
export function erf_f64(part: i32, parts: i32): void { scalars<f64>(ERF, part, parts); }
export function gelu_f32(part: i32, parts: i32): void { vectors(GELU, part, parts); }
export function gelu_f64(part: i32, parts: i32): void { scalars<f64>(GELU, part, parts); }
export function geluTanh_f32(part: i32, parts: i32): void { vectors(GELUTANH, part, parts); }
export function geluTanh_f64(part: i32, parts: i32): void { scalars<f64>(GELUTANH, part, parts); }
export function neg_i32(part: i32, parts: i32): void { scalars<i32>(NEG, part, parts); }
export function neg_i8(part: i32, parts: i32): void { scalars<i8>(NEG, part, parts); }
export function neg_u8(part: i32, parts: i32): void { scalars<u8>(NEG, part, parts); }
export function abs_i32(part: i32, parts: i32): void { scalars<i32>(ABS, part, parts); }
export function abs_i8(part: i32, parts: i32): void { scalars<i8>(ABS, part, parts); }
export function abs_u8(part: i32, parts: i32): void { scalars<u8>(ABS, part, parts); }
export function sign_i32(part: i32, parts: i32): void { scalars<i32>(SIGN, part, parts); }
export function sign_i8(part: i32, parts: i32): void { scalars<i8>(SIGN, part, parts); }
export function sign_u8(part: i32, parts: i32): void { scalars<u8>(SIGN, part, parts); }
export function relu_i32(part: i32, parts: i32): void { scalars<i32>(RELU, part, parts); }
export function relu_i8(part: i32, parts: i32): void { scalars<i8>(RELU, part, parts); }
export function relu_u8(part: i32, parts: i32): void { scalars<u8>(RELU, part, parts); }

/** Bytes of 0 and 1, turned round. */
export function logicalNot_u8(part: i32, parts: i32): void {
  const n = word(2), from = address(0), to = address(1);
  const end = partStart(part + 1, parts, n, 64);
  for (let i = partStart(part, parts, n, 64); i < end; i++) store<u8>(to + i, load<u8>(from + i) ^ 1);
}

// @ts-ignore: decorator
@inline function nanTest<T>(part: i32, parts: i32): void {
  const n = word(2), from = address(0), to = address(1);
  const end = partStart(part + 1, parts, n, 64);
  for (let i = partStart(part, parts, n, 64); i < end; i++) {
    const x = load<T>(from + ((<usize>i) << alignof<T>()));
    store<u8>(to + i, x != x ? 1 : 0);
  }
}
export function isNaN_f32(part: i32, parts: i32): void { nanTest<f32>(part, parts); }
export function isNaN_f64(part: i32, parts: i32): void { nanTest<f64>(part, parts); }
