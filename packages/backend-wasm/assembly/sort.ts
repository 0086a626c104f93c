// Stable sorting of rows: a merge sort of positions. NaN counts as larger than all numbers.
import { address, word } from "./layout";

// @ts-ignore: decorator
@inline function isBefore<T>(x: T, y: T, descending: bool): bool {
  if (isFloat<T>()) return descending ? x > y || (x != x && y == y) : x < y || (y != y && x == x);
  return descending ? x > y : x < y;
}

// Words: x, values, positions, rows, n, k (how many of each row to keep), descending, scratch memory of 2 n words.
// @ts-ignore: decorator
@inline function sort<T>(): void {
  let x = address(0), values = address(1), positions = address(2);
  const rows = word(3), n = word(4), k = word(5), descending = word(6) != 0;
  for (let r = 0; r < rows; r++) {
    let from = address(7), to = from + ((<usize>n) << 2);
    for (let i = 0; i < n; i++) store<i32>(from + ((<usize>i) << 2), i);
    for (let width = 1; width < n; width <<= 1) {
      for (let start = 0; start < n; start += width << 1) {
        const middle = min(start + width, n), end = min(start + (width << 1), n);
        let left = start, right = middle;
        for (let i = start; i < end; i++) {
          const l = left < middle ? load<i32>(from + ((<usize>left) << 2)) : 0, q = right < end ? load<i32>(from + ((<usize>right) << 2)) : 0;
          const takeRight = left == middle ||
            (right < end && isBefore<T>(load<T>(x + ((<usize>q) << alignof<T>())), load<T>(x + ((<usize>l) << alignof<T>())), descending));
          store<i32>(to + ((<usize>i) << 2), takeRight ? q : l);
          if (takeRight) right++;
          else left++;
        }
      }
      const other = from;
      from = to;
      to = other;
    }
    for (let i = 0; i < k; i++) {
      const position = load<i32>(from + ((<usize>i) << 2));
      store<i32>(positions, position);
      store<T>(values, load<T>(x + ((<usize>position) << alignof<T>())));
      positions += 4; values += sizeof<T>();
    }
    x += (<usize>n) << alignof<T>();
  }
}
export function sort_f32(_part: i32, _parts: i32): void { sort<f32>(); }
export function sort_f64(_part: i32, _parts: i32): void { sort<f64>(); }
export function sort_i32(_part: i32, _parts: i32): void { sort<i32>(); }
export function sort_i8(_part: i32, _parts: i32): void { sort<i8>(); }
export function sort_u8(_part: i32, _parts: i32): void { sort<u8>(); }
