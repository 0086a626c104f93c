// Taking and adding by indices.
import { address, partStart, word } from "./layout";

/** Position of the first of n indices outside [0, size), or -1. Words: indices, n, size; the answer is in word 3. */
export function checkIndices(_part: i32, _parts: i32): void {
  const from = address(0), n = word(1), size = <u32>word(2);
  let bad = -1;
  for (let i = 0; i < n; i++)
    if (load<u32>(from + ((<usize>i) << 2)) >= size) {
      bad = i;
      break;
    }
  store<i32>(address(3), bad);
}

/** Words: x, indices, output, batches, rows before, taken, bytes behind, size of the axis. */
export function gather(part: i32, parts: i32): void {
  const x = address(0), indices = address(1), out = address(2);
  const before = word(4), taken = word(5), bytes = <usize>address(6), size = word(7);
  const total = word(3) * before * taken, end = partStart(part + 1, parts, total, 64);
  for (let i = partStart(part, parts, total, 64); i < end; i++) {
    const line = i / taken, t = i - line * taken;
    const index = load<i32>(indices + ((<usize>((line / before) * taken + t)) << 2));
    const from = x + (<usize>line * <usize>size + <usize>index) * bytes, to = out + <usize>i * bytes;
    if (bytes == 4) store<u32>(to, load<u32>(from));
    else if (bytes == 1) store<u8>(to, load<u8>(from));
    else if (bytes == 2) store<u16>(to, load<u16>(from));
    else if (bytes == 8) store<u64>(to, load<u64>(from));
    else memory.copy(to, from, bytes);
  }
}

/** Gather of rows whose size makes each worth a thread's while; words as gather's. */
export function gatherRows(part: i32, parts: i32): void {
  const x = address(0), indices = address(1), out = address(2);
  const before = word(4), taken = word(5), bytes = <usize>address(6), size = word(7);
  const total = word(3) * before * taken, end = partStart(part + 1, parts, total, 1);
  for (let i = partStart(part, parts, total, 1); i < end; i++) {
    const line = i / taken, t = i - line * taken;
    const index = load<i32>(indices + ((<usize>((line / before) * taken + t)) << 2));
    memory.copy(out + <usize>i * bytes, x + (<usize>line * <usize>size + <usize>index) * bytes, bytes);
  }
}

// Words: updates, indices, output (zeros), batches, rows before, taken, elements behind, size of the axis.
// Parts share the elements behind, so that repeats always add up in the same order.
// @ts-ignore: decorator
@inline function scatter<T>(part: i32, parts: i32): void {
  const updates = address(0), indices = address(1), out = address(2);
  const before = word(4), taken = word(5), behind = word(6), size = word(7), total = word(3) * before * taken;
  const start = partStart(part, parts, behind, 16), end = partStart(part + 1, parts, behind, 16);
  for (let i = 0; i < total; i++) {
    const line = i / taken, t = i - line * taken;
    const index = load<i32>(indices + ((<usize>((line / before) * taken + t)) << 2));
    const from = updates + ((<usize>i * <usize>behind) << alignof<T>());
    const to = out + (((<usize>line * <usize>size + <usize>index) * <usize>behind) << alignof<T>());
    for (let j = start; j < end; j++) {
      const at = (<usize>j) << alignof<T>();
      store<T>(to + at, <T>(load<T>(to + at) + load<T>(from + at)));
    }
  }
}
export function scatterAdd_f32(part: i32, parts: i32): void { scatter<f32>(part, parts); }
export function scatterAdd_f64(part: i32, parts: i32): void { scatter<f64>(part, parts); }
export function scatterAdd_i32(part: i32, parts: i32): void { scatter<i32>(part, parts); }
export function scatterAdd_i8(part: i32, parts: i32): void { scatter<i8>(part, parts); }
export function scatterAdd_u8(part: i32, parts: i32): void { scatter<u8>(part, parts); }
