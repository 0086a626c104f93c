/** The list of all checks. */
import type { Check } from "./check.ts";
import { bufferChecks } from "./checks/buffers.ts";
import { callChecks } from "./checks/calls.ts";
import { compositeChecks } from "./checks/composites.ts";
import { dtypeChecks } from "./checks/dtypes.ts";
import { gradientChecks } from "./checks/gradients.ts";
import { indexChecks } from "./checks/indices.ts";
import { randomChecks } from "./checks/random.ts";
import { unsupportedChecks } from "./checks/unsupported.ts";
import { valueChecks } from "./checks/values.ts";
import { names } from "./samples.ts";
import type { Skip } from "./skip.ts";

/** What a backend must do, but for the ops that it skips; those must raise. */
export function checksFor(skips: readonly Skip[]): readonly Check[] {
  const skipped = new Set(skips.flatMap(({ ops, dtypes }) => (dtypes === undefined ? ops : [])));
  return [
    ...bufferChecks,
    ...dtypeChecks,
    ...names.flatMap((op) => [...callChecks(op), ...valueChecks(op)]),
    ...indexChecks,
    ...randomChecks,
    ...compositeChecks,
    ...gradientChecks,
  ]
    .filter(({ op }) => op === undefined || !skipped.has(op))
    .concat(skips.flatMap(unsupportedChecks));
}
