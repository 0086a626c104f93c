// Compares a value with the text after `// =>`.
import type { Shown } from "./examples.ts";

const number = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

/** Undefined if the outcome is what the example says, else a sentence on what it is instead. */
export function mismatch(shown: Shown, expected: string): string | undefined {
  const wantsError = expected.match(/^throws (\w+)(?::\s*(.*))?$/s);
  if (wantsError) {
    if (!("error" in shown)) return `nothing was thrown, expected ${expected}`;
    const { name, message } = shown.error as Error;
    const fits = name === wantsError[1] && tidy(message).includes(tidy(wantsError[2] ?? ""));
    return fits ? undefined : `threw ${name}: ${message}, expected ${expected}`;
  }
  if ("error" in shown) throw shown.error;
  const actual = show(shown.value);
  return same(tidy(actual), tidy(expected)) ? undefined : `is ${actual}, expected ${expected}`;
}

/** How a value is written in an example. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return show([...(value as Uint8Array)]);
  if (Object.is(value, -0)) return "-0";
  if (typeof value !== "object" || value === null) return String(value);
  if (value.toString !== Object.prototype.toString) return String(value);
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${show(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function tidy(text: string): string {
  return text
    .replaceAll('"', "")
    .replace(/\s+/g, " ")
    .replace(/ ?([[\](){},:]) ?/g, "$1")
    .trim();
}

function same(actual: string, expected: string): boolean {
  if (expected.endsWith("…")) {
    const start = expected.slice(0, -1).trimEnd();
    return actual.startsWith(start);
  }
  if (actual === expected) return true;
  if (actual.replace(number, "#") !== expected.replace(number, "#")) return false;
  const numbers = actual.match(number) ?? [];
  return (expected.match(number) ?? []).every((written, index) => sameNumber(numbers[index] ?? "", written));
}

/** Equal within 1e-6, or, with four or more decimals written, equal to that many decimals. */
function sameNumber(actual: string, written: string): boolean {
  const [a, b] = [Number(actual), Number(written)];
  if (Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b))) return true;
  const [mantissa = "", exponent = "0"] = written.toLowerCase().split("e");
  const decimals = mantissa.split(".")[1]?.length ?? 0;
  return decimals >= 4 && Math.abs(a - b) <= 0.5000001 * 10 ** (Number(exponent) - decimals);
}
