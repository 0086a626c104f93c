/** Philox4x32-10 against the published vectors of Random123 (`kat_vectors`), and how streams are laid out. */
import { philox, philoxBlock } from "@crease/backend";
import { expect, test } from "vitest";

const hex = (words: Int32Array) => Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, "0")).join(" ");

type Row = readonly [counter: readonly [number, number, number, number], key: readonly [number, number], words: string];

const published: Row[] = [
  [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
  [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], "408f276d 41c83b0e a20bc7c6 6d5451fd"],
  [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], "d16cfe09 94fdcceb 5001e420 24126ea1"],
];

test.each(published)("block of counter %j", (counter, key, expected) => {
  const out = new Int32Array(4);
  philoxBlock(out, 0, ...counter, ...key);
  expect(hex(out)).toBe(expected);
});

test("element i is word i % 4 of block counter + floor(i / 4)", () => {
  const all = philox([7, 9], 100, 40);
  for (const size of [0, 1, 3, 4, 5, 39]) expect(philox([7, 9], 100, size)).toEqual(all.slice(0, size));
  expect(philox([7, 9], 103, 4)).toEqual(all.slice(12, 16));
});

test("the counter's high bits go into word 1", () => {
  const out = new Int32Array(8);
  philoxBlock(out, 0, 0xffffffff, 5, 0, 0, 1, 2);
  philoxBlock(out, 4, 0, 6, 0, 0, 1, 2);
  expect(philox([1, 2], 5 * 2 ** 32 + 0xffffffff, 8)).toEqual(out);
});
