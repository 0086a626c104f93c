/** Checks of the random primitives: published answers, and the same bits as everywhere. */
import { philox, type Shape } from "@crease/backend";
import type { Bench } from "../bench.ts";
import { type Check, check, failure } from "../check.ts";
import { expectClose } from "../tolerance.ts";
import { fromNumbers, identical, type Value } from "../value.ts";

/** Streams that begin, end and carry in different words of the counter. */
const streams: readonly { readonly key: readonly [number, number]; readonly counter: number; readonly shape: Shape }[] =
  [
    { key: [1, 2], counter: 0, shape: [3, 5] },
    { key: [0xffffffff, 0xffffffff], counter: 7, shape: [9] },
    { key: [0xa4093822, 0x299f31d0], counter: 2 ** 32 - 2, shape: [17] },
    { key: [3, 0], counter: 2 ** 53 - 8, shape: [2, 2] },
    { key: [0, 5], counter: 2 ** 40 + 3, shape: [] },
    { key: [0, 5], counter: 1, shape: [2, 0] },
  ];

async function sameBits(bench: Bench): Promise<void> {
  for (const attrs of streams) {
    const size = attrs.shape.reduce((a, b) => a * b, 1);
    const expected = fromNumbers("int32", attrs.shape, philox(attrs.key, attrs.counter, size));
    if (!bench.canRun("randomBits", "int32", [], attrs, [expected])) continue;
    const [bits] = await bench.compute("randomBits", [], attrs);
    expectClose("randomBits", bits as Value, expected, bench.backend.traits);
  }
}

async function sameFractions(bench: Bench): Promise<void> {
  for (const attrs of streams) {
    if (!bench.canRun("randomUniform", "float32", [], attrs)) continue;
    const size = attrs.shape.reduce((a, b) => a * b, 1);
    const bits = philox(attrs.key, attrs.counter, size);
    const expected = fromNumbers(
      "float32",
      attrs.shape,
      Array.from(bits, (word) => (word >>> 8) / 2 ** 24),
    );
    const [numbers] = await bench.compute("randomUniform", [], attrs);
    // 24 bits fit a float32, so nothing is rounded.
    if (!identical(numbers as Value, expected))
      throw failure("randomUniform", `the numbers are ${String(numbers?.data)}, expected ${String(expected.data)}`);
  }
}

/** Checks of both. */
export const randomChecks: readonly Check[] = [
  check("R34", "randomBits", sameBits, "streams across 32-bit words"),
  check("R35", "randomUniform", sameFractions, "streams across 32-bit words"),
];
