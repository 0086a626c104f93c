/** padSequences against the rows of Keras's documentation, and by its properties. */
import { ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import fc from "fast-check";
import { expect, test } from "vitest";
import { padSequences } from "../src/index.ts";

const lists = [[1], [2, 3], [4, 5, 6]];

// The four examples of Keras 3 keras.utils.pad_sequences.
test.each([
  [
    {},
    [
      [0, 0, 1],
      [0, 2, 3],
      [4, 5, 6],
    ],
  ],
  [
    { value: -1 },
    [
      [-1, -1, 1],
      [-1, 2, 3],
      [4, 5, 6],
    ],
  ],
  [
    { padding: "post" },
    [
      [1, 0, 0],
      [2, 3, 0],
      [4, 5, 6],
    ],
  ],
  [
    { maxlen: 2 },
    [
      [0, 1],
      [2, 3],
      [5, 6],
    ],
  ],
  [
    { maxlen: 2, truncating: "post" },
    [
      [0, 1],
      [2, 3],
      [4, 5],
    ],
  ],
] as const)("%j", async (options, expected) => {
  expect(await padSequences(lists, options).array()).toEqual(expected);
});

test("a row holds its list's end or beginning, and the value elsewhere", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 6 }), { maxLength: 5 }),
      fc.nat(7),
      fc.constantFrom("pre" as const, "post" as const),
      fc.constantFrom("pre" as const, "post" as const),
      async (sequences, maxlen, padding, truncating) => {
        const x = padSequences(sequences, { maxlen, padding, truncating });
        expect(x.shape).toEqual([sequences.length, maxlen]);
        const rows = maxlen === 0 ? [] : ((await x.array()) as number[][]);
        for (const [i, row] of rows.entries()) {
          const list = sequences[i] as number[];
          const kept = truncating === "pre" ? list.slice(-maxlen) : list.slice(0, maxlen);
          const fill = Array<number>(maxlen - kept.length).fill(0);
          expect(row).toEqual(padding === "pre" ? [...fill, ...kept] : [...kept, ...fill]);
        }
      },
    ),
  );
});

test("dtype, backend, no lists at all, and options out of range", () => {
  const backend = cpuBackend();
  const x = padSequences([[1.5]], { dtype: "float32", backend });
  expect([x.dtype, x.backend]).toEqual(["float32", backend]);
  expect(padSequences([]).shape).toEqual([0, 0]);
  expect(() => padSequences(lists, { maxlen: 1.5 })).toThrow(ValueError);
  expect(() => padSequences(lists, { padding: "left" as "pre" })).toThrow(/padding is "left"/);
  expect(() => padSequences(lists, { truncating: "end" as "post" })).toThrow(/truncating is "end"/);
});
