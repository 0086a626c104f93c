// Copies between strided views, by element width: what transpose, slice, pad, concat and the rest are made of.
import { address, partStart, word } from "./layout";
import { turn4 } from "./pack";
import { rowOffset } from "./walk";

// @ts-ignore: decorator
@inline function copyRow<T>(from: usize, stepFrom: i32, to: usize, stepTo: i32, n: i32): void {
  if (stepFrom == 1 && stepTo == 1) {
    memory.copy(to, from, (<usize>n) << alignof<T>());
    return;
  }
  const df = stepFrom << alignof<T>(), dt = stepTo << alignof<T>();
  for (let i = 0; i < n; i++, from += df, to += dt) store<T>(to, load<T>(from));
}

// Words: input, output, inner size, step of the input, step of the output, outer axes, rows. Plan: size and two strides an axis.
// @ts-ignore: decorator
@inline function copy<T>(part: i32, parts: i32): void {
  const from = address(0), to = address(1), n = word(2), stepFrom = word(3), stepTo = word(4), axes = word(5), rows = word(6);
  if (rows == 1) {
    const start = partStart(part, parts, n, 64), size = partStart(part + 1, parts, n, 64) - start;
    copyRow<T>(from + (start * stepFrom << alignof<T>()), stepFrom, to + (start * stepTo << alignof<T>()), stepTo, size);
    return;
  }
  const last = partStart(part + 1, parts, rows, 1);
  for (let r = partStart(part, parts, rows, 1); r < last; r++)
    copyRow<T>(from + (rowOffset(r, axes, 2, 0, 0) << alignof<T>()), stepFrom, to + (rowOffset(r, axes, 2, 1, 0) << alignof<T>()), stepTo, n);
}
export function copy_1(part: i32, parts: i32): void { copy<u8>(part, parts); }
export function copy_2(part: i32, parts: i32): void { copy<u16>(part, parts); }
export function copy_4(part: i32, parts: i32): void { copy<u32>(part, parts); }
export function copy_8(part: i32, parts: i32): void { copy<u64>(part, parts); }

/** Side of the squares in which a plane is transposed, so that both sides stay in the cache. */
// @ts-ignore: decorator
@inline const SIDE = 32;

/** `to[r * rowTo + c] = from[c * columnFrom + r]` for a square. */
// @ts-ignore: decorator
@inline function turnSquare<T>(from: usize, columnFrom: i32, to: usize, rowTo: i32, rows: i32, columns: i32): void {
  const df = columnFrom << alignof<T>(), dt = rowTo << alignof<T>();
  if (sizeof<T>() == 4 && rows == SIDE && columns == SIDE) {
    for (let r = 0; r < SIDE; r += 4)
      for (let c = 0; c < SIDE; c += 4) turn4(from + c * df + (r << 2), df, to + r * dt + (c << 2), dt);
    return;
  }
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      store<T>(to + r * dt + (c << alignof<T>()), load<T>(from + c * df + (r << alignof<T>())));
}

// Words: input, output, rows, columns, stride of the input's columns, stride of the output's rows, outer axes, planes.
// @ts-ignore: decorator
@inline function turn<T>(part: i32, parts: i32): void {
  const from = address(0), to = address(1), rows = word(2), columns = word(3), columnFrom = word(4), rowTo = word(5), axes = word(6), planes = word(7);
  const strips = (rows + SIDE - 1) / SIDE;
  const last = partStart(part + 1, parts, strips * planes, 1);
  for (let s = partStart(part, parts, strips * planes, 1); s < last; s++) {
    const plane = s / strips, r = (s % strips) * SIDE;
    const f = from + (rowOffset(plane, axes, 2, 0, 0) << alignof<T>()), t = to + (rowOffset(plane, axes, 2, 1, 0) << alignof<T>());
    for (let c = 0; c < columns; c += SIDE)
      turnSquare<T>(
        f + (c * columnFrom + r << alignof<T>()), columnFrom, t + (r * rowTo + c << alignof<T>()), rowTo,
        min(SIDE, rows - r), min(SIDE, columns - c),
      );
  }
}
export function turn_1(part: i32, parts: i32): void { turn<u8>(part, parts); }
export function turn_2(part: i32, parts: i32): void { turn<u16>(part, parts); }
export function turn_4(part: i32, parts: i32): void { turn<u32>(part, parts); }
export function turn_8(part: i32, parts: i32): void { turn<u64>(part, parts); }

/** Bytes that lie side by side. Words: input, output, count. */
export function copyBytes(part: i32, parts: i32): void {
  const n = word(2), start = partStart(part, parts, n, 4096), end = partStart(part + 1, parts, n, 4096);
  memory.copy(address(1) + start, address(0) + start, end - start);
}
