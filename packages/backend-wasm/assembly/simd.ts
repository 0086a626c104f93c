// The multiply-add of both builds: fused with relaxed SIMD, two roundings without.

/** a b + c */
// @ts-ignore: decorator
@inline export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  else return f32x4.add(c, f32x4.mul(a, b));
}

/** c - a b */
// @ts-ignore: decorator
@inline export function nmadd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  else return f32x4.sub(c, f32x4.mul(a, b));
}

/** max(x, 0) in one instruction; NaN stays NaN. */
// @ts-ignore: decorator
@inline export function relu4(x: v128): v128 { return f32x4.pmax(x, f32x4.splat(0)); }

/** Stores the first n lanes of four, n from 1 to 3. */
// @ts-ignore: decorator
@inline export function storeLanes(to: usize, x: v128, n: i32): void {
  if (n & 2) {
    v128.store_lane<u64>(to, x, 0);
    if (n & 1) v128.store_lane<u32>(to, x, 2, 8);
  } else v128.store_lane<u32>(to, x, 0);
}
