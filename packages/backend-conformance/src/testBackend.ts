/** The suite as tests. */
import type { Backend } from "@crease/backend";
import { afterAll, beforeAll, describe, test } from "vitest";
import { Bench } from "./bench.ts";
import type { Check } from "./check.ts";
import { checksFor } from "./checks.ts";
import { runCheck } from "./runCheck.ts";
import type { Skip } from "./skip.ts";

/** What a backend is excused from. */
export interface TestBackendOptions {
  /** Ops that it does not have, with reasons. */
  readonly skip?: readonly Skip[];
}

/**
 * Registers the conformance suite for a backend with vitest: call it at the top level of a test file. Each test names
 * the rule of SPEC.md in `@crease/backend` that it checks. `create` makes a new backend at each call; each is disposed.
 * An op in `skip` must raise UnsupportedOpError, and what needs it for another check is let off.
 *
 * @example
 * ```ts
 * import { cpuBackend } from "@crease/backend-cpu";
 * const skip = [{ ops: ["sort", "topK"], reason: "no sorting on this device" }] as const;
 * const registerTests = () => testBackend(cpuBackend, { skip });
 * skip.flatMap(({ ops }) => ops); // => [sort, topK]
 * ```
 */
export function testBackend<H>(
  create: () => Backend<H> | Promise<Backend<H>>,
  { skip = [] }: TestBackendOptions = {},
): void {
  const make = async () => (await create()) as Backend<unknown>;
  let bench: Bench | undefined;
  beforeAll(async () => {
    bench = new Bench(await make(), make, skip);
  });
  afterAll(() => bench?.backend.dispose());
  for (const [name, checks] of byOp(checksFor(skip)))
    describe(name, () => {
      for (const check of checks) test(check.title, () => runCheck(check, bench as Bench));
    });
}

function byOp(checks: readonly Check[]): Map<string, Check[]> {
  const groups = new Map<string, Check[]>();
  for (const check of checks) {
    const name = check.op ?? "buffers";
    groups.set(name, [...(groups.get(name) ?? []), check]);
  }
  return groups;
}
