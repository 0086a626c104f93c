// Scalar functions that the standard library lacks or defines otherwise than NumPy.

/** Remainder with the divisor's sign; NaN by 0. */
export function modulo(x: f64, y: f64): f64 {
  const rest = x % y;
  if (rest == 0) return y < 0 ? -0.0 : 0;
  return (rest < 0) != (y < 0) ? rest + y : rest;
}

/** Largest whole number not above the quotient; infinity or NaN by 0. */
export function floorDivide(x: f64, y: f64): f64 {
  if (y == 0) return x / y;
  const rest = x % y;
  const quotient = (x - rest) / y - (rest != 0 && (rest < 0) != (y < 0) ? 1.0 : 0.0);
  return Math.floor(quotient + 0.5);
}

/** C's power: 1 to any power and -1 to an infinite one are 1. */
export function power(x: f64, y: f64): f64 {
  if (x == 1 || (x == -1 && (y == Infinity || y == -Infinity))) return 1;
  if (y == 2) return x * x;
  return Math.pow(x, y);
}

/** Power modulo 2^32; with a negative exponent the exact power cut to an integer. */
export function integerPower(x: i32, y: i32): i32 {
  if (y < 0) return x == 1 || (x == -1 && (y & 1) == 0) ? 1 : x == -1 ? -1 : 0;
  let result = 1;
  for (let base = x, rest = y; rest > 0; rest >>= 1) {
    if (rest & 1) result *= base;
    base *= base;
  }
  return result;
}
