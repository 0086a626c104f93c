// Layer normalisation of rows: mean and deviation, then scale and offset.
import { address, float, partStart, word } from "./layout";
import { madd, storeLanes } from "./simd";
import { sumRow } from "./reduce";

/** Sum of (x - mean)^2 of one row. */
// @ts-ignore: decorator
@inline function squares(from: usize, n: i32, mean: f32): f64 {
  const m = f32x4.splat(mean);
  let low = f64x2.splat(0), high = low, i = 0;
  for (; i + 4 <= n; i += 4) {
    const d = f32x4.sub(v128.load(from + ((<usize>i) << 2)), m), s = f32x4.mul(d, d);
    low = f64x2.add(low, f64x2.promote_low_f32x4(s));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i64>(s, s, 1, 0)));
  }
  const both = f64x2.add(low, high);
  let total = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (; i < n; i++) {
    const d = <f64>(load<f32>(from + ((<usize>i) << 2)) - mean);
    total += d * d;
  }
  return total;
}

/** Words: x, scale, offset, output, means, 1 / deviations, rows, n; float 0: epsilon. */
export function layerNorm_f32(part: i32, parts: i32): void {
  const n = word(7), end = partStart(part + 1, parts, word(6), 16), scale = address(1), offset = address(2);
  for (let r = partStart(part, parts, word(6), 16); r < end; r++) {
    const row = (<usize>r * <usize>n) << 2, from = address(0) + row, to = address(3) + row;
    const mean = <f32>(sumRow(from, n) / <f64>n);
    const rstd = <f32>(1 / Math.sqrt(squares(from, n, mean) / <f64>n + float(0)));
    store<f32>(address(4) + ((<usize>r) << 2), mean);
    store<f32>(address(5) + ((<usize>r) << 2), rstd);
    const m = f32x4.splat(mean), f = f32x4.splat(rstd);
    for (let i = 0; i < n; i += 4) {
      const at = (<usize>i) << 2, z = f32x4.mul(f32x4.sub(v128.load(from + at), m), f);
      const y = madd(z, v128.load(scale + at), v128.load(offset + at));
      if (i + 4 <= n) v128.store(to + at, y);
      else storeLanes(to + at, y, n - i);
    }
  }
}

export function layerNorm_f64(part: i32, parts: i32): void {
  const n = word(7), end = partStart(part + 1, parts, word(6), 16), scale = address(1), offset = address(2);
  for (let r = partStart(part, parts, word(6), 16); r < end; r++) {
    const row = (<usize>r * <usize>n) << 3, from = address(0) + row, to = address(3) + row;
    let mean: f64 = 0, variance: f64 = 0;
    for (let i = 0; i < n; i++) mean += load<f64>(from + (i << 3));
    mean /= <f64>n;
    for (let i = 0; i < n; i++) {
      const d = load<f64>(from + (i << 3)) - mean;
      variance += d * d;
    }
    const rstd = 1 / Math.sqrt(variance / <f64>n + float(0));
    store<f64>(address(4) + (r << 3), mean);
    store<f64>(address(5) + (r << 3), rstd);
    for (let i = 0; i < n; i++)
      store<f64>(to + (i << 3), (load<f64>(from + (i << 3)) - mean) * rstd * load<f64>(scale + (i << 3)) + load<f64>(offset + (i << 3)));
  }
}
