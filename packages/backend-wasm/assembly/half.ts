// Halves (IEEE 754 binary16) and their values.

/** The exact value of 16 bits. */
export function fromHalf(bits: u32): f64 {
  const exponent = (bits >> 10) & 31, fraction = <f64>(bits & 1023);
  let size: f64;
  if (exponent == 0) size = fraction * 5.9604644775390625e-8;
  else if (exponent == 31) size = fraction == 0 ? Infinity : NaN;
  else size = (1 + fraction / 1024) * reinterpret<f64>(<u64>(exponent + 1008) << 52);
  return bits & 0x8000 ? -size : size;
}

/** The nearest half, ties to even; NaN becomes 0x7e00. */
export function toHalf(x: f64): u32 {
  if (x != x) return 0x7e00;
  const sign = <u32>(reinterpret<u64>(x) >> 48) & 0x8000;
  const size = Math.abs(x);
  if (size >= 65536) return sign | 0x7c00;
  const exponent = max(<i32>(reinterpret<u64>(size) >> 52), 1009) - 1023;
  const scaled = nearest<f64>(size * reinterpret<f64>(<u64>(1033 - exponent) << 52));
  return sign | <u32>(((exponent + 14) << 10) + <i32>scaled);
}
