/** One recorded call: the tape holds its tensors' storages, whatever their owners do. */
import type { Call, Tensor } from "@crease/tensor";

/** A call with its outputs. */
export interface Entry {
  readonly call: Call;
  readonly outputs: readonly Tensor[];
}

/** Takes a count of the storage of every input and output. */
export function holdEntry({ call, outputs }: Entry): void {
  const inputs = call.inputs as readonly Tensor[];
  for (let i = 0; i < inputs.length; i++) (inputs[i] as Tensor).storage.retain();
  for (let i = 0; i < outputs.length; i++) (outputs[i] as Tensor).storage.retain();
}

/** Gives the counts back. */
export function releaseEntry({ call, outputs }: Entry): void {
  for (const x of call.inputs as readonly Tensor[]) x.storage.release();
  for (const y of outputs) y.storage.release();
}

/**
 * Runs `body` with all inputs and outputs usable: those that were disposed meanwhile come back for its duration, as
 * the same objects, because outer tapes know them by identity.
 */
export function withEntry<T>({ call, outputs }: Entry, body: () => T): T {
  const revived: Tensor[] = [];
  const revive = (x: Tensor): void => {
    if (!x.isDisposed) return;
    x.storage.retain();
    x.revive();
    revived.push(x);
  };
  try {
    (call.inputs as readonly Tensor[]).forEach(revive);
    outputs.forEach(revive);
    return body();
  } finally {
    for (const x of revived) x.dispose();
  }
}
