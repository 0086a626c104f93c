// Conversion between element types: every value passes through a float64, which holds them all exactly.
import { fromHalf, toHalf } from "./half";
import { address, partStart, word } from "./layout";

/** Stands for float16: an unsigned type that nothing else uses. */
type f16 = u16;
/** Stands for bool, whose numbers are bytes of 0 and 1. */
type truth = bool;

// @ts-ignore: decorator
@inline function read<T>(at: usize): f64 {
  if (isHalf<T>()) return fromHalf(<u32>load<u16>(at));
  return <f64>load<T>(at);
}

// @ts-ignore: decorator
@inline function isHalf<T>(): bool { return sizeof<T>() == 2; }

// @ts-ignore: decorator
@inline function write<To, From>(at: usize, x: f64): void {
  if (isBoolean<To>()) store<u8>(at, x == 0 ? 0 : 1);
  else if (isHalf<To>()) store<u16>(at, <u16>toHalf(x));
  else if (isFloat<To>()) store<To>(at, <To>x);
  else if (isFloat<From>() || isHalf<From>()) {
    // Cut off and saturated; NaN gives 0.
    const whole = <i32>x;
    if (sizeof<To>() == 4) store<i32>(at, whole);
    else if (isSigned<To>()) store<i8>(at, <i8>max(min(whole, 127), -128));
    else store<u8>(at, <u8>max(min(whole, 255), 0));
  } else store<To>(at, <To>(<i32>x));
}

// Words: input, output, count.
// @ts-ignore: decorator
@inline function cast<From, To>(part: i32, parts: i32): void {
  const from = address(0), to = address(1), n = word(2);
  const end = partStart(part + 1, parts, n, 64);
  let i = partStart(part, parts, n, 64);
  if (isFloat<To>() && sizeof<To>() == 4) {
    if (!isFloat<From>() && sizeof<From>() == 4)
      for (; i + 4 <= end; i += 4) v128.store(to + ((<usize>i) << 2), f32x4.convert_i32x4_s(v128.load(from + ((<usize>i) << 2))));
    if (!isSigned<From>() && sizeof<From>() == 1)
      for (; i + 8 <= end; i += 8) {
        const words = v128.load_ext<u8>(from + i), at = to + ((<usize>i) << 2);
        v128.store(at, f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(words)));
        v128.store(at, f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(words)), 16);
      }
  }
  for (; i < end; i++) write<To, From>(to + ((<usize>i) << alignof<To>()), read<From>(from + ((<usize>i) << alignof<From>())));
}
export function cast_f16_f32(part: i32, parts: i32): void { cast<f16, f32>(part, parts); }
export function cast_f16_f64(part: i32, parts: i32): void { cast<f16, f64>(part, parts); }
export function cast_f16_i32(part: i32, parts: i32): void { cast<f16, i32>(part, parts); }
export function cast_f16_i8(part: i32, parts: i32): void { cast<f16, i8>(part, parts); }
export function cast_f16_u8(part: i32, parts: i32): void { cast<f16, u8>(part, parts); }
export function cast_f16_bool(part: i32, parts: i32): void { cast<f16, truth>(part, parts); }
export function cast_f32_f16(part: i32, parts: i32): void { cast<f32, f16>(part, parts); }
export function cast_f32_f64(part: i32, parts: i32): void { cast<f32, f64>(part, parts); }
export function cast_f32_i32(part: i32, parts: i32): void { cast<f32, i32>(part, parts); }
export function cast_f32_i8(part: i32, parts: i32): void { cast<f32, i8>(part, parts); }
export function cast_f32_u8(part: i32, parts: i32): void { cast<f32, u8>(part, parts); }
export function cast_f32_bool(part: i32, parts: i32): void { cast<f32, truth>(part, parts); }
export function cast_f64_f16(part: i32, parts: i32): void { cast<f64, f16>(part, parts); }
export function cast_f64_f32(part: i32, parts: i32): void { cast<f64, f32>(part, parts); }
export function cast_f64_i32(part: i32, parts: i32): void { cast<f64, i32>(part, parts); }
export function cast_f64_i8(part: i32, parts: i32): void { cast<f64, i8>(part, parts); }
export function cast_f64_u8(part: i32, parts: i32): void { cast<f64, u8>(part, parts); }
export function cast_f64_bool(part: i32, parts: i32): void { cast<f64, truth>(part, parts); }
export function cast_i32_f16(part: i32, parts: i32): void { cast<i32, f16>(part, parts); }
export function cast_i32_f32(part: i32, parts: i32): void { cast<i32, f32>(part, parts); }
export function cast_i32_f64(part: i32, parts: i32): void { cast<i32, f64>(part, parts); }
export function cast_i32_i8(part: i32, parts: i32): void { cast<i32, i8>(part, parts); }
export function cast_i32_u8(part: i32, parts: i32): void { cast<i32, u8>(part, parts); }
export function cast_i32_bool(part: i32, parts: i32): void { cast<i32, truth>(part, parts); }
export function cast_i8_f16(part: i32, parts: i32): void { cast<i8, f16>(part, parts); }
export function cast_i8_f32(part: i32, parts: i32): void { cast<i8, f32>(part, parts); }
export function cast_i8_f64(part: i32, parts: i32): void { cast<i8, f64>(part, parts); }
export function cast_i8_i32(part: i32, parts: i32): void { cast<i8, i32>(part, parts); }
export function cast_i8_u8(part: i32, parts: i32): void { cast<i8, u8>(part, parts); }
export function cast_i8_bool(part: i32, parts: i32): void { cast<i8, truth>(part, parts); }
export function cast_u8_f16(part: i32, parts: i32): void { cast<u8, f16>(part, parts); }
export function cast_u8_f32(part: i32, parts: i32): void { cast<u8, f32>(part, parts); }
export function cast_u8_f64(part: i32, parts: i32): void { cast<u8, f64>(part, parts); }
export function cast_u8_i32(part: i32, parts: i32): void { cast<u8, i32>(part, parts); }
export function cast_u8_i8(part: i32, parts: i32): void { cast<u8, i8>(part, parts); }
export function cast_u8_bool(part: i32, parts: i32): void { cast<u8, truth>(part, parts); }
