/** The error of using what was given up. */
import { DisposedError, type Spec } from "@crease/backend";

/** Names the op, all inputs and the way out. */
export function disposedError(op: string, inputs: readonly Spec[]): DisposedError {
  return new DisposedError({
    op,
    problem: "an input was disposed",
    got: inputs,
    fix: "Return it from the scope it was made in, or `keep` it",
  });
}
