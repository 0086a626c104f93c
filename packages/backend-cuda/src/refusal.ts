/** The error of everything that keeps the binding from being installed or used. */
import { BackendError } from "@crease/backend";

/** An error of `installBinding`; `fix` is the command or step that mends it, without its full stop. */
export function refusal(problem: string, fix: string, cause?: unknown): BackendError {
  return new BackendError({ op: "installBinding", problem, fix, ...(cause === undefined ? {} : { cause }) });
}
