/** Optimizers and schedules against Keras: every case of optimizers.json whose class exists here. */
import { type Tensor, tensor, Variable } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { decode, expectClose, type GoldenNumber, type GoldenTensor, readGolden } from "../../../testdata/golden.ts";
import { type Tolerance, tolerances } from "../../../testdata/tolerances.ts";
import * as exported from "../src/index.ts";
import { type ClassConfig, getOptimizer, type LearningRateSchedule, Nadam, type Optimizer } from "../src/index.ts";

interface Case {
  readonly name: string;
  readonly class: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly exclude_from_weight_decay?: readonly string[];
  readonly after: Readonly<Record<string, readonly [GoldenTensor, GoldenTensor]>>;
  readonly slots: readonly { readonly path: string; readonly value: GoldenTensor }[];
  readonly learning_rates?: readonly GoldenNumber[];
  readonly finalized?: readonly [GoldenTensor, GoldenTensor];
}
interface ScheduleCase {
  readonly name: string;
  readonly class: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly steps: readonly number[];
  readonly values: readonly GoldenNumber[];
}
interface File {
  readonly variables: { readonly a: GoldenTensor; readonly b: GoldenTensor };
  readonly gradients: readonly { readonly step: number; readonly a: GoldenTensor; readonly b: GoldenTensor }[];
  readonly cases: readonly Case[];
  readonly schedules: readonly ScheduleCase[];
}

const file = readGolden<File>("optimizers.json");
const ours = new Set([
  "SGD",
  "Adadelta",
  "Adafactor",
  "Adagrad",
  "Adam",
  "AdamW",
  "Adamax",
  "Ftrl",
  "Lamb",
  "Lion",
  "Muon",
  "Nadam",
  "RMSprop",
]);
const cases = file.cases.filter((c) => ours.has(c.class));
const schedules = file.schedules.filter((c) => c.class in exported);

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, next: string) => next.toUpperCase());

/** Keras's names and nested class configurations as ours. */
function translated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(translated);
  if (typeof value !== "object" || value === null) return value;
  if ("class_name" in value && "config" in value)
    return { className: value.class_name, config: translated(value.config) };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camel(key), translated(inner)]));
}

function optimizerOf({ class: className, args }: Case): Optimizer {
  return getOptimizer({ className, config: translated(args) as ClassConfig["config"] });
}

const load = (x: GoldenTensor): Tensor => tensor(Float32Array.from(decode(x)), { shape: x.shape });

function tolerance(c: Case): Tolerance {
  const { centered, lamb, adafactor, muon, values } = tolerances.optimizers;
  if (c.config.centered === true) return centered;
  return { Lamb: lamb, Adafactor: adafactor, Muon: muon }[c.class] ?? values;
}

function expectNumbers(actual: Variable, expected: GoldenTensor, allowed: Tolerance, what: string): void {
  expect(actual.shape, what).toEqual(expected.shape);
  expectClose(actual.value.dataSync() as Float32Array, Float32Array.from(decode(expected)), allowed, what);
}

test("the file has cases of every optimizer here", () => {
  expect(new Set(cases.map((c) => c.class))).toEqual(ours);
  expect(schedules.length).toBeGreaterThan(0);
});

describe("optimizers", () => {
  test.each(cases.map((c) => [c.name, c] as const))("%s", (_, c) => {
    const a = new Variable(load(file.variables.a), { name: "a" });
    const b = new Variable(load(file.variables.b), { name: "b" });
    const optimizer = optimizerOf(c);
    if (c.exclude_from_weight_decay) optimizer.excludeFromWeightDecay({ names: c.exclude_from_weight_decay });
    const rates: number[] = [];
    let compared = 0;
    for (const gradients of file.gradients) {
      rates.push(optimizer.learningRate);
      optimizer.apply([load(gradients.a), load(gradients.b)], [a, b]);
      const after = c.after[gradients.step];
      if (after === undefined) continue;
      expectNumbers(a, after[0], tolerance(c), `a after step ${gradients.step}`);
      expectNumbers(b, after[1], tolerance(c), `b after step ${gradients.step}`);
      compared++;
    }
    expect(compared).toBe(Object.keys(c.after).length);
    if (c.learning_rates) expectClose(rates, decode(c.learning_rates), tolerance(c), "learning rates");
    expectSlots(optimizer, { a, b }, c);
    if (c.finalized) {
      optimizer.finalizeVariableValues([a, b]);
      expectNumbers(a, c.finalized[0], tolerance(c), "a finalized");
      expectNumbers(b, c.finalized[1], tolerance(c), "b finalized");
    }
  });
});

/** Slots whose path in Keras is the variable's alone, in their order. */
const unnamed = ["rowVelocity", "columnVelocity"];

/** Keras's paths are `<optimizer>/<variable>_<slot>`, host numbers, and Adafactor's unnamed ones (scalars for vectors). */
function expectSlots(optimizer: Optimizer, variables: { readonly a: Variable; readonly b: Variable }, c: Case): void {
  const seen = { a: new Set<string>(), b: new Set<string>() };
  for (const { path, value } of c.slots) {
    const name = path.split("/").at(-1) as string;
    if (name === "iteration") expect(optimizer.state.steps).toBe(decode(value)[0]);
    else if (name === "learning_rate")
      expectClose([optimizer.learningRate], decode(value), tolerance(c), "learning rate");
    else if (name === "variable" && optimizer instanceof Nadam)
      expectClose([optimizer.momentumProduct], decode(value), { ...tolerance(c), absolute: 0 }, "momentum product");
    else {
      const [, owner, named] = /^([ab])(?:_(.*))?$/.exec(name) as unknown as [string, "a" | "b", string | undefined];
      if (named === undefined && value.shape.length === 0 && variables[owner].ndim < 2) continue;
      const slot = named === undefined ? unnamed.find((each) => !seen[owner].has(each))! : camel(named);
      const variable = optimizer.slots(variables[owner])[slot];
      if (variable === undefined) expect.fail(`no slot ${slot}`);
      const isFtrlLinear = c.class === "Ftrl" && slot === "linear";
      expectNumbers(variable, value, isFtrlLinear ? tolerances.optimizers.ftrlLinear : tolerance(c), name);
      seen[owner].add(slot);
    }
  }
  for (const owner of ["a", "b"] as const)
    expect(seen[owner]).toEqual(new Set(Object.keys(optimizer.slots(variables[owner]))));
}

describe("configurations", () => {
  test.each(cases.map((c) => [c.name, c] as const))("%s", (_, c) => {
    const { name, ...config } = optimizerOf(c).getConfig();
    expect(name).toBe(c.class.toLowerCase());
    const expected = translated(c.config) as Record<string, unknown>;
    const { learningRate, ...rest } = expected;
    expect(config).toMatchObject(rest);
    expect(Object.keys(config).sort()).toEqual(Object.keys(expected).sort());
    if (typeof learningRate === "number")
      expect(Math.fround(config.learningRate as number)).toBe(Math.fround(learningRate));
    else expect(config.learningRate).toEqual(learningRate);
    expect(getOptimizer({ className: c.class, config }).getConfig()).toEqual({ name, ...config });
  });
});

describe("schedules", () => {
  test.each(schedules.map((c) => [c.name, c] as const))("%s", (_, c) => {
    const Schedule = (exported as unknown as Record<string, new (options: unknown) => LearningRateSchedule>)[c.class]!;
    const schedule = new Schedule(translated(c.args));
    const rates = c.steps.map((step) => schedule.call(step));
    expectClose(rates, decode(c.values), tolerances.optimizers.values, c.name);
    expect(schedule.getConfig()).toEqual(translated(c.config));
    expect(new Schedule(schedule.getConfig()).call(7)).toBe(schedule.call(7));
  });
});
