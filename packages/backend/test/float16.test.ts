/** All 65536 halves, and every border between two of them. */
import { decodeFloat16, encodeFloat16 } from "@crease/backend";
import { expect, test } from "vitest";

/** The value of finite bits by IEEE 754's formula. */
function exactValue(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
}

const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits);

test("decodes every bit pattern", () => {
  const values = decodeFloat16(all);
  const wrong = all.filter((bits) => {
    const value = values[bits] as number;
    if ((bits & 0x7c00) !== 0x7c00) return !Object.is(value, exactValue(bits));
    if (bits & 0x3ff) return !Number.isNaN(value);
    return value !== (bits & 0x8000 ? -Infinity : Infinity);
  });
  expect(wrong).toHaveLength(0);
});

test("encodes what it decoded to the same bits", () => {
  const back = encodeFloat16(decodeFloat16(all));
  const isNaNBits = (bits: number) => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;
  expect(all.filter((bits) => back[bits] !== (isNaNBits(bits) ? 0x7e00 : bits))).toHaveLength(0);
});

test("rounds doubles to the nearest half, ties to the even one", () => {
  const nudge = 2 ** -50;
  const wrong: number[] = [];
  for (let bits = 0; bits < 0x7c00; bits++) {
    const above = bits === 0x7bff ? 65536 : exactValue(bits + 1);
    const middle = (exactValue(bits) + above) / 2;
    const values = [middle * (1 - nudge), middle, middle * (1 + nudge)];
    const expected = [bits, bits + (bits & 1), bits + 1];
    const negative = encodeFloat16(values.map((x) => -x));
    encodeFloat16(values).forEach((found, i) => {
      if (found !== expected[i] || negative[i] !== found + 0x8000) wrong.push(middle);
    });
  }
  expect(wrong).toEqual([]);
});

const engineRound = (Math as { f16round?: (x: number) => number }).f16round;

// Engines before 2025 have no Math.f16round; there the borders above are the only check.
test.skipIf(engineRound === undefined)("agrees with the engine's own rounding", () => {
  const values = Array.from({ length: 20000 }, (_, i) => Math.sin(i) * 2 ** ((i % 48) - 28));
  values.push(0, -0, Infinity, -Infinity, Number.NaN, 65504, 65520, 65519.99999, 1e300, 5e-324, 2 ** -25);
  expect([...decodeFloat16(encodeFloat16(values))]).toEqual(values.map((x) => engineRound?.(x)));
});
