// The suite catches each broken rule: backends that break one rule fail a check that cites it, the same ones unbroken pass.
import { readFile } from "node:fs/promises";
import { UnsupportedOpError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { describe, expect, test } from "vitest";
import { Bench } from "../src/bench.ts";
import { checksFor } from "../src/checks.ts";
import { type Skip, testBackend } from "../src/index.ts";
import { type Rule, rules, unchecked } from "../src/rule.ts";
import { runCheck } from "../src/runCheck.ts";
import { brokenBackends } from "./brokenBackends.ts";
import type { Broken } from "./changes.ts";
import { rightParts, wrappedBackend } from "./wrappedBackend.ts";

/** What the first check of a rule that fails says about a broken backend; null where all pass. */
async function failureOf(
  rule: Rule,
  { change, skip = [], parts = () => rightParts() }: Broken,
): Promise<string | null> {
  const create = async () => wrappedBackend(change, parts()) as never;
  for (const check of checksFor(skip).filter((other) => other.rule === rule)) {
    const error = await runCheck(check, new Bench(await create(), create, skip)).catch((caught: Error) => caught);
    if (error !== undefined) return `${check.title}: ${error.message}`;
  }
  return null;
}

const all = Object.entries(brokenBackends).flatMap(([rule, list]) =>
  list.map((broken) => [rule as Rule, broken.what, broken] as const),
);

describe("a backend with kernels for all composites", () => {
  testBackend(() => wrappedBackend());
});

describe("a backend without sorting, composites, wide types and reading at once", () => {
  const skip = [
    { ops: ["sort", "topK"], reason: "no sorting" },
    { ops: ["matmul"], dtypes: ["int8"], reason: "no small integers" },
  ] as const;
  testBackend(
    () =>
      wrappedBackend((right) => ({
        traits: {
          ...right.traits,
          dtypes: ["float32", "int32", "int8", "bool"],
          exactInt: 2 ** 24,
          checksIndices: false,
        },
        composites: new Set(),
        readsAtOnce: false,
        run: (request) => {
          const { op, inputs } = request;
          if (op === "sort" || op === "topK") throw new UnsupportedOpError("wrapped", op, "no sorting", inputs);
          if (op === "matmul" && inputs[0]?.dtype === "int8")
            throw new UnsupportedOpError("wrapped", op, "no small integers", inputs);
          return right.runPrimitive(request);
        },
      })),
    { skip },
  );
});

describe("a broken backend fails a check of its rule", () => {
  test.each(all)("%s %s", async (rule, _what, broken) => {
    expect(await failureOf(rule, broken)).toContain(rules[rule]);
  });
});

describe("every rule of SPEC.md", () => {
  const checks = checksFor([{ ops: ["sort"], reason: "none" }]);

  test("has a name here, checked or not checked for a reason", async () => {
    const text = await readFile(new URL("../../backend/SPEC.md", import.meta.url), "utf8");
    const written = [...text.matchAll(/^- \*\*(R\d+)\*\* /gm)].map(([, rule]) => rule);
    expect(written.length).toBeGreaterThan(30);
    expect([...Object.keys(rules), ...Object.keys(unchecked)].sort()).toEqual(written.sort());
    for (const reason of Object.values(unchecked)) expect(reason).toMatch(/\w+ \w+/);
  });

  test.each(Object.keys(rules) as Rule[])("%s has a check and a broken backend", (rule) => {
    expect(checks.filter((check) => check.rule === rule)).not.toEqual([]);
    expect(brokenBackends[rule]).not.toEqual([]);
  });
});

test("a skip names ops by their names", () => {
  const right: Skip = { ops: ["sort", "gelu"], dtypes: ["int8"], reason: "no sorting" };
  // @ts-expect-error: no op of that name
  const wrong: Skip = { ops: ["srt"], reason: "no sorting" };
  // @ts-expect-error: views never reach a backend
  const view: Skip = { ops: ["reshape"], reason: "no reshaping" };
  expect([right, wrong, view].map(({ ops }) => ops.length)).toEqual([2, 1, 1]);
});

test("cpuBackend() is what the wrapper wraps", () => {
  expect(wrappedBackend().traits).toEqual(cpuBackend().traits);
});
