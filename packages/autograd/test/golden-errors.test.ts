/** Misuse of tapes that errors.json lists. */
import type { Shape } from "@crease/backend";
import { ones } from "@crease/tensor";
import { expect, test } from "vitest";
import { readGolden } from "../../../testdata/golden.ts";
import { GradientTape } from "../src/index.ts";

interface ErrorCase {
  readonly name: string;
  readonly op: string;
  readonly input_shapes: readonly Shape[];
  readonly attrs: { readonly persistent?: boolean };
}

const cases = readGolden<{ readonly cases: readonly ErrorCase[] }>("errors.json").cases.filter(
  ({ op }) => op === "tape_gradient",
);

test("there is one", () => expect(cases.length).toBeGreaterThan(0));

test.each(cases.map((given) => [given.name, given] as const))("%s", (_name, { input_shapes, attrs }) => {
  const x = ones(input_shapes[0] as Shape);
  const tape = new GradientTape({ persistent: attrs.persistent === true });
  tape.watch(x);
  const y = tape.record(() => x.square());
  tape.gradient(y, x);
  expect(() => tape.gradient(y, x)).toThrow(
    expect.objectContaining({ name: "ValueError", message: expect.stringContaining("persistent: true") }),
  );
});
