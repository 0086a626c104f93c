/** What a check is: one rule for one op, run against any backend. */
import { BackendError, type CompositeName, type KernelName, type Spec } from "@crease/backend";
import type { Bench } from "./bench.ts";
import { type Rule, rules } from "./rule.ts";

/** The names that `Backend.run` takes. */
export type RunName = KernelName | CompositeName;

/** One thing that a backend must do; it throws where the backend does not. */
export interface Check {
  readonly rule: Rule;
  readonly title: string;
  /** The op whose rule it is; checks of buffers have none. */
  readonly op?: RunName;
  readonly run: (bench: Bench) => Promise<void>;
}

/** A check named after its rule. */
export function check(rule: Rule, op: RunName | undefined, run: (bench: Bench) => Promise<void>, what = ""): Check {
  const title = `${rule} ${rules[rule]}${what === "" ? "" : `: ${what}`}`;
  return op === undefined ? { rule, title, run } : { rule, title, op, run };
}

/** The error of a check that does not hold. */
export function failure(op: string, problem: string, got: readonly Spec[] = []): BackendError {
  return new BackendError({ op, problem, got, fix: "The rules are in SPEC.md of @crease/backend" });
}

/** Runs what must raise, and returns the error. */
export async function raised(op: string, expected: string, body: () => unknown): Promise<Error> {
  let error: unknown;
  try {
    await body();
  } catch (caught) {
    error = caught;
  }
  if (error instanceof Error && error.name === expected) return error;
  throw failure(
    op,
    error === undefined ? `nothing was raised, expected ${expected}` : `raised ${error}, expected ${expected}`,
  );
}
