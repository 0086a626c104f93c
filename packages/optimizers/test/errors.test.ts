/** Calls of errors.json that make or name an optimizer: each must fail with a message that says what to do. */
import { ValueError } from "@crease/backend";
import { expect, test } from "vitest";
import { readGolden } from "../../../testdata/golden.ts";
import { getOptimizer, SGD } from "../src/index.ts";

interface ErrorCase {
  readonly name: string;
  readonly op: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly why: string;
}

const calls: { readonly [op: string]: (attrs: Readonly<Record<string, unknown>>) => unknown } = {
  get_optimizer: ({ name }) => getOptimizer(name as string),
  sgd: (attrs) =>
    new SGD(
      Object.fromEntries(
        Object.entries(attrs).map(([key, value]) => [key.replace(/_(.)/g, (_, next) => next.toUpperCase()), value]),
      ),
    ),
};
const cases = readGolden<{ readonly cases: readonly ErrorCase[] }>("errors.json").cases.filter((c) => c.op in calls);

test("the file has cases of every call here", () => {
  expect(new Set(cases.map((c) => c.op))).toEqual(new Set(Object.keys(calls)));
});

test.each(cases.map((c) => [c.name, c] as const))("%s", (_, { op, attrs, why }) => {
  let message = "";
  try {
    calls[op]?.(attrs);
  } catch (error) {
    expect(error).toBeInstanceOf(ValueError);
    message = (error as Error).message;
  }
  // The message says the op, the values that were given, and a way out.
  expect(message, why).toMatch(op === "sgd" ? /^SGD: .+\. .+\.$/ : /^getOptimizer: unknown .+Known names: .+\.$/);
  for (const key of Object.keys(attrs)) {
    const word = op === "sgd" ? key.replace(/_(.)/g, (_, next: string) => next.toUpperCase()) : String(attrs[key]);
    expect(message).toContain(word);
  }
});
