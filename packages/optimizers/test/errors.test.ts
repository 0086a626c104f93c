/** Calls of errors.json that make or name an optimizer: each must fail with a message that says what to do. */
import { DTypeError, ValueError } from "@crease/backend";
import { scope, tensor, Variable } from "@crease/tensor";
import { expect, test } from "vitest";
import { readGolden } from "../../../testdata/golden.ts";
import * as all from "../src/index.ts";
import { getOptimizer, Optimizer, SGD } from "../src/index.ts";

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

test("a rate that is no number, and options that are none, are refused with the way to write them", () => {
  expect(() => new SGD({ learningRate: "0.1" as never })).toThrow(ValueError);
  expect(() => new SGD({ learningRate: "0.1" as never })).toThrow(/^learningRate: the rate of step 0 is "0.1"\. .+\.$/);
  expect(() => new SGD({ learningRate: Number.NaN })).toThrow(/is NaN/);
  expect(() => new SGD(0.1 as never)).toThrow(/^SGD: the options are a number\. Write new SGD\(\{ learningRate: .+\.$/);
});

test("a variable of integers is refused, not stepped in whole numbers", () => {
  const v = new Variable([1, 2], { name: "count", dtype: "int32" });
  const step = () => scope(() => new SGD().apply([tensor([1, 1])], [v]));
  expect(step).toThrow(DTypeError);
  expect(step).toThrow(/^SGD: the variable "count" .+, got int32\[2\]\. .+\.$/);
});

test("options of unknown names are refused, the nearest named, by all optimizers and schedules", () => {
  for (const [name, made] of Object.entries(all)) {
    if (typeof made !== "function" || !(made.prototype instanceof Optimizer)) continue;
    const Made = made as new (options?: unknown) => Optimizer;
    const config = new Made().getConfig();
    expect(new Made(config).getConfig(), name).toEqual(config);
    expect(() => new Made({ lr: 1 })).toThrow(`${name}: there is no option "lr". Known names: learningRate, `);
    expect(() => new Made({ learning_rate: 1 })).toThrow('Did you mean "learningRate"?');
    expect(() => new Made(0.1)).toThrow(`${name}: the options are a number.`);
    expect(() => new Made(null)).toThrow(`${name}: the options are null.`);
  }
  const { ExponentialDecay, PiecewiseConstantDecay } = all;
  const decay = { initialLearningRate: 1, decaySteps: 2, decayRate: 0.5 };
  expect(() => new ExponentialDecay({ ...decay, stairCase: true } as never)).toThrow('Did you mean "staircase"?');
  expect(() => new PiecewiseConstantDecay(undefined as never)).toThrow(
    "PiecewiseConstantDecay: the options are undefined",
  );
});

test("a class of one's own may take what it likes", () => {
  class Own extends Optimizer {
    constructor(options: { readonly learningRate?: number; readonly bias?: number }) {
      super("Own", 0.1, options);
    }
    protected override slotNames(): readonly string[] {
      return [];
    }
    protected override updateStep(): void {}
  }
  expect(new Own({ bias: 1 }).learningRate).toBe(0.1);
});
