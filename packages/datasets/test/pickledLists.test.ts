/** The pickle reader builds lists and nothing else, whatever a file asks for. */
import { DataError } from "@crease/backend";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPickledLists } from "../src/pickledLists.ts";

const read = (bytes: Uint8Array): readonly (readonly number[])[] => readPickledLists(bytes, "test", "file");

/** Pickle instructions from text, `\\x` bytes as they are. */
const pickle = (...parts: (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))));

const array = "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R";
const type = "cnumpy\ndtype\nU\x02O8K\x00K\x01\x87R";
/** An array of `count` elements, which `elements` pushes onto a list. */
const arrayOf = (count: number, elements: string | readonly number[]): Uint8Array =>
  pickle("\x80\x02", array, "(K\x01", "K", [count], "\x85", type, "\x89](", elements, "etb.");

test("lists of whole numbers of all sizes", () => {
  expect(read(arrayOf(2, "](K\x01M\x00\x01J\xff\xff\xff\x7fe]K\x07a"))).toEqual([[1, 256, 2147483647], [7]]);
  expect(read(arrayOf(0, ""))).toEqual([]);
});

describe("is refused:", () => {
  test.each<[string, Uint8Array, RegExp]>([
    ["a call of a system function", pickle("cos\nsystem\nU\x02ls\x85R."), /names "os system", which is refused/],
    ["one named on the stack", pickle("\x80\x04\x8c\x02os\x8c\x06system\x93."), /names "os system"/],
    ["eval in an array's place", pickle("cbuiltins\neval\n."), /names "builtins eval"/],
    ["a call of ndarray", pickle("cnumpy\nndarray\n)R."), /calls something that is refused/],
    ["a call of a number", pickle("K\x01)R."), /calls something that is refused/],
    ["an object of a class", pickle("cnumpy\ndtype\n)\x81."), /instruction 0x81/],
    ["a persistent id", pickle("P1\n."), /instruction 0x50/],
    ["numbers in decimal digits", pickle("I1\n."), /instruction 0x49/],
    ["a list that is none", pickle("]."), /holds no array of lists/],
    ["an array without a state", pickle(array, "."), undefined as never],
    ["elements that are no lists", arrayOf(1, "K\x01"), /something else than lists/],
    ["lists of words", arrayOf(1, "]U\x01aa"), /something else than lists/],
    ["a list in itself", arrayOf(1, "]q\x00h\x00a"), /something else than lists/],
    ["a count that is wrong", arrayOf(3, "]"), /no array of one axis/],
    ["two axes", pickle(array, "(K\x01K\x00K\x00\x86", type, "\x89]tb."), /no array of one axis/],
    ["a state for a list", pickle("]]b."), /no array of one axis/],
    ["something before it is there", pickle("h\x05."), /names something before/],
    ["values that are not there", pickle("\x87."), /more values than there are/],
    ["an end of a list that does not begin", pickle("]e."), /ends a list that does not begin/],
    ["an addition to a number", pickle("K\x01K\x01a."), /no list/],
    ["a text beyond the file", pickle("X\xff\xff\xff\x7fa"), /cut short/],
    ["nothing", pickle(""), /cut short/],
    [
      "one list a hundred times over",
      arrayOf(120, `](${"K\x01".repeat(200)}eq\x00${"h\x00".repeat(119)}`),
      /repeat without end/,
    ],
  ])("%s", (_name, bytes, message) => {
    if (message === undefined) {
      expect(read(bytes)).toEqual([]);
      return;
    }
    expect(() => read(bytes)).toThrow(DataError);
    expect(() => read(bytes)).toThrow(message);
  });
});

test("any bytes give lists or a DataError, never anything else", () => {
  const whole = arrayOf(2, "](K\x01K\x02e](K\x03e");
  const outcome = (bytes: Uint8Array): unknown => {
    try {
      return read(bytes);
    } catch (error) {
      return error;
    }
  };
  const check = (bytes: Uint8Array): void => {
    const found = outcome(bytes);
    expect(Array.isArray(found) || found instanceof DataError).toBe(true);
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), check));
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
      const bytes = Uint8Array.from(whole);
      bytes[at] = value;
      check(bytes);
    }),
    { numRuns: 1000 },
  );
  for (let length = 0; length < whole.length; length++)
    expect(() => read(whole.subarray(0, length))).toThrow(DataError);
});
