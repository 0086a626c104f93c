// softmax, its logarithm and the cross-entropy with its gradient.
import { address, partStart, word } from "./layout";
import { exp4, log4 } from "./math";
import { storeLanes } from "./simd";

// @ts-ignore: decorator
@inline function at4(base: usize, i: i32): usize { return base + ((<usize>i) << 2); }

/** The largest of n float32, NaN where one is NaN. */
// @ts-ignore: decorator
@inline function largest(from: usize, n: i32): f32 {
  let most = -f32.MAX_VALUE * 2, i = 0;
  if (n >= 8) {
    let m = v128.load(from);
    for (i = 4; i + 4 <= n; i += 4) m = f32x4.max(m, v128.load(at4(from, i)));
    most = max(max(f32x4.extract_lane(m, 0), f32x4.extract_lane(m, 1)), max(f32x4.extract_lane(m, 2), f32x4.extract_lane(m, 3)));
  }
  for (; i < n; i++) most = max(most, load<f32>(at4(from, i)));
  return most;
}

/** Writes e^(x - most) of n float32 and returns their sum, in a fixed order. */
// @ts-ignore: decorator
@inline function powers(from: usize, to: usize, n: i32, most: f32): f32 {
  const shift = f32x4.splat(most);
  let sum = f32x4.splat(0), i = 0;
  for (; i + 4 <= n; i += 4) {
    const e = exp4(f32x4.sub(v128.load(at4(from, i)), shift));
    sum = f32x4.add(sum, e);
    v128.store(at4(to, i), e);
  }
  let total = (f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1)) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
  if (i < n) {
    const e = exp4(f32x4.sub(v128.load(at4(from, i)), shift));
    storeLanes(at4(to, i), e, n - i);
    total += f32x4.extract_lane(e, 0);
    if (n - i > 1) total += f32x4.extract_lane(e, 1);
    if (n - i > 2) total += f32x4.extract_lane(e, 2);
  }
  return total;
}

/** log of one float32. */
// @ts-ignore: decorator
@inline function log1(x: f32): f32 { return f32x4.extract_lane(log4(f32x4.splat(x)), 0); }

/** n float32 times a factor. */
// @ts-ignore: decorator
@inline function scale(from: usize, to: usize, n: i32, factor: f32): void {
  const f = f32x4.splat(factor);
  let i = 0;
  for (; i + 4 <= n; i += 4) v128.store(at4(to, i), f32x4.mul(v128.load(at4(from, i)), f));
  for (; i < n; i++) store<f32>(at4(to, i), load<f32>(at4(from, i)) * factor);
}

/** Rows that lie side by side. Words: x, output, rows, n. */
export function softmaxRows_f32(part: i32, parts: i32): void {
  const n = word(3), end = partStart(part + 1, parts, word(2), 4);
  for (let r = partStart(part, parts, word(2), 4); r < end; r++) {
    const row = (<usize>r * <usize>n) << 2, from = address(0) + row, to = address(1) + row;
    scale(to, to, n, 1 / powers(from, to, n, largest(from, n)));
  }
}

/** Rows that lie side by side. Words: x, output, rows, n. */
export function logSoftmaxRows_f32(part: i32, parts: i32): void {
  const n = word(3), end = partStart(part + 1, parts, word(2), 4);
  for (let r = partStart(part, parts, word(2), 4); r < end; r++) {
    const row = (<usize>r * <usize>n) << 2, from = address(0) + row, to = address(1) + row;
    const most = largest(from, n), log = log1(powers(from, to, n, most));
    for (let i = 0; i < n; i++) store<f32>(at4(to, i), load<f32>(at4(from, i)) - most - log);
  }
}

// Any axis, in float64: [outer, n, inner]. Words: x, output, outer, n, inner.
// @ts-ignore: decorator
@inline function along<T>(logarithm: bool, part: i32, parts: i32): void {
  const n = word(3), inner = word(4), total = word(2) * inner, line = (<usize>inner) << alignof<T>();
  const end = partStart(part + 1, parts, total, 16);
  for (let i = partStart(part, parts, total, 16); i < end; i++) {
    const o = i / inner, start = (<usize>o * <usize>n * <usize>inner + <usize>(i - o * inner)) << alignof<T>();
    const from = address(0) + start, to = address(1) + start;
    let most: f64 = -Infinity, sum: f64 = 0;
    for (let r = 0; r < n; r++) most = max(most, <f64>load<T>(from + <usize>r * line));
    for (let r = 0; r < n; r++) sum += Math.exp(<f64>load<T>(from + <usize>r * line) - most);
    const log = logarithm ? Math.log(sum) : 0;
    for (let r = 0; r < n; r++) {
      const x = <f64>load<T>(from + <usize>r * line) - most;
      store<T>(to + <usize>r * line, <T>(logarithm ? x - log : Math.exp(x) / sum));
    }
  }
}
export function softmax_f32(part: i32, parts: i32): void { along<f32>(false, part, parts); }
export function softmax_f64(part: i32, parts: i32): void { along<f64>(false, part, parts); }
export function logSoftmax_f32(part: i32, parts: i32): void { along<f32>(true, part, parts); }
export function logSoftmax_f64(part: i32, parts: i32): void { along<f64>(true, part, parts); }

/** Words: logits, int32 classes, losses, gradient, rows, n. */
export function classCrossEntropy_f32(part: i32, parts: i32): void {
  const n = word(5), end = partStart(part + 1, parts, word(4), 16);
  for (let r = partStart(part, parts, word(4), 16); r < end; r++) {
    const row = (<usize>r * <usize>n) << 2, from = address(0) + row, to = address(3) + row;
    const most = largest(from, n), sum = powers(from, to, n, most);
    scale(to, to, n, 1 / sum);
    const c = load<i32>(at4(address(1), r));
    store<f32>(at4(address(2), r), log1(sum) - (load<f32>(at4(from, c)) - most));
    store<f32>(at4(to, c), load<f32>(at4(to, c)) - 1);
  }
}

export function classCrossEntropy_f64(part: i32, parts: i32): void {
  const n = word(5), end = partStart(part + 1, parts, word(4), 16);
  for (let r = partStart(part, parts, word(4), 16); r < end; r++) {
    const row = (<usize>r * <usize>n) << 3, from = address(0) + row, to = address(3) + row;
    const c = load<i32>(at4(address(1), r));
    let most: f64 = -Infinity, sum: f64 = 0;
    for (let i = 0; i < n; i++) most = max(most, load<f64>(from + (i << 3)));
    for (let i = 0; i < n; i++) sum += Math.exp(load<f64>(from + (i << 3)) - most);
    store<f64>(address(2) + (r << 3), Math.log(sum) - (load<f64>(from + (c << 3)) - most));
    for (let i = 0; i < n; i++) store<f64>(to + (i << 3), Math.exp(load<f64>(from + (i << 3)) - most) / sum - (i == c ? 1.0 : 0.0));
  }
}

// Probabilities as targets, in float64. Words: logits, targets, losses, gradient, rows, n.
// @ts-ignore: decorator
@inline function crossEntropy<T>(part: i32, parts: i32): void {
  const n = word(5), end = partStart(part + 1, parts, word(4), 16);
  for (let r = partStart(part, parts, word(4), 16); r < end; r++) {
    const row = (<usize>r * <usize>n) << alignof<T>(), from = address(0) + row, target = address(1) + row, to = address(3) + row;
    let most: f64 = -Infinity, sum: f64 = 0, weight: f64 = 0, loss: f64 = 0;
    for (let i = 0; i < n; i++) most = max(most, <f64>load<T>(from + (<usize>i << alignof<T>())));
    for (let i = 0; i < n; i++) sum += Math.exp(<f64>load<T>(from + (<usize>i << alignof<T>())) - most);
    const log = Math.log(sum);
    for (let i = 0; i < n; i++) {
      const t = <f64>load<T>(target + (<usize>i << alignof<T>()));
      weight += t;
      loss -= t * (<f64>load<T>(from + (<usize>i << alignof<T>())) - most - log);
    }
    store<T>(address(2) + (<usize>r << alignof<T>()), <T>loss);
    for (let i = 0; i < n; i++) {
      const p = Math.exp(<f64>load<T>(from + (<usize>i << alignof<T>())) - most) / sum;
      store<T>(to + (<usize>i << alignof<T>()), <T>(p * weight - <f64>load<T>(target + (<usize>i << alignof<T>()))));
    }
  }
}
export function crossEntropy_f32(part: i32, parts: i32): void { crossEntropy<f32>(part, parts); }
export function crossEntropy_f64(part: i32, parts: i32): void { crossEntropy<f64>(part, parts); }
