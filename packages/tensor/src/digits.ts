/** Decimal digits of floats: the fewest that name a value among its neighbours, and exact rounding half to even. */

/** Significand lengths in bits, hidden bit included. */
export type Precision = 11 | 24 | 53;

/** The float nearest to `x` among those of `precision` bits (11: float16, 24: float32, 53: float64). */
export function roundTo(precision: Precision, x: number): number {
  if (precision === 53) return x;
  if (precision === 24) return Math.fround(x);
  const magnitude = Math.abs(x);
  const unit = 2 ** (Math.max(Math.floor(Math.log2(magnitude)), -14) - 10);
  const steps = magnitude / unit;
  const even = 2 * Math.round(steps / 2);
  const rounded = (steps % 1 === 0.5 ? even : Math.round(steps)) * unit;
  return Math.sign(x) * (rounded > 65504 ? Number.POSITIVE_INFINITY : rounded);
}

/** `x` as `d.ddde±N` with the fewest digits that round back to it: 0.1 in float32 is `1e-1`. */
export function shortest(precision: Precision, x: number): string {
  if (precision === 53) return x.toExponential();
  for (let digits = 0; digits < 9; digits++) {
    const text = exactExponential(x, digits);
    if (roundTo(precision, Number(text)) === x) return trimZeros(text);
  }
  return x.toExponential();
}

function trimZeros(text: string): string {
  const [digits, exponent] = text.split("e") as [string, string];
  return `${digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits}e${exponent}`;
}

/** `x` as `d.ddde±N` with `decimals` digits behind the point, from its exact value, ties to even. */
export function exactExponential(x: number, decimals: number): string {
  const text = x.toExponential(decimals);
  return isTie(x.toExponential(Math.min(decimals + 40, 100)), decimals)
    ? evenTie(text, x.toExponential(decimals + 1))
    : text;
}

/** `x` with `decimals` digits behind the point, from its exact value, ties to even; `|x|` below 1e21. */
export function exactFixed(x: number, decimals: number): string {
  const text = x.toFixed(decimals);
  return isTie(x.toFixed(Math.min(decimals + 40, 100)), decimals) ? evenTie(text, x.toFixed(decimals + 1)) : text;
}

/** True where what follows the kept decimals is exactly 5000… */
function isTie(long: string, decimals: number): boolean {
  const [, fraction = ""] = (long.split("e")[0] as string).split(".");
  return /^50*$/.test(fraction.slice(decimals));
}

/** JavaScript rounds ties away from zero: where that made the last digit odd, the cut digits are the even choice. */
function evenTie(rounded: string, oneMore: string): string {
  const [digits] = rounded.split("e") as [string];
  if (Number(digits.at(-1)) % 2 === 0) return rounded;
  const [longer, exponent] = oneMore.split("e") as [string, string | undefined];
  const cut = longer.slice(0, -1).replace(/\.$/, "");
  return exponent === undefined ? cut : `${cut}e${exponent}`;
}
