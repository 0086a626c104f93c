// Many more random calls than the suite makes, against the reference in float64 and against central differences.
import { describe, test } from "vitest";
import { Bench } from "../src/bench.ts";
import { derivatives } from "../src/checks/gradients.ts";
import { isComposite } from "../src/checks/isComposite.ts";
import { agrees } from "../src/checks/values.ts";
import { names, randomCalls, rowOf, smoothCalls } from "../src/samples.ts";
import { wrappedBackend } from "./wrappedBackend.ts";

const create = async () => wrappedBackend() as never;
const rounds = Array.from({ length: 40 }, (_, i) => i + 1);

describe.each(names)("%s", (op) => {
  test("random calls", async () => {
    const bench = new Bench(await create(), create);
    for (const round of rounds)
      for (const dtype of rowOf(op).dtypes)
        for (const call of randomCalls(bench, op, dtype, undefined, round)) await agrees(bench, op, call);
  });

  test("derivatives", async () => {
    const bench = new Bench(await create(), create);
    for (const round of rounds.slice(0, 10)) {
      const calls = smoothCalls(op, round) ?? [];
      for (const order of isComposite(op) ? ([1, 2] as const) : ([1] as const))
        await derivatives(op, calls, order)(bench);
    }
  });
});
