/** The IDX reader and writer: round trips, hostile headers, gzip. */
import { gzipSync } from "node:zlib";
import { DataError, DTypeError, ShapeError } from "@crease/backend";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type IdxArray, readIdx, writeIdx } from "../src/idx.ts";

const bytesOf = (...bytes: number[]): Uint8Array => new Uint8Array(bytes);
const word = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

const element = {
  uint8: { make: (xs: number[]) => Uint8Array.from(xs), value: fc.integer({ min: 0, max: 255 }) },
  int8: { make: (xs: number[]) => Int8Array.from(xs), value: fc.integer({ min: -128, max: 127 }) },
  int32: { make: (xs: number[]) => Int32Array.from(xs), value: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }) },
  float32: { make: (xs: number[]) => Float32Array.from(xs), value: fc.float() },
  float64: { make: (xs: number[]) => Float64Array.from(xs), value: fc.double() },
};

const anyArray: fc.Arbitrary<IdxArray> = fc
  .record({
    dtype: fc.constantFrom("uint8", "int8", "int32", "float32", "float64"),
    shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
  })
  .chain(({ dtype, shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const { make, value } = element[dtype];
    return fc
      .array(value as fc.Arbitrary<number>, { minLength: size, maxLength: size })
      .map((values) => ({ dtype, shape, data: make(values) }));
  });

describe("round trips", () => {
  test("what is written is read, compressed or not", async () => {
    await fc.assert(
      fc.asyncProperty(anyArray, fc.boolean(), async (array, compressed) => {
        const bytes = writeIdx(array);
        expect(await readIdx(compressed ? gzipSync(bytes) : bytes)).toEqual(array);
      }),
    );
  });

  test("a file inside a larger buffer is read and not shared", async () => {
    const bytes = bytesOf(9, 9, 9, 0, 0, 8, 1, ...word(2), 7, 8).subarray(3);
    const { data } = await readIdx(bytes);
    bytes[8] = 100;
    expect([...data]).toEqual([7, 8]);
  });

  test("elements are big-endian", async () => {
    const { data } = await readIdx(bytesOf(0, 0, 0x0c, 1, ...word(2), ...word(1), ...word(-2)));
    expect([...data]).toEqual([1, -2]);
    expect([...writeIdx({ data: [1], shape: [1], dtype: "float32" })].slice(8)).toEqual([0x3f, 0x80, 0, 0]);
  });
});

describe("bad files", () => {
  const whole = bytesOf(0, 0, 8, 2, ...word(2), ...word(3), 1, 2, 3, 4, 5, 6);
  const cases: [string, Uint8Array, RegExp][] = [
    ["empty", bytesOf(), /begins with nothing/],
    ["a web page", new TextEncoder().encode("<html>"), /begins with 3c 68 74 6d/],
    ["type code", bytesOf(0, 0, 7, 0, 1), /type code 0x07/],
    ["a cut header", whole.subarray(0, 9), /cut short: 9 bytes, its header of rank 2 alone has 12/],
    ["cut elements", whole.subarray(0, 17), /cut short: 17 bytes, uint8\[2,3\] takes 18/],
    ["more elements", bytesOf(...whole, 7), /too long: 19 bytes, uint8\[2,3\] takes 18/],
    ["cut gzip", gzipSync(whole).subarray(0, 25), /cut short or damaged/],
    ["gzip that expands beyond its sizes", gzipSync(bytesOf(...whole, 7)), /more than the 18 bytes/],
    ["gzip that expands to a cut file", gzipSync(whole.subarray(0, 17)), /cut short: 17 bytes/],
    ["huge sizes", bytesOf(0, 0, 8, 3, ...word(-1), ...word(-1), ...word(-1), 1), /the limit is 1073741824/],
    ["one huge size", bytesOf(0, 0, 0x0e, 1, ...word(2 ** 30), 1), /the limit is/],
    ["a size that the file does not have", bytesOf(0, 0, 8, 1, ...word(2 ** 29), 1), /cut short: 9 bytes/],
    ["255 huge sizes and a zero", bytesOf(0, 0, 8, 255, ...Array(254 * 4).fill(255), ...word(0), 1), /too long/],
  ];
  test.each(cases)("%s", async (_name, bytes, message) => {
    const reading = readIdx(bytes, { name: "digits.idx" });
    await expect(reading).rejects.toThrow(DataError);
    await expect(reading).rejects.toThrow(/^readIdx: digits\.idx /);
    await expect(reading).rejects.toThrow(message);
  });

  test("sizes of zero beside huge ones make an empty array", async () => {
    const { data, shape } = await readIdx(bytesOf(0, 0, 0x0e, 3, ...word(-1), ...word(-1), ...word(0)));
    expect(data).toEqual(new Float64Array(0));
    expect(shape).toEqual([2 ** 32 - 1, 2 ** 32 - 1, 0]);
  });

  test("any bytes are read or raise DataError or DTypeError", async () => {
    const header = fc.tuple(fc.integer({ min: 7, max: 15 }), fc.uint8Array({ maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(header, async ([code, rest]) => {
        const bytes = bytesOf(0, 0, code, ...rest);
        try {
          expect(writeIdx(await readIdx(bytes))).toEqual(bytes);
        } catch (error) {
          expect(error instanceof DataError || error instanceof DTypeError).toBe(true);
        }
      }),
    );
  });

  test("int16 names the way out", async () => {
    await expect(readIdx(bytesOf(0, 0, 0x0b, 1, ...word(1), 0, 1))).rejects.toThrow(DTypeError);
    await expect(readIdx(bytesOf(0, 0, 0x0b, 1, ...word(1), 0, 1))).rejects.toThrow(/Convert the file to int32/);
  });
});

test("writing refuses what the format does not hold", () => {
  expect(() => writeIdx({ data: [1], shape: [1], dtype: "bool" })).toThrow(DTypeError);
  expect(() => writeIdx({ data: [1, 2], shape: [3], dtype: "uint8" })).toThrow(ShapeError);
  expect(() => writeIdx({ data: [1], shape: Array(256).fill(1), dtype: "uint8" })).toThrow(ShapeError);
});
