// Elementwise kernels of two inputs with broadcasting: rows of an inner axis along which each input steps by 1 or 0.
import { address, plan, partStart, word } from "./layout";
import { floorDivide, integerPower, modulo, power } from "./special";
import { storeLanes } from "./simd";

// @ts-ignore: decorator
@inline const ADD = 0;
// @ts-ignore: decorator
@inline const SUB = 1;
// @ts-ignore: decorator
@inline const MUL = 2;
// @ts-ignore: decorator
@inline const DIV = 3;
// @ts-ignore: decorator
@inline const FLOORDIV = 4;
// @ts-ignore: decorator
@inline const MOD = 5;
// @ts-ignore: decorator
@inline const POW = 6;
// @ts-ignore: decorator
@inline const MAXIMUM = 7;
// @ts-ignore: decorator
@inline const MINIMUM = 8;
// @ts-ignore: decorator
@inline const ATAN2 = 9;
// @ts-ignore: decorator
@inline const EQUAL = 10;
// @ts-ignore: decorator
@inline const LESS = 11;
// @ts-ignore: decorator
@inline const LESSEQUAL = 12;
// @ts-ignore: decorator
@inline const LOGICALAND = 13;
// @ts-ignore: decorator
@inline const LOGICALOR = 14;
// @ts-ignore: decorator
@inline const LOGICALXOR = 15;

// Words: a, b, output, inner size, step of a, step of b (0 or 1), number of outer axes, rows in all.
// Plan, for each outer axis from the last one on: size, stride of a, stride of b, in elements.

// @ts-ignore: decorator
@inline function apply4(op: i32, x: v128, y: v128): v128 {
  if (op == ADD) return f32x4.add(x, y);
  if (op == SUB) return f32x4.sub(x, y);
  if (op == MUL) return f32x4.mul(x, y);
  if (op == DIV) return f32x4.div(x, y);
  if (op == MAXIMUM) return f32x4.max(x, y);
  return f32x4.min(x, y);
}

// @ts-ignore: decorator
@inline function applyFloat<T>(op: i32, x: T, y: T): T {
  if (op == ADD) return <T>(x + y);
  if (op == SUB) return <T>(x - y);
  if (op == MUL) return <T>(x * y);
  if (op == DIV) return <T>(x / y);
  if (op == MAXIMUM) return max<T>(x, y);
  if (op == MINIMUM) return min<T>(x, y);
  if (op == FLOORDIV) return <T>floorDivide(<f64>x, <f64>y);
  if (op == MOD) return <T>modulo(<f64>x, <f64>y);
  if (op == POW) return <T>power(<f64>x, <f64>y);
  return <T>Math.atan2(<f64>x, <f64>y);
}

// @ts-ignore: decorator
@inline function applyInteger(op: i32, x: i32, y: i32): i32 {
  if (op == ADD) return x + y;
  if (op == SUB) return x - y;
  if (op == MUL) return x * y;
  if (op == MAXIMUM) return max(x, y);
  if (op == MINIMUM) return min(x, y);
  if (op == POW) return integerPower(x, y);
  if (y == 0) return 0;
  // -2^31 / -1 does not fit and would trap.
  if (y == -1) return op == MOD ? 0 : -x;
  const rest = x % y, correct = rest != 0 && (rest < 0) != (y < 0);
  if (op == MOD) return correct ? rest + y : rest;
  return x / y - (correct ? 1 : 0);
}

// @ts-ignore: decorator
@inline function test<T>(op: i32, x: T, y: T): u8 {
  if (op == EQUAL) return x == y ? 1 : 0;
  if (op == LESS) return x < y ? 1 : 0;
  if (op == LESSEQUAL) return x <= y ? 1 : 0;
  if (op == LOGICALAND) return <u8>(<i32>x & <i32>y);
  if (op == LOGICALOR) return <u8>(<i32>x | <i32>y);
  return <u8>(<i32>x ^ <i32>y);
}

/** One row of float32. */
// @ts-ignore: decorator
@inline function row4(op: i32, a: usize, stepA: i32, b: usize, stepB: i32, to: usize, n: i32): void {
  const stop = to + ((<usize>(n & ~3)) << 2), rest = n & 3;
  if (stepA && stepB) {
    const stop16 = to + ((<usize>(n & ~15)) << 2);
    for (; to < stop16; a += 64, b += 64, to += 64) {
      v128.store(to, apply4(op, v128.load(a), v128.load(b)));
      v128.store(to, apply4(op, v128.load(a, 16), v128.load(b, 16)), 16);
      v128.store(to, apply4(op, v128.load(a, 32), v128.load(b, 32)), 32);
      v128.store(to, apply4(op, v128.load(a, 48), v128.load(b, 48)), 48);
    }
    for (; to < stop; a += 16, b += 16, to += 16) v128.store(to, apply4(op, v128.load(a), v128.load(b)));
    if (rest) storeLanes(to, apply4(op, v128.load(a), v128.load(b)), rest);
  } else if (stepA) {
    const y = v128.load32_splat(b);
    for (; to < stop; a += 16, to += 16) v128.store(to, apply4(op, v128.load(a), y));
    if (rest) storeLanes(to, apply4(op, v128.load(a), y), rest);
  } else {
    const x = v128.load32_splat(a);
    if (stepB) {
      for (; to < stop; b += 16, to += 16) v128.store(to, apply4(op, x, v128.load(b)));
      if (rest) storeLanes(to, apply4(op, x, v128.load(b)), rest);
    } else {
      const z = apply4(op, x, v128.load32_splat(b));
      for (; to < stop; to += 16) v128.store(to, z);
      if (rest) storeLanes(to, z, rest);
    }
  }
}

// @ts-ignore: decorator
@inline function test4(op: i32, x: v128, y: v128): v128 {
  if (op == EQUAL) return f32x4.eq(x, y);
  if (op == LESS) return f32x4.lt(x, y);
  return f32x4.le(x, y);
}

/** Comparisons of 16 float32 at once; returns how many were done. `wholeA` and `wholeB` are constants where this is inlined. */
// @ts-ignore: decorator
@inline function tests16(op: i32, a: usize, wholeA: bool, b: usize, wholeB: bool, to: usize, n: i32): i32 {
  const x = v128.load32_splat(a), y = v128.load32_splat(b);
  let i = 0;
  for (; i + 16 <= n; i += 16) {
    const m0 = test4(op, wholeA ? v128.load(a) : x, wholeB ? v128.load(b) : y);
    const m1 = test4(op, wholeA ? v128.load(a, 16) : x, wholeB ? v128.load(b, 16) : y);
    const m2 = test4(op, wholeA ? v128.load(a, 32) : x, wholeB ? v128.load(b, 32) : y);
    const m3 = test4(op, wholeA ? v128.load(a, 48) : x, wholeB ? v128.load(b, 48) : y);
    // Masks are 0 and -1.
    v128.store(to + i, i8x16.abs(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(m0, m1), i16x8.narrow_i32x4_s(m2, m3))));
    if (wholeA) a += 64;
    if (wholeB) b += 64;
  }
  return i;
}

/** One row of any type, one by one. */
// @ts-ignore: decorator
@inline function row<T>(op: i32, a: usize, stepA: i32, b: usize, stepB: i32, to: usize, n: i32): void {
  const da = (<usize>stepA) << alignof<T>(), db = (<usize>stepB) << alignof<T>();
  let i = 0;
  if (isFloat<T>() && sizeof<T>() == 4 && op >= EQUAL) {
    if (stepA && stepB) i = tests16(op, a, true, b, true, to, n);
    else if (stepA) i = tests16(op, a, true, b, false, to, n);
    else if (stepB) i = tests16(op, a, false, b, true, to, n);
    a += <usize>i * da; b += <usize>i * db;
  }
  for (; i < n; i++, a += da, b += db) {
    const x = load<T>(a), y = load<T>(b);
    if (op >= EQUAL) store<u8>(to + i, test<T>(op, x, y));
    else if (isFloat<T>()) store<T>(to + ((<usize>i) << alignof<T>()), applyFloat<T>(op, x, y));
    else store<T>(to + ((<usize>i) << alignof<T>()), <T>applyInteger(op, <i32>x, <i32>y));
  }
}

/** All rows of a part: of one row each part takes a piece, of many whole ones. */
// @ts-ignore: decorator
@inline function zip<T>(op: i32, vectors: bool, part: i32, parts: i32): void {
  const a = address(0), b = address(1), to = address(2);
  const n = word(3), stepA = word(4), stepB = word(5), axes = word(6), rows = word(7);
  const shift: usize = op >= EQUAL ? 0 : alignof<T>();
  if (rows == 1) {
    const start = partStart(part, parts, n, 64), size = partStart(part + 1, parts, n, 64) - start;
    const fromA = a + ((<usize>(start * stepA)) << alignof<T>()), fromB = b + ((<usize>(start * stepB)) << alignof<T>());
    if (vectors) row4(op, fromA, stepA, fromB, stepB, to + ((<usize>start) << 2), size);
    else row<T>(op, fromA, stepA, fromB, stepB, to + ((<usize>start) << shift), size);
    return;
  }
  const first = partStart(part, parts, rows, 1), last = partStart(part + 1, parts, rows, 1);
  if (first >= last) return;
  const size0 = plan(0), a0 = plan(1), b0 = plan(2);
  let index = first % size0, rest = first / size0;
  let atA = index * a0, atB = index * b0;
  for (let axis = 1, r = rest; axis < axes; axis++) {
    const size = plan(axis * 3), i = r % size;
    r /= size;
    atA += i * plan(axis * 3 + 1); atB += i * plan(axis * 3 + 2);
  }
  for (let r = first; r < last; r++) {
    const fromA = a + ((<usize>atA) << alignof<T>()), fromB = b + ((<usize>atB) << alignof<T>()), out = to + ((<usize>r * <usize>n) << shift);
    if (vectors) row4(op, fromA, stepA, fromB, stepB, out, n);
    else row<T>(op, fromA, stepA, fromB, stepB, out, n);
    index++; atA += a0; atB += b0;
    if (index == size0) {
      index = 0; atA -= a0 * size0; atB -= b0 * size0; rest++;
      for (let axis = 1, q = rest; axis < axes; axis++) {
        const size = plan(axis * 3);
        atA += plan(axis * 3 + 1); atB += plan(axis * 3 + 2);
        if (q % size != 0) break;
        atA -= plan(axis * 3 + 1) * size; atB -= plan(axis * 3 + 2) * size; q /= size;
      }
    }
  }
}

export function add_f32(part: i32, parts: i32): void { zip<f32>(ADD, true, part, parts); }
export function add_f64(part: i32, parts: i32): void { zip<f64>(ADD, false, part, parts); }
export function add_i32(part: i32, parts: i32): void { zip<i32>(ADD, false, part, parts); }
export function add_i8(part: i32, parts: i32): void { zip<i8>(ADD, false, part, parts); }
export function add_u8(part: i32, parts: i32): void { zip<u8>(ADD, false, part, parts); }
export function sub_f32(part: i32, parts: i32): void { zip<f32>(SUB, true, part, parts); }
export function sub_f64(part: i32, parts: i32): void { zip<f64>(SUB, false, part, parts); }
export function sub_i32(part: i32, parts: i32): void { zip<i32>(SUB, false, part, parts); }
export function sub_i8(part: i32, parts: i32): void { zip<i8>(SUB, false, part, parts); }
export function sub_u8(part: i32, parts: i32): void { zip<u8>(SUB, false, part, parts); }
export function mul_f32(part: i32, parts: i32): void { zip<f32>(MUL, true, part, parts); }
export function mul_f64(part: i32, parts: i32): void { zip<f64>(MUL, false, part, parts); }
export function mul_i32(part: i32, parts: i32): void { zip<i32>(MUL, false, part, parts); }
export function mul_i8(part: i32, parts: i32): void { zip<i8>(MUL, false, part, parts); }
export function mul_u8(part: i32, parts: i32): void { zip<u8>(MUL, false, part, parts); }
export function div_f32(part: i32, parts: i32): void { zip<f32>(DIV, true, part, parts); }
export function div_f64(part: i32, parts: i32): void { zip<f64>(DIV, false, part, parts); }
export function floorDiv_f32(part: i32, parts: i32): void { zip<f32>(FLOORDIV, false, part, parts); }
export function floorDiv_f64(part: i32, parts: i32): void { zip<f64>(FLOORDIV, false, part, parts); }
export function floorDiv_i32(part: i32, parts: i32): void { zip<i32>(FLOORDIV, false, part, parts); }
export function floorDiv_i8(part: i32, parts: i32): void { zip<i8>(FLOORDIV, false, part, parts); }
export function floorDiv_u8(part: i32, parts: i32): void { zip<u8>(FLOORDIV, false, part, parts); }
export function mod_f32(part: i32, parts: i32): void { zip<f32>(MOD, false, part, parts); }
export function mod_f64(part: i32, parts: i32): void { zip<f64>(MOD, false, part, parts); }
export function mod_i32(part: i32, parts: i32): void { zip<i32>(MOD, false, part, parts); }
export function mod_i8(part: i32, parts: i32): void { zip<i8>(MOD, false, part, parts); }
export function mod_u8(part: i32, parts: i32): void { zip<u8>(MOD, false, part, parts); }
export function pow_f32(part: i32, parts: i32): void { zip<f32>(POW, false, part, parts); }
export function pow_f64(part: i32, parts: i32): void { zip<f64>(POW, false, part, parts); }
export function pow_i32(part: i32, parts: i32): void { zip<i32>(POW, false, part, parts); }
export function pow_i8(part: i32, parts: i32): void { zip<i8>(POW, false, part, parts); }
export function pow_u8(part: i32, parts: i32): void { zip<u8>(POW, false, part, parts); }
export function maximum_f32(part: i32, parts: i32): void { zip<f32>(MAXIMUM, true, part, parts); }
export function maximum_f64(part: i32, parts: i32): void { zip<f64>(MAXIMUM, false, part, parts); }
export function maximum_i32(part: i32, parts: i32): void { zip<i32>(MAXIMUM, false, part, parts); }
export function maximum_i8(part: i32, parts: i32): void { zip<i8>(MAXIMUM, false, part, parts); }
export function maximum_u8(part: i32, parts: i32): void { zip<u8>(MAXIMUM, false, part, parts); }
export function minimum_f32(part: i32, parts: i32): void { zip<f32>(MINIMUM, true, part, parts); }
export function minimum_f64(part: i32, parts: i32): void { zip<f64>(MINIMUM, false, part, parts); }
export function minimum_i32(part: i32, parts: i32): void { zip<i32>(MINIMUM, false, part, parts); }
export function minimum_i8(part: i32, parts: i32): void { zip<i8>(MINIMUM, false, part, parts); }
export function minimum_u8(part: i32, parts: i32): void { zip<u8>(MINIMUM, false, part, parts); }
export function atan2_f32(part: i32, parts: i32): void { zip<f32>(ATAN2, false, part, parts); }
export function atan2_f64(part: i32, parts: i32): void { zip<f64>(ATAN2, false, part, parts); }
export function equal_f32(part: i32, parts: i32): void { zip<f32>(EQUAL, false, part, parts); }
export function equal_f64(part: i32, parts: i32): void { zip<f64>(EQUAL, false, part, parts); }
export function equal_i32(part: i32, parts: i32): void { zip<i32>(EQUAL, false, part, parts); }
export function equal_i8(part: i32, parts: i32): void { zip<i8>(EQUAL, false, part, parts); }
export function equal_u8(part: i32, parts: i32): void { zip<u8>(EQUAL, false, part, parts); }
export function less_f32(part: i32, parts: i32): void { zip<f32>(LESS, false, part, parts); }
export function less_f64(part: i32, parts: i32): void { zip<f64>(LESS, false, part, parts); }
export function less_i32(part: i32, parts: i32): void { zip<i32>(LESS, false, part, parts); }
export function less_i8(part: i32, parts: i32): void { zip<i8>(LESS, false, part, parts); }
export function less_u8(part: i32, parts: i32): void { zip<u8>(LESS, false, part, parts); }
export function lessEqual_f32(part: i32, parts: i32): void { zip<f32>(LESSEQUAL, false, part, parts); }
export function lessEqual_f64(part: i32, parts: i32): void { zip<f64>(LESSEQUAL, false, part, parts); }
export function lessEqual_i32(part: i32, parts: i32): void { zip<i32>(LESSEQUAL, false, part, parts); }
export function lessEqual_i8(part: i32, parts: i32): void { zip<i8>(LESSEQUAL, false, part, parts); }
export function lessEqual_u8(part: i32, parts: i32): void { zip<u8>(LESSEQUAL, false, part, parts); }
export function logicalAnd_u8(part: i32, parts: i32): void { zip<u8>(LOGICALAND, false, part, parts); }
export function logicalOr_u8(part: i32, parts: i32): void { zip<u8>(LOGICALOR, false, part, parts); }
export function logicalXor_u8(part: i32, parts: i32): void { zip<u8>(LOGICALXOR, false, part, parts); }
