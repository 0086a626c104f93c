/** An optimizer's state from the arrays of a file. */
import { DataError } from "@crease/backend";
import type { StoredArray } from "@crease/files";
import type { Optimizer } from "@crease/optimizers";
import type { Variable } from "@crease/tensor";
import { optimizerEntries } from "./optimizerEntries.ts";
import type { Assignment } from "./storedValues.ts";

/** What is to be set: slots, then step count and rate. */
export interface OptimizerPlan {
  readonly assignments: readonly Assignment[];
  /** To be called when all assignments have been made. */
  readonly finish: () => void;
}

/**
 * How an optimizer comes to the state in `arrays`, which has only step count and rate where it never made a step.
 *
 * @throws DataError where the arrays are not those of such an optimizer.
 */
export function planOptimizer(
  file: string,
  optimizer: Optimizer,
  variables: readonly Variable[],
  arrays: readonly StoredArray[],
): OptimizerPlan {
  const wrong = (problem: string): DataError =>
    new DataError({
      op: file,
      problem: `the state of the optimizer ${problem}`,
      fix: "Load it without its training by `{ compile: false }`, and compile it anew",
    });
  const entries = optimizerEntries(optimizer, variables);
  const numbers = entries.filter(({ kind }) => kind === "steps" || kind === "rate");
  if (arrays.length !== entries.length && arrays.length !== numbers.length)
    throw wrong(`has ${arrays.length} variables, and ${optimizer.className} has ${entries.length}`);
  const assignments: Assignment[] = [];
  const { learningRate } = optimizer.state;
  const state = { steps: 0, learningRate };
  entries.slice(0, arrays.length).forEach((entry, i) => {
    const stored = arrays[i] as StoredArray;
    if (entry.kind === "slot") {
      assignments.push({ what: `optimizer ${i}`, variable: entry.variable, stored });
      return;
    }
    const value = stored.data[0];
    if (stored.data.length !== 1 || typeof value !== "number") throw wrong(`has no number at ${i}`);
    if (entry.kind === "steps") state.steps = value;
    // The config may hold more digits of the same rate.
    if (entry.kind === "rate" && Math.fround(learningRate as number) !== value) state.learningRate = value;
  });
  if (!Number.isSafeInteger(state.steps) || state.steps < 0) throw wrong(`counts ${state.steps} steps`);
  if (state.learningRate !== null && !Number.isFinite(state.learningRate))
    throw wrong(`has the rate ${state.learningRate}`);
  return {
    assignments,
    finish: () => {
      optimizer.state = state;
    },
  };
}
