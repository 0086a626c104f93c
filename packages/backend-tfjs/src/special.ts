/** Scalar functions that tfjs lacks or defines otherwise than the contract. */

/** Largest whole number not above the quotient; infinity or NaN by 0. */
export function floatFloorDiv(x: number, y: number): number {
  if (y === 0) return x / y;
  const rest = x % y;
  const whole = Math.round((x - rest) / y);
  return rest !== 0 && rest < 0 !== y < 0 ? whole - 1 : whole;
}

/** Largest integer not above the quotient; 0 by 0. */
export function integerFloorDiv(x: number, y: number): number {
  return y === 0 ? 0 : Math.floor(x / y);
}

/** Remainder with the divisor's sign; 0 by 0. */
export function integerMod(x: number, y: number): number {
  if (y === 0) return 0;
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

/** C's power: 1 to any power and -1 to an infinite one are 1, where JavaScript says NaN. */
export function floatPow(x: number, y: number): number {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y;
}

/** Power modulo 2^32 by squaring; with a negative exponent the exact power cut to an integer. */
export function integerPow(x: number, y: number): number {
  if (y < 0) {
    if (x === 1) return 1;
    return x === -1 ? (y % 2 === 0 ? 1 : -1) : 0;
  }
  let power = 1;
  let base = x;
  for (let bits = y; bits !== 0; bits >>>= 1) {
    if ((bits & 1) === 1) power = Math.imul(power, base);
    base = Math.imul(base, base);
  }
  return power;
}
