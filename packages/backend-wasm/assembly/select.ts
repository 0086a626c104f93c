// Picks elements of one input or another by a third, by element width alone.
import { address, partStart, word } from "./layout";
import { rowOffset } from "./walk";

/** 16 elements of 4 bytes at once; returns how many were done. `wholeA` and `wholeB` are constants where this is inlined. */
// @ts-ignore: decorator
@inline function select16(test: usize, a: usize, wholeA: bool, b: usize, wholeB: bool, to: usize, n: i32): i32 {
  const x = v128.load32_splat(a), y = v128.load32_splat(b);
  let i = 0;
  for (; i + 16 <= n; i += 16) {
    // Bytes of 0 and 1 become masks of 0 and -1.
    const mask = i8x16.neg(v128.load(test + i)), low = i16x8.extend_low_i8x16_s(mask), high = i16x8.extend_high_i8x16_s(mask);
    v128.store(to, v128.bitselect(wholeA ? v128.load(a) : x, wholeB ? v128.load(b) : y, i32x4.extend_low_i16x8_s(low)));
    v128.store(to, v128.bitselect(wholeA ? v128.load(a, 16) : x, wholeB ? v128.load(b, 16) : y, i32x4.extend_high_i16x8_s(low)), 16);
    v128.store(to, v128.bitselect(wholeA ? v128.load(a, 32) : x, wholeB ? v128.load(b, 32) : y, i32x4.extend_low_i16x8_s(high)), 32);
    v128.store(to, v128.bitselect(wholeA ? v128.load(a, 48) : x, wholeB ? v128.load(b, 48) : y, i32x4.extend_high_i16x8_s(high)), 48);
    to += 64;
    if (wholeA) a += 64;
    if (wholeB) b += 64;
  }
  return i;
}

// @ts-ignore: decorator
@inline function row<T>(test: usize, stepTest: i32, a: usize, stepA: i32, b: usize, stepB: i32, to: usize, n: i32): void {
  let i = 0;
  if (sizeof<T>() == 4 && stepTest == 1) {
    if (stepA && stepB) i = select16(test, a, true, b, true, to, n);
    else if (stepA) i = select16(test, a, true, b, false, to, n);
    else if (stepB) i = select16(test, a, false, b, true, to, n);
  }
  for (; i < n; i++) {
    const from = load<u8>(test + i * stepTest) ? a + ((<usize>(i * stepA)) << alignof<T>()) : b + ((<usize>(i * stepB)) << alignof<T>());
    store<T>(to + ((<usize>i) << alignof<T>()), load<T>(from));
  }
}

// Words: condition, a, b, output, inner size, steps of the three, outer axes, rows. Plan: size and three strides an axis.
// @ts-ignore: decorator
@inline function select<T>(part: i32, parts: i32): void {
  const test = address(0), a = address(1), b = address(2), to = address(3);
  const n = word(4), stepTest = word(5), stepA = word(6), stepB = word(7), axes = word(8), rows = word(9);
  if (rows == 1) {
    const start = partStart(part, parts, n, 64), size = partStart(part + 1, parts, n, 64) - start;
    row<T>(
      test + start * stepTest, stepTest, a + ((<usize>(start * stepA)) << alignof<T>()), stepA,
      b + ((<usize>(start * stepB)) << alignof<T>()), stepB, to + ((<usize>start) << alignof<T>()), size,
    );
    return;
  }
  const last = partStart(part + 1, parts, rows, 1);
  for (let r = partStart(part, parts, rows, 1); r < last; r++)
    row<T>(
      test + rowOffset(r, axes, 3, 0, 0), stepTest, a + ((<usize>rowOffset(r, axes, 3, 1, 0)) << alignof<T>()), stepA,
      b + ((<usize>rowOffset(r, axes, 3, 2, 0)) << alignof<T>()), stepB, to + ((<usize>r * <usize>n) << alignof<T>()), n,
    );
}
export function select_1(part: i32, parts: i32): void { select<u8>(part, parts); }
export function select_2(part: i32, parts: i32): void { select<u16>(part, parts); }
export function select_4(part: i32, parts: i32): void { select<u32>(part, parts); }
export function select_8(part: i32, parts: i32): void { select<u64>(part, parts); }
