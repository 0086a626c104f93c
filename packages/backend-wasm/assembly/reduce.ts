// Reductions of the middle one of the axes [outer, n, inner]; results do not depend on the number of threads.
import { address, partStart, word } from "./layout";
import { storeLanes } from "./simd";

// @ts-ignore: decorator
@inline const SUM = 0;
// @ts-ignore: decorator
@inline const PROD = 1;
// @ts-ignore: decorator
@inline const MAX = 2;
// @ts-ignore: decorator
@inline const MIN = 3;
// @ts-ignore: decorator
@inline const ANY = 4;
// @ts-ignore: decorator
@inline const ALL = 5;

/** Elements that are added up in float32 before they go on in float64. */
// @ts-ignore: decorator
@inline const CHUNK = 4096;
/** Rows that are added up in float32 before they go on in float64. */
// @ts-ignore: decorator
@inline const ROWS = 128;

// @ts-ignore: decorator
@inline function combine4(op: i32, x: v128, y: v128): v128 {
  if (op == SUM) return f32x4.add(x, y);
  if (op == PROD) return f32x4.mul(x, y);
  if (op == MAX) return f32x4.max(x, y);
  return f32x4.min(x, y);
}

// @ts-ignore: decorator
@inline function combine<T>(op: i32, x: T, y: T): T {
  if (op == SUM) return <T>(x + y);
  if (op == PROD) return <T>(x * y);
  if (op == MAX || op == ANY) return max<T>(x, y);
  return min<T>(x, y);
}

// @ts-ignore: decorator
@inline function startOf<T>(op: i32): T {
  if (op == SUM || op == ANY) return <T>0;
  if (op == PROD || op == ALL) return <T>1;
  if (op == MAX) {
    if (isFloat<T>()) return <T>(-Infinity);
    else return isSigned<T>() ? <T>(<i64>-1 << <i64>(sizeof<T>() * 8 - 1)) : <T>0;
  }
  if (isFloat<T>()) return <T>Infinity;
  else return isSigned<T>() ? <T>~(<i64>-1 << <i64>(sizeof<T>() * 8 - 1)) : <T>-1;
}

/** n float32 that lie side by side. */
// @ts-ignore: decorator
@inline function span(op: i32, from: usize, n: i32): f32 {
  const start = f32x4.splat(startOf<f32>(op));
  let s0 = start, s1 = start, s2 = start, s3 = start;
  const end = from + ((<usize>n) << 2), end16 = from + ((<usize>(n & ~15)) << 2);
  for (; from < end16; from += 64) {
    s0 = combine4(op, s0, v128.load(from)); s1 = combine4(op, s1, v128.load(from, 16));
    s2 = combine4(op, s2, v128.load(from, 32)); s3 = combine4(op, s3, v128.load(from, 48));
  }
  const s = combine4(op, combine4(op, s0, s1), combine4(op, s2, s3));
  let total = combine<f32>(
    op, combine<f32>(op, f32x4.extract_lane(s, 0), f32x4.extract_lane(s, 1)), combine<f32>(op, f32x4.extract_lane(s, 2), f32x4.extract_lane(s, 3)),
  );
  for (; from < end; from += 4) total = combine<f32>(op, total, load<f32>(from));
  return total;
}

/** Sums of chunks as float64: the parts of one long row. Words: input, parts, n. */
export function sumParts_f32(part: i32, parts: i32): void {
  const from = address(0), to = address(1), n = word(2), chunks = (n + CHUNK - 1) / CHUNK;
  const end = partStart(part + 1, parts, chunks, 8);
  for (let i = partStart(part, parts, chunks, 8); i < end; i++)
    store<f64>(to + ((<usize>i) << 3), <f64>span(SUM, from + ((<usize>i * CHUNK) << 2), min(CHUNK, n - i * CHUNK)));
}

/** The sum of the parts. Words: parts, output, count. */
export function joinParts_f32(_part: i32, _parts: i32): void {
  let total: f64 = 0;
  for (let i = 0; i < word(2); i++) total += load<f64>(address(0) + ((<usize>i) << 3));
  store<f32>(address(1), <f32>total);
}

/** The sum of one row, as sumParts_f32 and joinParts_f32 compute it. */
export function sumRow(from: usize, n: i32): f64 {
  let total: f64 = 0;
  for (let i = 0; i < n; i += CHUNK) total += <f64>span(SUM, from + ((<usize>i) << 2), min(CHUNK, n - i));
  return total;
}

// @ts-ignore: decorator
@inline function rows4(op: i32, part: i32, parts: i32): void {
  const from = address(0), to = address(1), outer = word(2), n = word(3), end = partStart(part + 1, parts, outer, 16);
  for (let i = partStart(part, parts, outer, 16); i < end; i++) {
    const row = from + ((<usize>i * <usize>n) << 2);
    store<f32>(to + ((<usize>i) << 2), op == SUM ? <f32>sumRow(row, n) : span(op, row, n));
  }
}

/** Up to 4 columns at once, from top to bottom. */
// @ts-ignore: decorator
@inline function column4(op: i32, from: usize, line: usize, n: i32): v128 {
  let total = f32x4.splat(startOf<f32>(op));
  if (op != SUM || n <= ROWS) {
    for (let i = 0; i < n; i++, from += line) total = combine4(op, total, v128.load(from));
    return total;
  }
  let low = f64x2.splat(0), high = low;
  for (let i = 0; i < n; i += ROWS) {
    let part = f32x4.splat(0);
    for (let r = min(ROWS, n - i); r > 0; r--, from += line) part = f32x4.add(part, v128.load(from));
    low = f64x2.add(low, f64x2.promote_low_f32x4(part));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i64>(part, part, 1, 0)));
  }
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

// @ts-ignore: decorator
@inline function columns4(op: i32, part: i32, parts: i32): void {
  const from = address(0), to = address(1), outer = word(2), n = word(3), inner = word(4);
  const line = (<usize>inner) << 2, groups = (inner + 15) / 16;
  const end = partStart(part + 1, parts, outer * groups, 1);
  for (let g = partStart(part, parts, outer * groups, 1); g < end; g++) {
    const o = g / groups;
    let j = (g - o * groups) * 16;
    const block = from + <usize>o * <usize>n * line, out = to + <usize>o * line;
    if (j + 16 <= inner && (op != SUM || n <= ROWS)) {
      const start = f32x4.splat(startOf<f32>(op));
      let s0 = start, s1 = start, s2 = start, s3 = start, p = block + ((<usize>j) << 2);
      for (let i = 0; i < n; i++, p += line) {
        s0 = combine4(op, s0, v128.load(p)); s1 = combine4(op, s1, v128.load(p, 16));
        s2 = combine4(op, s2, v128.load(p, 32)); s3 = combine4(op, s3, v128.load(p, 48));
      }
      const t = out + ((<usize>j) << 2);
      v128.store(t, s0); v128.store(t, s1, 16); v128.store(t, s2, 32); v128.store(t, s3, 48);
      continue;
    }
    for (const stop = min(inner, j + 16); j < stop; j += 4) {
      const s = column4(op, block + ((<usize>j) << 2), line, n), t = out + ((<usize>j) << 2);
      if (j + 4 <= stop) v128.store(t, s);
      else storeLanes(t, s, stop - j);
    }
  }
}

// Words: input, output, outer, n, inner.
// @ts-ignore: decorator
@inline function reduce4(op: i32, part: i32, parts: i32): void {
  if (word(4) == 1) rows4(op, part, parts);
  else columns4(op, part, parts);
}

// @ts-ignore: decorator
@inline function reduce<T>(op: i32, part: i32, parts: i32): void {
  const from = address(0), to = address(1), n = word(3), inner = word(4), total = word(2) * inner;
  const end = partStart(part + 1, parts, total, 64), line = (<usize>inner) << alignof<T>();
  for (let i = partStart(part, parts, total, 64); i < end; i++) {
    const o = i / inner;
    let p = from + ((<usize>o * <usize>n * <usize>inner + <usize>(i - o * inner)) << alignof<T>());
    let result = startOf<T>(op);
    for (let r = 0; r < n; r++, p += line) result = combine<T>(op, result, load<T>(p));
    store<T>(to + ((<usize>i) << alignof<T>()), result);
  }
}

// @ts-ignore: decorator
@inline function position<T>(largest: bool, part: i32, parts: i32): void {
  const from = address(0), to = address(1), n = word(3), inner = word(4), total = word(2) * inner;
  const end = partStart(part + 1, parts, total, 16), line = (<usize>inner) << alignof<T>();
  for (let i = partStart(part, parts, total, 16); i < end; i++) {
    const o = i / inner;
    let p = from + ((<usize>o * <usize>n * <usize>inner + <usize>(i - o * inner)) << alignof<T>());
    let best = load<T>(p), found = 0;
    for (let r = 1; r < n && best == best; r++) {
      p += line;
      const x = load<T>(p);
      if ((largest ? x > best : x < best) || x != x) { best = x; found = r; }
    }
    store<i32>(to + ((<usize>i) << 2), found);
  }
}

// Words: input, output, outer, n, inner, exclusive, reverse. Floats add up in float64.
// @ts-ignore: decorator
@inline function running<T, S>(part: i32, parts: i32): void {
  const from = address(0), to = address(1), n = word(3), inner = word(4), exclusive = word(5) != 0, reverse = word(6) != 0;
  const total = word(2) * inner, end = partStart(part + 1, parts, total, 64), step = inner << alignof<T>();
  for (let i = partStart(part, parts, total, 64); i < end; i++) {
    const o = i / inner;
    let at = (o * n * inner + (i - o * inner)) << alignof<T>();
    if (reverse) at += (n - 1) * step;
    let sum: S = 0;
    for (let r = 0; r < n; r++, at += reverse ? -step : step) {
      const next = <S>(sum + <S>load<T>(from + <usize><u32>at));
      store<T>(to + <usize><u32>at, <T>(exclusive ? sum : next));
      sum = next;
    }
  }
}
export function sum_f32(part: i32, parts: i32): void { reduce4(SUM, part, parts); }
export function sum_f64(part: i32, parts: i32): void { reduce<f64>(SUM, part, parts); }
export function sum_i32(part: i32, parts: i32): void { reduce<i32>(SUM, part, parts); }
export function prod_f32(part: i32, parts: i32): void { reduce4(PROD, part, parts); }
export function prod_f64(part: i32, parts: i32): void { reduce<f64>(PROD, part, parts); }
export function prod_i32(part: i32, parts: i32): void { reduce<i32>(PROD, part, parts); }
export function max_f32(part: i32, parts: i32): void { reduce4(MAX, part, parts); }
export function max_f64(part: i32, parts: i32): void { reduce<f64>(MAX, part, parts); }
export function max_i32(part: i32, parts: i32): void { reduce<i32>(MAX, part, parts); }
export function max_i8(part: i32, parts: i32): void { reduce<i8>(MAX, part, parts); }
export function max_u8(part: i32, parts: i32): void { reduce<u8>(MAX, part, parts); }
export function min_f32(part: i32, parts: i32): void { reduce4(MIN, part, parts); }
export function min_f64(part: i32, parts: i32): void { reduce<f64>(MIN, part, parts); }
export function min_i32(part: i32, parts: i32): void { reduce<i32>(MIN, part, parts); }
export function min_i8(part: i32, parts: i32): void { reduce<i8>(MIN, part, parts); }
export function min_u8(part: i32, parts: i32): void { reduce<u8>(MIN, part, parts); }
export function any_u8(part: i32, parts: i32): void { reduce<u8>(ANY, part, parts); }
export function all_u8(part: i32, parts: i32): void { reduce<u8>(ALL, part, parts); }
export function argMax_f32(part: i32, parts: i32): void { position<f32>(true, part, parts); }
export function argMax_f64(part: i32, parts: i32): void { position<f64>(true, part, parts); }
export function argMax_i32(part: i32, parts: i32): void { position<i32>(true, part, parts); }
export function argMax_i8(part: i32, parts: i32): void { position<i8>(true, part, parts); }
export function argMax_u8(part: i32, parts: i32): void { position<u8>(true, part, parts); }
export function argMin_f32(part: i32, parts: i32): void { position<f32>(false, part, parts); }
export function argMin_f64(part: i32, parts: i32): void { position<f64>(false, part, parts); }
export function argMin_i32(part: i32, parts: i32): void { position<i32>(false, part, parts); }
export function argMin_i8(part: i32, parts: i32): void { position<i8>(false, part, parts); }
export function argMin_u8(part: i32, parts: i32): void { position<u8>(false, part, parts); }
export function cumSum_f32(part: i32, parts: i32): void { running<f32, f64>(part, parts); }
export function cumSum_f64(part: i32, parts: i32): void { running<f64, f64>(part, parts); }
export function cumSum_i32(part: i32, parts: i32): void { running<i32, i32>(part, parts); }
