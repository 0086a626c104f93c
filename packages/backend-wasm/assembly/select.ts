// Picks elements of one input or another by a third, by element width alone.
import { address, partStart, word } from "./layout";
import { rowOffset } from "./walk";

// @ts-ignore: decorator
@inline function row<T>(test: usize, stepTest: i32, a: usize, stepA: i32, b: usize, stepB: i32, to: usize, n: i32): void {
  let i = 0;
  if (sizeof<T>() == 4 && stepTest == 1) {
    const zero = i32x4.splat(0), wholeA = v128.load32_splat(a), wholeB = v128.load32_splat(b);
    for (; i + 4 <= n; i += 4) {
      const at = (<usize>i) << 2;
      const mask = i32x4.ne(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(test + i))), zero);
      v128.store(to + at, v128.bitselect(stepA ? v128.load(a + at) : wholeA, stepB ? v128.load(b + at) : wholeB, mask));
    }
  }
  for (; i < n; i++) {
    const from = load<u8>(test + i * stepTest) ? a + ((<usize>(i * stepA)) << alignof<T>()) : b + ((<usize>(i * stepB)) << alignof<T>());
    store<T>(to + ((<usize>i) << alignof<T>()), load<T>(from));
  }
}

// Words: condition, a, b, output, inner size, steps of the three, outer axes, rows. Plan: size and three strides an axis.
// @ts-ignore: decorator
@inline function select<T>(id: i32, threads: i32): void {
  const test = address(0), a = address(1), b = address(2), to = address(3);
  const n = word(4), stepTest = word(5), stepA = word(6), stepB = word(7), axes = word(8), rows = word(9);
  if (rows == 1) {
    const start = partStart(id, threads, n, 64), size = partStart(id + 1, threads, n, 64) - start;
    row<T>(
      test + start * stepTest, stepTest, a + ((<usize>(start * stepA)) << alignof<T>()), stepA,
      b + ((<usize>(start * stepB)) << alignof<T>()), stepB, to + ((<usize>start) << alignof<T>()), size,
    );
    return;
  }
  const last = partStart(id + 1, threads, rows, 1);
  for (let r = partStart(id, threads, rows, 1); r < last; r++)
    row<T>(
      test + rowOffset(r, axes, 3, 0, 0), stepTest, a + ((<usize>rowOffset(r, axes, 3, 1, 0)) << alignof<T>()), stepA,
      b + ((<usize>rowOffset(r, axes, 3, 2, 0)) << alignof<T>()), stepB, to + ((<usize>r * <usize>n) << alignof<T>()), n,
    );
}
export function select_1(id: i32, threads: i32): void { select<u8>(id, threads); }
export function select_2(id: i32, threads: i32): void { select<u16>(id, threads); }
export function select_4(id: i32, threads: i32): void { select<u32>(id, threads); }
export function select_8(id: i32, threads: i32): void { select<u64>(id, threads); }
