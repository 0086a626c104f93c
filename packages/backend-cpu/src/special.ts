/** Scalar functions that JavaScript lacks or defines otherwise than NumPy. */

/** The nearest whole number, halves to the even one. */
export function roundHalfEven(x: number): number {
  const nearest = Math.round(x);
  return nearest - x === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
}

/** `1 / (1 + exp(-x))`. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Remainder with the divisor's sign; NaN by 0. */
export function floatMod(x: number, y: number): number {
  const rest = x % y;
  if (rest === 0) return y < 0 ? -0 : 0;
  return rest < 0 !== y < 0 ? rest + y : rest;
}

/** Largest whole number not above the quotient, so that `x = floorDiv(x, y) * y + mod(x, y)`; infinity or NaN by 0. */
export function floatFloorDiv(x: number, y: number): number {
  if (y === 0) return x / y;
  const rest = x % y;
  const quotient = (x - rest) / y - (rest !== 0 && rest < 0 !== y < 0 ? 1 : 0);
  return Math.round(quotient);
}

/** C's power: 1 to any power and -1 to an infinite one are 1, where JavaScript says NaN. */
export function floatPow(x: number, y: number): number {
  if (x === 1 || (x === -1 && (y === Infinity || y === -Infinity))) return 1;
  return x ** y;
}

/** Remainder with the divisor's sign; 0 by 0. */
export function integerMod(x: number, y: number): number {
  if (y === 0) return 0;
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

/** Largest integer not above the quotient; 0 by 0. */
export function integerFloorDiv(x: number, y: number): number {
  return y === 0 ? 0 : Math.floor(x / y);
}

/** Power modulo 2^32; with a negative exponent the exact power cut to an integer, so 0 unless x is 1 or -1. */
export function integerPow(x: number, y: number): number {
  if (y < 0) return x === 1 || (x === -1 && y % 2 === 0) ? 1 : x === -1 ? -1 : 0;
  let power = 1;
  for (let base = x, rest = y; rest > 0; rest >>>= 1) {
    if (rest & 1) power = Math.imul(power, base);
    base = Math.imul(base, base);
  }
  return power;
}
