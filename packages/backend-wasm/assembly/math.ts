// exp, log, tanh, the logistic and the error function of four float32 at once, within 2 units in the last place.
import { madd, nmadd } from "./simd";

// Constants stand in memory: V8 rebuilds a literal at every turn of a loop. exp and log are Cephes's polynomials (expf.c,
// logf.c); those of tanh, erf and log(erfc) are near-minimax fits in double precision, relative error below 3e-9.
const FLOATS: usize = memory.data<f32>([
  1, 0.5, 2, 1.4426950408889634, 0.693359375, -2.12194440e-4, -104, 89, 12582912, 1.9875691500e-4, 1.3981999507e-3,
  8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 7.0376836292e-2, -1.1514610310e-1,
  1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1,
  3.3333331174e-1, -0.5, 0.7071067811865476, 8388608, 1.17549435e-38, Infinity, NaN, -Infinity, 23, 0.002221812889,
  -0.008279768643, 0.021748896337, -0.053956759397, 0.133332929191, -0.333333331024, 0.625, 20, 7.853857665074e-05,
  -8.010192508770e-04, 5.188327558729e-03, -2.685381186850e-02, 1.128358514702e-01, -3.761262582409e-01,
  1.128379165727, 4, 1.855748932001e-04, -2.939615735470e-03, 2.180535115516e-02, -1.030374355177e-01,
  -6.382256023680e-01, -1.127040079980, -3.537089274667e-04, 0.044715, 0.7978845608028654,
], 16);
const WORDS: usize = memory.data<u32>([
  127, 126, 0x007fffff, 0x3f000000, 0x80000000,
], 16);

// @ts-ignore: decorator
@inline const ONE = 0;
// @ts-ignore: decorator
@inline const HALF = 4;
// @ts-ignore: decorator
@inline const TWO = 8;
// @ts-ignore: decorator
@inline const LOG2E = 12;
// @ts-ignore: decorator
@inline const LN2_HIGH = 16;
// @ts-ignore: decorator
@inline const LN2_LOW = 20;
// @ts-ignore: decorator
@inline const EXP_MIN = 24;
// @ts-ignore: decorator
@inline const EXP_MAX = 28;
// @ts-ignore: decorator
@inline const ROUNDER = 32;
// @ts-ignore: decorator
@inline const EXP0 = 36;
// @ts-ignore: decorator
@inline const EXP1 = 40;
// @ts-ignore: decorator
@inline const EXP2 = 44;
// @ts-ignore: decorator
@inline const EXP3 = 48;
// @ts-ignore: decorator
@inline const EXP4 = 52;
// @ts-ignore: decorator
@inline const EXP5 = 56;
// @ts-ignore: decorator
@inline const LOG0 = 60;
// @ts-ignore: decorator
@inline const LOG1 = 64;
// @ts-ignore: decorator
@inline const LOG2 = 68;
// @ts-ignore: decorator
@inline const LOG3 = 72;
// @ts-ignore: decorator
@inline const LOG4 = 76;
// @ts-ignore: decorator
@inline const LOG5 = 80;
// @ts-ignore: decorator
@inline const LOG6 = 84;
// @ts-ignore: decorator
@inline const LOG7 = 88;
// @ts-ignore: decorator
@inline const LOG8 = 92;
// @ts-ignore: decorator
@inline const MINUS_HALF = 96;
// @ts-ignore: decorator
@inline const SQRT_HALF = 100;
// @ts-ignore: decorator
@inline const TWO23 = 104;
// @ts-ignore: decorator
@inline const LEAST_NORMAL = 108;
// @ts-ignore: decorator
@inline const INFINITE = 112;
// @ts-ignore: decorator
@inline const NOT_A_NUMBER = 116;
// @ts-ignore: decorator
@inline const MINUS_INFINITE = 120;
// @ts-ignore: decorator
@inline const TWENTY_THREE = 124;
// @ts-ignore: decorator
@inline const TANH0 = 128;
// @ts-ignore: decorator
@inline const TANH1 = 132;
// @ts-ignore: decorator
@inline const TANH2 = 136;
// @ts-ignore: decorator
@inline const TANH3 = 140;
// @ts-ignore: decorator
@inline const TANH4 = 144;
// @ts-ignore: decorator
@inline const TANH5 = 148;
// @ts-ignore: decorator
@inline const TANH_SMALL = 152;
// @ts-ignore: decorator
@inline const TANH_MAX = 156;
// @ts-ignore: decorator
@inline const ERF0 = 160;
// @ts-ignore: decorator
@inline const ERF1 = 164;
// @ts-ignore: decorator
@inline const ERF2 = 168;
// @ts-ignore: decorator
@inline const ERF3 = 172;
// @ts-ignore: decorator
@inline const ERF4 = 176;
// @ts-ignore: decorator
@inline const ERF5 = 180;
// @ts-ignore: decorator
@inline const ERF6 = 184;
// @ts-ignore: decorator
@inline const ERF_MAX = 188;
// @ts-ignore: decorator
@inline const TAIL0 = 192;
// @ts-ignore: decorator
@inline const TAIL1 = 196;
// @ts-ignore: decorator
@inline const TAIL2 = 200;
// @ts-ignore: decorator
@inline const TAIL3 = 204;
// @ts-ignore: decorator
@inline const TAIL4 = 208;
// @ts-ignore: decorator
@inline const TAIL5 = 212;
// @ts-ignore: decorator
@inline const TAIL6 = 216;
// @ts-ignore: decorator
@inline const GELU_CUBE = 220;
// @ts-ignore: decorator
@inline const GELU_SCALE = 224;
// @ts-ignore: decorator
@inline const BIAS = 0;
// @ts-ignore: decorator
@inline const BIAS_LESS_ONE = 4;
// @ts-ignore: decorator
@inline const FRACTION = 8;
// @ts-ignore: decorator
@inline const HALF_BITS = 12;
// @ts-ignore: decorator
@inline const SIGN = 16;

// @ts-ignore: decorator
@inline function f(at: usize): v128 { return v128.load32_splat(FLOATS + at); }
// @ts-ignore: decorator
@inline function w(at: usize): v128 { return v128.load32_splat(WORDS + at); }

/** 1, -1 or x itself where it is 0 or NaN. */
// @ts-ignore: decorator
@inline export function sign4(x: v128): v128 {
  return v128.bitselect(v128.or(v128.and(x, w(SIGN)), f(ONE)), x, f32x4.gt(f32x4.abs(x), f32x4.splat(0)));
}

/** The fraction of exp: n is x / ln 2 rounded, the result exp(x - n ln 2). */
// @ts-ignore: decorator
@inline function expFraction(x: v128, n: v128): v128 {
  let r = nmadd(n, f(LN2_HIGH), x);
  r = nmadd(n, f(LN2_LOW), r);
  let p = madd(f(EXP0), r, f(EXP1));
  p = madd(p, r, f(EXP2));
  p = madd(p, r, f(EXP3));
  p = madd(p, r, f(EXP4));
  p = madd(p, r, f(EXP5));
  return f32x4.add(madd(p, f32x4.mul(r, r), r), f(ONE));
}

/** x rounded to a whole number, by adding 1.5 * 2^23 and taking it off again. */
// @ts-ignore: decorator
@inline function wholeLog2(x: v128): v128 { return f32x4.sub(madd(x, f(LOG2E), f(ROUNDER)), f(ROUNDER)); }

/** e^x; two factors make denormal and infinite results right, NaN stays NaN. */
// @ts-ignore: decorator
@inline export function exp4(x: v128): v128 {
  const inside = f32x4.pmin(f32x4.pmax(x, f(EXP_MIN)), f(EXP_MAX));
  const n = wholeLog2(inside);
  const e = i32x4.trunc_sat_f32x4_s(n), half = i32x4.shr_s(e, 1);
  const first = i32x4.shl(i32x4.add(half, w(BIAS)), 23), second = i32x4.shl(i32x4.add(i32x4.sub(e, half), w(BIAS)), 23);
  return f32x4.mul(f32x4.mul(expFraction(inside, n), first), second);
}

/** log x: -Infinity at 0, NaN below. */
// @ts-ignore: decorator
@inline export function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, f(LEAST_NORMAL));
  const scaled = v128.bitselect(f32x4.mul(x, f(TWO23)), x, tiny);
  let e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(scaled, 23), w(BIAS_LESS_ONE)));
  e = f32x4.sub(e, v128.and(tiny, f(TWENTY_THREE)));
  let m = v128.or(v128.and(scaled, w(FRACTION)), w(HALF_BITS));
  const small = f32x4.lt(m, f(SQRT_HALF));
  e = f32x4.sub(e, v128.and(small, f(ONE)));
  m = f32x4.sub(f32x4.add(m, v128.and(small, m)), f(ONE));
  const z = f32x4.mul(m, m);
  let p = madd(f(LOG0), m, f(LOG1));
  p = madd(p, m, f(LOG2));
  p = madd(p, m, f(LOG3));
  p = madd(p, m, f(LOG4));
  p = madd(p, m, f(LOG5));
  p = madd(p, m, f(LOG6));
  p = madd(p, m, f(LOG7));
  p = madd(p, m, f(LOG8));
  let y = f32x4.mul(f32x4.mul(p, m), z);
  y = madd(e, f(LN2_LOW), y);
  y = madd(z, f(MINUS_HALF), y);
  let r = madd(e, f(LN2_HIGH), f32x4.add(m, y));
  r = v128.bitselect(f(INFINITE), r, f32x4.eq(x, f(INFINITE)));
  r = v128.bitselect(f(MINUS_INFINITE), r, f32x4.eq(x, f32x4.splat(0)));
  return v128.bitselect(r, f(NOT_A_NUMBER), f32x4.ge(x, f32x4.splat(0)));
}

/** tanh x: a polynomial near 0, where 1 - 2 / (e^2x + 1) would lose digits. */
// @ts-ignore: decorator
@inline export function tanh4(x: v128): v128 {
  const sign = v128.and(x, w(SIGN)), size = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  let p = madd(f(TANH0), z, f(TANH1));
  p = madd(p, z, f(TANH2));
  p = madd(p, z, f(TANH3));
  p = madd(p, z, f(TANH4));
  p = madd(p, z, f(TANH5));
  const near = madd(f32x4.mul(p, z), x, x);
  const inside = f32x4.pmin(size, f(TANH_MAX));
  const power = exp4(f32x4.add(inside, inside));
  const far = v128.or(f32x4.sub(f(ONE), f32x4.div(f(TWO), f32x4.add(power, f(ONE)))), sign);
  return v128.bitselect(near, far, f32x4.lt(size, f(TANH_SMALL)));
}

/** 1 / (1 + e^-x), from e^-|x| so that neither side loses digits. */
// @ts-ignore: decorator
@inline export function sigmoid4(x: v128): v128 {
  const power = exp4(f32x4.neg(f32x4.abs(x)));
  const top = v128.bitselect(f(ONE), power, f32x4.ge(x, f32x4.splat(0)));
  return f32x4.div(top, f32x4.add(f(ONE), power));
}

/** The error function: an odd polynomial to 1, then 1 - exp(log(erfc |x|)). */
// @ts-ignore: decorator
@inline export function erf4(x: v128): v128 {
  const sign = v128.and(x, w(SIGN)), size = f32x4.pmin(f32x4.abs(x), f(ERF_MAX));
  const z = f32x4.mul(x, x);
  let p = madd(f(ERF0), z, f(ERF1));
  p = madd(p, z, f(ERF2));
  p = madd(p, z, f(ERF3));
  p = madd(p, z, f(ERF4));
  p = madd(p, z, f(ERF5));
  p = madd(p, z, f(ERF6));
  const near = f32x4.mul(p, x);
  let q = madd(f(TAIL0), size, f(TAIL1));
  q = madd(q, size, f(TAIL2));
  q = madd(q, size, f(TAIL3));
  q = madd(q, size, f(TAIL4));
  q = madd(q, size, f(TAIL5));
  q = madd(q, size, f(TAIL6));
  const far = v128.or(f32x4.sub(f(ONE), exp4(q)), sign);
  return v128.bitselect(near, far, f32x4.lt(size, f(ONE)));
}

/** x (1 + erf(x / sqrt 2)) / 2 */
// @ts-ignore: decorator
@inline export function gelu4(x: v128): v128 {
  return f32x4.mul(f32x4.mul(f(HALF), x), f32x4.add(f(ONE), erf4(f32x4.mul(x, f(SQRT_HALF)))));
}

/** x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2 */
// @ts-ignore: decorator
@inline export function geluTanh4(x: v128): v128 {
  const cube = f32x4.mul(f32x4.mul(x, x), x);
  const bend = tanh4(f32x4.mul(f(GELU_SCALE), madd(f(GELU_CUBE), cube, x)));
  return f32x4.mul(f32x4.mul(f(HALF), x), f32x4.add(f(ONE), bend));
}
