/** How NumPy lines up the floats of one array: plain or scientific, one width, points under one another. */
import { exactExponential, exactFixed, type Precision, roundTo, shortest } from "./digits.ts";

/** NumPy's `precision`: the most digits behind the point. */
const decimals = 8;

/**
 * A function that prints each of `values` (those that will be shown) in one common width, as `numpy.array2string`
 * does with its default options.
 */
export function floatFormat(values: readonly number[], precision: Precision): (x: number) => string {
  const finite = values.filter(Number.isFinite);
  const parts =
    finite.length === 0
      ? noParts
      : needsExponent(finite, precision)
        ? scientific(finite, precision)
        : plain(finite, precision);
  const nonFinite = values.filter((x) => !Number.isFinite(x)).map(nameOf);
  const left = Math.max(parts.left, ...nonFinite.map((name) => name.length - parts.right - 1));
  return (x) => {
    if (!Number.isFinite(x)) return nameOf(x).padStart(left + parts.right + 1);
    const [whole, rest] = parts.split(x);
    return `${whole.padStart(left)}.${rest.padEnd(parts.right)}`;
  };
}

/** A scalar as NumPy's `str` shows it: all digits, scientific below 1e-4 and where the digits would not be known. */
export function formatFloat(x: number, precision: Precision): string {
  if (!Number.isFinite(x)) return nameOf(x);
  const magnitude = Math.abs(x);
  const text = withSign(x, shortest(precision, x));
  if (x !== 0 && (magnitude < roundTo(precision, 1e-4) || magnitude >= plainBelow(precision, 16)))
    return text.replace(/e([+-])(\d)$/, "e$10$2");
  const positional = positionalOf(text);
  return positional.includes(".") ? positional : `${positional}.0`;
}

interface Parts {
  /** Characters before the point. */
  readonly left: number;
  /** Characters behind the point, exponent included. */
  readonly right: number;
  /** What stands before and behind the point. */
  readonly split: (x: number) => readonly [string, string];
}

const noParts: Parts = { left: 0, right: 0, split: () => ["", ""] };

/** NumPy's rule: too large for plain digits, smaller than 1e-4, or a ratio of more than 1000. */
function needsExponent(finite: readonly number[], precision: Precision): boolean {
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const x of finite) {
    const magnitude = Math.abs(x);
    if (magnitude === 0) continue;
    if (magnitude > most) most = magnitude;
    if (magnitude < least) least = magnitude;
  }
  if (most === 0) return false;
  return (
    most >= plainBelow(precision, 8) || least < roundTo(precision, 1e-4) || roundTo(precision, most / least) > 1000
  );
}

/** From here on digits alone would promise more than the type keeps (NumPy's `finfo.precision`: 3, 6, 15). */
function plainBelow(precision: Precision, most: number): number {
  return 10 ** Math.min(most, precision === 11 ? 3 : precision === 24 ? 6 : most);
}

function plain(finite: readonly number[], precision: Precision): Parts {
  const split = (x: number): readonly [string, string] => {
    const all = positionalOf(withSign(x, shortest(precision, x)));
    const [, fraction = ""] = all.split(".");
    const text = fraction.length <= decimals ? all : withSign(x, exactFixed(x, decimals));
    const [whole, rest = ""] = text.split(".") as [string, string?];
    return [whole, rest.replace(/0+$/, "")];
  };
  return measured(finite, split);
}

function scientific(finite: readonly number[], precision: Precision): Parts {
  const few = (x: number): string => {
    const text = shortest(precision, x);
    return fractionOf(text).length <= decimals ? text : exactExponential(x, decimals);
  };
  const texts = finite.map(few);
  const places = Math.max(...texts.map((text) => fractionOf(text).replace(/0+$/, "").length));
  const exponentDigits = Math.max(2, ...texts.map((text) => (text.split("e")[1] as string).length - 1));
  const split = (x: number): readonly [string, string] => {
    const text = few(x);
    const full = fractionOf(text).length < places ? exactExponential(x, places) : text;
    const [digits, exponent] = withSign(x, full).split("e") as [string, string];
    const [whole, fraction = ""] = digits.split(".") as [string, string?];
    return [
      whole,
      `${fraction.slice(0, places).padEnd(places, "0")}e${exponent[0]}${exponent.slice(1).padStart(exponentDigits, "0")}`,
    ];
  };
  return measured(finite, split);
}

function measured(finite: readonly number[], split: Parts["split"]): Parts {
  let left = 0;
  let right = 0;
  for (const x of finite) {
    const [whole, rest] = split(x);
    if (whole.length > left) left = whole.length;
    if (rest.length > right) right = rest.length;
  }
  return { left, right, split };
}

/** JavaScript drops the sign of -0 and NumPy does not. */
function withSign(x: number, text: string): string {
  return Object.is(x, -0) || (x < 0 && !text.startsWith("-")) ? `-${text.replace("-", "")}` : text;
}

function fractionOf(exponential: string): string {
  return (exponential.split("e")[0] as string).split(".")[1] ?? "";
}

/** `d.ddde±N` written without exponent. */
function positionalOf(exponential: string): string {
  const [signed, exponent] = exponential.split("e") as [string, string];
  const sign = signed.startsWith("-") ? "-" : "";
  const [first, fraction = ""] = signed.slice(sign.length).split(".") as [string, string?];
  const digits = first + fraction;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`.replace(/\.0*$/, "");
  const padded = digits.padEnd(point, "0");
  return `${sign}${padded.slice(0, point)}${padded.length > point ? `.${padded.slice(point)}` : ""}`;
}

function nameOf(x: number): string {
  return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
}
