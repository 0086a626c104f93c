/** Running one check. */
import type { UnsupportedOpError } from "@crease/backend";
import type { Bench } from "./bench.ts";
import { type Check, failure, type RunName } from "./check.ts";

/** Runs a check and raises what it raises, or if buffers are left behind. One that needs another op, a skipped one, ends there. */
export async function runCheck({ op, run, title }: Check, bench: Bench): Promise<void> {
  const { backend } = bench;
  const start = backend.memory();
  try {
    await run(bench);
  } catch (error) {
    if (needsSkipped(error, op, bench)) return;
    throw error;
  }
  await backend.flush();
  const left = backend.memory().buffers - start.buffers;
  if (left !== 0) throw failure(title, `${left} buffers are left behind`);
}

function needsSkipped(error: unknown, own: RunName | undefined, { skips }: Bench): boolean {
  if (!(error instanceof Error) || error.name !== "UnsupportedOpError") return false;
  const { op } = error as UnsupportedOpError;
  return op !== own && skips.some(({ ops }) => ops.includes(op as RunName));
}
