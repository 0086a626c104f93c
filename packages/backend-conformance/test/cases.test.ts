// The case table itself: nothing in it is skipped on a backend that has everything, and it reaches what kernels fail on.
import { cpuBackend } from "@crease/backend-cpu";
import { describe, expect, test } from "vitest";
import { Bench, inferOuts } from "../src/bench.ts";
import { isComposite } from "../src/checks/isComposite.ts";
import { allCalls, literalRules, literalsOf, names, rowOf, smoothCalls } from "../src/samples.ts";

const backend = cpuBackend() as never;
const bench = new Bench(backend, async () => backend);
const random = ["randomBits", "randomUniform"];

describe.each(names)("%s", (op) => {
  const shapes = allCalls(bench, op).flatMap(({ inputs, attrs }) =>
    [...inputs, ...inferOuts(op, inputs, attrs)].map((x) => x.shape),
  );

  test("every literal case runs on the reference backend", () => {
    const runs = literalRules(op).flatMap((rule) => literalsOf(bench, op, rule));
    expect(runs.length).toBe(rowOf(op).literals.reduce((count, [, dtypes]) => count + dtypes.length, 0));
    expect(runs.length).toBeGreaterThan(0);
  });

  test("random calls have axes of size 0 and 1, long odd ones and several ranks", () => {
    expect(shapes.some((shape) => shape.includes(0))).toBe(true);
    expect(shapes.some((shape) => shape.includes(1))).toBe(true);
    expect(shapes.some((shape) => shape.some((size) => size > 48 && size % 2 === 1))).toBe(true);
    expect(Math.max(...shapes.map((shape) => shape.length))).toBeGreaterThanOrEqual(isComposite(op) ? 3 : 4);
    expect(new Set(shapes.map((shape) => shape.length)).size).toBeGreaterThan(2);
  });

  test("calls for derivatives have inputs to derive by", () => {
    const calls = smoothCalls(op);
    if (calls === null) return;
    expect(random).not.toContain(op);
    expect(calls.every(({ inputs }) => inputs.some((x) => x.dtype === "float64"))).toBe(true);
    expect(
      calls.filter(({ inputs }) => inputs.some((x) => x.dtype === "float64" && x.data.length > 0)).length,
    ).toBeGreaterThan(3);
  });
});
