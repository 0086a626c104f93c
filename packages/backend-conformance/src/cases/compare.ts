/** Cases of comparison and logic. */
import { everything, floats, type Given, numbers, type Row } from "../row.ts";
import { type Binary, binary, bools, nans, truth } from "./binaryRow.ts";

/** In code points U+FF5E comes before U+1F600, in code units behind it. */
const strings: readonly [Given, Given] = [
  ["a", "b", "a", "", "\u{1F600}", "ab"],
  ["b", "a", "a", "a", "\uFF5E", "a"],
];

/** The comparisons and the logic of two inputs. */
export type CompareName = "equal" | "less" | "lessEqual" | "logicalAnd" | "logicalOr" | "logicalXor";

/** A row for each of them. */
export const compareCases: { readonly [K in CompareName]: Row<Binary> } = {
  equal: binary(
    everything,
    { first: [-2, 2], pick: "coarse" },
    [
      [
        "R16",
        numbers,
        [[1], [2]],
        [1, 2],
        [
          [true, false],
          [false, true],
        ],
      ],
      ["R20", floats, [0, 0.5, Infinity], [-0, 0.25, Infinity], [true, false, true]],
      ["R24", ["string"], ...strings, [false, false, true, false, false, false]],
      ["R25", floats, ...nans, [false, false, false]],
    ],
    null,
  ),
  less: binary(
    everything,
    { first: [-2, 2], pick: "coarse" },
    [
      [
        "R16",
        numbers,
        [[1], [2]],
        [1, 2],
        [
          [false, true],
          [false, false],
        ],
      ],
      ["R20", floats, [0, 0.25, -Infinity], [-0, 0.5, Infinity], [false, true, true]],
      ["R22", bools, ...truth, [false, true, false, false]],
      ["R24", ["string"], ...strings, [true, false, false, true, false, false]],
      ["R25", floats, ...nans, [false, false, false]],
    ],
    null,
  ),
  lessEqual: binary(
    everything,
    { first: [-2, 2], pick: "coarse" },
    [
      [
        "R16",
        numbers,
        [[1], [2]],
        [1, 2],
        [
          [true, true],
          [false, true],
        ],
      ],
      ["R20", floats, [0, 0.25, Infinity], [-0, 0.5, -Infinity], [true, true, false]],
      ["R22", bools, ...truth, [true, true, false, true]],
      ["R24", ["string"], ...strings, [true, false, true, true, false, false]],
      ["R25", floats, ...nans, [false, false, false]],
    ],
    null,
  ),
  logicalAnd: binary(bools, { first: [0, 1] }, [["R22", bools, ...truth, [false, false, false, true]]], null),
  logicalOr: binary(bools, { first: [0, 1] }, [["R22", bools, ...truth, [false, true, true, true]]], null),
  logicalXor: binary(bools, { first: [0, 1] }, [["R22", bools, ...truth, [false, true, true, false]]], null),
};
