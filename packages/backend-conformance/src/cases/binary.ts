/** Cases of the arithmetic of two inputs. */
import {
  type ElementwiseName,
  floats,
  type Given,
  integers,
  numbers,
  numbersAndBool,
  type Row,
  signed,
} from "../row.ts";
import { type Binary, binary, bools, nans, type Range, truth } from "./binaryRow.ts";
import type { CompareName } from "./compare.ts";

const near: Range = [-2, 2];
const bothNear: readonly [Range, Range] = [near, near];
/** Both inputs repeat, along different axes. */
const crossed: readonly [Given, Given] = [[[1], [2]], [[4, 5, 6]]];

/** A row for each primitive of two inputs that is no comparison. */
export const binaryCases: { readonly [K in Exclude<ElementwiseName<2>, CompareName>]: Row<Binary> } = {
  add: binary(
    numbersAndBool,
    { first: [-20, 20] },
    [
      [
        "R16",
        numbers,
        [[1], [2]],
        [10, 20, 30],
        [
          [11, 21, 31],
          [12, 22, 32],
        ],
      ],
      [
        "R16",
        numbers,
        [[[1, 2]], [[3, 4]]],
        [[10], [20]],
        [
          [
            [11, 12],
            [21, 22],
          ],
          [
            [13, 14],
            [23, 24],
          ],
        ],
      ],
      ["R16", numbers, 1, [[2, 3]], [[3, 4]]],
      ["R16", numbers, [2, 3], 1, [3, 4]],
      ["R20", floats, [Infinity, Infinity, 0.5], [1, -Infinity, -0.25], [Infinity, NaN, 0.25]],
      ["R21", ["int8"], [127, -128, 100], [1, -1, 100], [-128, 127, -56]],
      ["R21", ["uint8"], [255, 200], [1, 100], [0, 44]],
      ["R21", ["int32"], [2147483647, -2147483648], [1, -1], [-2147483648, 2147483647]],
      ["R22", bools, ...truth, [false, true, true, true]],
    ],
    bothNear,
  ),
  sub: binary(
    numbers,
    { first: [-20, 20] },
    [
      [
        "R16",
        signed,
        ...crossed,
        [
          [-3, -4, -5],
          [-2, -3, -4],
        ],
      ],
      ["R20", floats, [Infinity, 0.5], [Infinity, 0.75], [NaN, -0.25]],
      ["R21", ["int8"], [-128, 100], [1, -100], [127, -56]],
      ["R21", ["uint8"], [0, 5], [1, 250], [255, 11]],
      ["R21", ["int32"], [-2147483648], [1], [2147483647]],
    ],
    bothNear,
  ),
  mul: binary(
    numbersAndBool,
    { first: [-10, 10] },
    [
      [
        "R16",
        numbers,
        ...crossed,
        [
          [4, 5, 6],
          [8, 10, 12],
        ],
      ],
      ["R20", floats, [Infinity, -Infinity, 0.5], [0, 2, -0.5], [NaN, -Infinity, -0.25]],
      ["R21", ["int8"], [16, -128, 100], [16, -1, 3], [0, -128, 44]],
      ["R21", ["uint8"], [16, 255], [17, 255], [16, 1]],
      [
        "R21",
        ["int32"],
        [65536, 123456789, -2147483648, 2147483647],
        [65536, 1000, -1, 2147483647],
        [0, -1097262584, -2147483648, 1],
      ],
      ["R22", bools, ...truth, [false, false, false, true]],
    ],
    bothNear,
  ),
  div: binary(
    floats,
    { first: [-2, 2], second: [0.5, 2] },
    [
      [
        "R16",
        floats,
        ...crossed,
        [
          [0.25, 0.2, 1 / 6],
          [0.5, 0.4, 1 / 3],
        ],
      ],
      ["R20", floats, [1, -1, 0, 1, 7, 1], [0, 0, 0, -0, 2, Infinity], [Infinity, -Infinity, NaN, -Infinity, 3.5, 0]],
    ],
    [near, [0.5, 2]],
  ),
  floorDiv: binary(
    numbers,
    { first: [-10, 10], second: [-3, 3], pick: "coarse" },
    [
      [
        "R16",
        numbers,
        [[8], [9]],
        [2, 4],
        [
          [4, 2],
          [4, 2],
        ],
      ],
      ["R27", signed, [7, -7, 7, -7, 6, -6], [2, 2, -2, -2, 3, 3], [3, -4, -4, 3, 2, -2]],
      ["R27", floats, [1, -1, 0, 5.5, -5.5], [0, 0, 0, 2, 2], [Infinity, -Infinity, NaN, 2, -3]],
      ["R27", integers, [7, 0], [0, 0], [0, 0]],
      ["R21", ["uint8"], [255, 200], [2, 201], [127, 0]],
      ["R21", ["int8"], [-128, -128], [-1, 1], [-128, -128]],
      ["R21", ["int32"], [-2147483648], [-1], [-2147483648]],
      ["R25", floats, ...nans, [NaN, NaN, NaN]],
    ],
    null,
  ),
  mod: binary(
    numbers,
    { first: [-10, 10], second: [-3, 3], pick: "coarse" },
    [
      [
        "R16",
        numbers,
        [[8], [9]],
        [3, 4],
        [
          [2, 0],
          [0, 1],
        ],
      ],
      ["R27", signed, [7, -7, 7, -7, 6, -6], [3, 3, -3, -3, 3, -3], [1, 2, -2, -1, 0, 0]],
      ["R27", floats, [1, -1, 0, 5.5, -5.5, 5.5], [0, 0, 0, 2, 2, -2], [NaN, NaN, NaN, 1.5, 0.5, -0.5]],
      ["R27", integers, [7, 0], [0, 0], [0, 0]],
      ["R21", ["uint8"], [255, 200], [2, 201], [1, 200]],
      ["R21", ["int8"], [-128, -128], [-1, 100], [0, 72]],
      ["R25", floats, ...nans, [NaN, NaN, NaN]],
    ],
    [
      [-3, 3],
      [3.5, 4],
    ],
  ),
  pow: binary(
    numbers,
    { first: [0.1, 3], second: [-2, 3] },
    [
      [
        "R16",
        numbers,
        [[2], [3]],
        [0, 1, 2],
        [
          [1, 2, 4],
          [1, 3, 9],
        ],
      ],
      ["R20", floats, [2, 4, -2, 0, 2, 0], [0.5, -1, 3, 0, -Infinity, 2], [Math.SQRT2, 0.25, -8, 1, 0, 0]],
      ["R20", floats, [-8, NaN, 1, NaN, 0], [0.5, 1, NaN, 0, -1], [NaN, NaN, 1, 1, Infinity]],
      ["R28", ["int8"], [2, 3, -2, 5], [7, 5, 7, 3], [-128, -13, -128, 125]],
      ["R28", ["uint8"], [2, 3, 16], [8, 5, 2], [0, 243, 0]],
      ["R28", ["int32"], [2, 3, 46341, -2], [31, 21, 2, 31], [-2147483648, 1870418611, -2147479015, -2147483648]],
      ["R28", ["int8", "int32"], [2, -2, 1, -1, -1, 0, 0], [-1, -3, -5, -3, -4, 0, 3], [0, 0, 1, -1, 1, 1, 0]],
    ],
    [
      [0.3, 2],
      [-2, 2],
    ],
  ),
  maximum: binary(
    numbersAndBool,
    { first: [-20, 20], pick: "coarse" },
    [
      [
        "R16",
        numbers,
        [[5], [2]],
        [1, 3],
        [
          [5, 5],
          [2, 3],
        ],
      ],
      ["R20", floats, [Infinity, -Infinity], [1, 1], [Infinity, 1]],
      ["R21", ["uint8"], [255, 0], [1, 128], [255, 128]],
      ["R22", bools, ...truth, [false, true, true, true]],
      ["R25", floats, ...nans, [NaN, NaN, NaN]],
    ],
    bothNear,
  ),
  minimum: binary(
    numbersAndBool,
    { first: [-20, 20], pick: "coarse" },
    [
      [
        "R16",
        numbers,
        [[5], [2]],
        [1, 3],
        [
          [1, 3],
          [1, 2],
        ],
      ],
      ["R20", floats, [Infinity, -Infinity], [1, 1], [1, -Infinity]],
      ["R21", ["uint8"], [255, 0], [1, 128], [1, 0]],
      ["R22", bools, ...truth, [false, false, false, true]],
      ["R25", floats, ...nans, [NaN, NaN, NaN]],
    ],
    bothNear,
  ),
  atan2: binary(
    floats,
    { first: [-2, 2] },
    [
      [
        "R16",
        floats,
        [[1], [-1]],
        [1, -1],
        [
          [Math.PI / 4, (3 * Math.PI) / 4],
          [-Math.PI / 4, (-3 * Math.PI) / 4],
        ],
      ],
      [
        "R20",
        floats,
        [0, 0, 1, -1, Infinity],
        [1, -1, 0, 0, Infinity],
        [0, Math.PI, Math.PI / 2, -Math.PI / 2, Math.PI / 4],
      ],
      ["R25", floats, ...nans, [NaN, NaN, NaN]],
    ],
    [near, [0.3, 2]],
  ),
};
