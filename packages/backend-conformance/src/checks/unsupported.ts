/** Checks of the ops that a backend says it does not have. */
import type { Bench } from "../bench.ts";
import { Bench as OpenBench } from "../bench.ts";
import { type Check, check, failure, type RunName, raised } from "../check.ts";
import { throughFrontEnd } from "../reference.ts";
import { type Call, randomCalls, rowOf } from "../samples.ts";
import type { Skip } from "../skip.ts";
import { isComposite } from "./isComposite.ts";

async function refuses(bench: Bench, op: RunName, { inputs, attrs }: Call): Promise<void> {
  const error = await raised(op, "UnsupportedOpError", () =>
    isComposite(op) ? throughFrontEnd(op, inputs, attrs, bench.backend) : bench.compute(op, inputs, attrs),
  );
  const { reason } = error as { reason?: string };
  if (typeof reason !== "string" || reason.trim() === "" || !error.message.includes(reason))
    throw failure(op, `the message gives no reason: "${error.message}"`, inputs);
  if (!error.message.includes(".to("))
    throw failure(op, `the message does not say how to move the tensors: "${error.message}"`, inputs);
}

/** One check for each op of a skip. */
export function unsupportedChecks({ ops, dtypes, reason }: Skip): readonly Check[] {
  return ops.map((op) =>
    check(
      "R14",
      op,
      async ({ backend, create }) => {
        const open = new OpenBench(backend, create);
        for (const dtype of dtypes ?? rowOf(op).dtypes)
          for (const call of randomCalls(open, op, dtype, ["any", "empty"])) await refuses(open, op, call);
      },
      `unsupported (${reason})`,
    ),
  );
}
