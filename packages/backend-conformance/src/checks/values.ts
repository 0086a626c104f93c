/** Checks of results: the literal cases of the table, and random calls against the reference. */
import { type DType, isFloat, isInteger, updates } from "@crease/backend";
import type { Bench } from "../bench.ts";
import { moveCases } from "../cases/move.ts";
import { type Check, check, failure, type RunName } from "../check.ts";
import { reference, throughFrontEnd, widened } from "../reference.ts";
import type { Rule } from "../rule.ts";
import { allCalls, type Call, literalRules, literalsOf, randomCalls, rowOf, termsOf } from "../samples.ts";
import { expectClose } from "../tolerance.ts";
import type { Value } from "../value.ts";
import { isComposite } from "./isComposite.ts";

/** Composites go through the front end, which knows whether the backend has a kernel. */
function compute(bench: Bench, op: RunName, { inputs, attrs }: Call): Promise<readonly Value[]> {
  return isComposite(op) ? throughFrontEnd(op, inputs, attrs, bench.backend) : bench.compute(op, inputs, attrs);
}

function expectAll(bench: Bench, op: RunName, call: Call, actual: readonly Value[], expected: readonly Value[]): void {
  if (actual.length !== expected.length)
    throw failure(op, `${actual.length} outputs, expected ${expected.length}`, call.inputs);
  for (const [i, y] of actual.entries()) {
    const what = actual.length === 1 ? op : `${op}, output ${i}`;
    expectClose(what, y, expected[i] as Value, bench.backend.traits, termsOf(op, call), call.inputs);
  }
}

/** Raises unless the backend computes what the reference computes in float64. */
export async function agrees(bench: Bench, op: RunName, call: Call): Promise<void> {
  const expected = await (isComposite(op)
    ? throughFrontEnd(op, call.inputs.map(widened), call.attrs)
    : reference(op, call.inputs, call.attrs));
  expectAll(bench, op, call, await compute(bench, op, call), expected);
}

/** Which rule says that results of a dtype are right. */
function ruleOf(op: RunName, dtype: DType): Rule {
  if (op === "randomBits") return "R34";
  if (op === "randomUniform") return "R35";
  if (isComposite(op)) return "R37";
  if (op === "cast") return "R23";
  if (op in moveCases && dtype !== "string") return op === "gather" ? "R31" : op === "scatterAdd" ? "R33" : "R1";
  return isFloat(dtype) ? "R20" : isInteger(dtype) ? "R21" : dtype === "bool" ? "R22" : "R24";
}

/** All checks of results of one op. */
export function valueChecks(op: RunName): readonly Check[] {
  const literal = literalRules(op).map((rule) =>
    check(rule, op, async (bench) => {
      for (const call of literalsOf(bench, op, rule))
        expectAll(bench, op, call, await compute(bench, op, call), call.outputs);
    }),
  );
  const { dtypes } = rowOf(op);
  const random = [...new Set(dtypes.map((dtype) => ruleOf(op, dtype)))].map((rule) =>
    check(
      rule,
      op,
      async (bench) => {
        for (const dtype of dtypes)
          if (ruleOf(op, dtype) === rule)
            for (const call of randomCalls(bench, op, dtype)) await agrees(bench, op, call);
      },
      "random calls",
    ),
  );
  const borders = updates.has(op as "sgdUpdate")
    ? []
    : [
        check(
          "R17",
          op,
          async (bench) => {
            for (const call of allCalls(bench, op, ["scalar", "scalar", "empty", "empty", "empty"]))
              await agrees(bench, op, call);
          },
          "random calls",
        ),
      ];
  return [...literal, ...random, ...borders];
}
