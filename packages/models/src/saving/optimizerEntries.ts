/** The variables of an optimizer in the order of Keras 3's files. */
import { Adafactor, Nadam, type Optimizer, RMSprop } from "@crease/optimizers";
import type { Variable } from "@crease/tensor";

/** A number of the host, or a slot. */
export type OptimizerEntry =
  | { readonly kind: "steps"; readonly value: number }
  | { readonly kind: "rate"; readonly value: number }
  /** A number that follows from the others: written for Keras, passed over in reading. */
  | { readonly kind: "derived"; readonly value: number; readonly isInteger: boolean }
  | { readonly kind: "slot"; readonly variable: Variable };

/** Slots that come for all variables before the optimizer's own, and such that come for all variables behind them. */
const before: readonly string[] = ["average", "gradientAccumulator"];
const behind: readonly string[] = ["velocityHat"];

/**
 * Step count, rate (where no schedule gives it), then the slots: averages and accumulators of all variables, the
 * optimizer's own variable by variable (those of RMSprop kind by kind), `velocityHat` of all. Makes slots where there
 * are none yet.
 */
export function optimizerEntries(optimizer: Optimizer, variables: readonly Variable[]): readonly OptimizerEntry[] {
  const { steps, learningRate } = optimizer.state;
  const entries: OptimizerEntry[] = [{ kind: "steps", value: steps }];
  if (learningRate !== null) entries.push({ kind: "rate", value: learningRate });
  optimizer.build(variables);
  const addGroup = (isIn: (slot: string) => boolean): void => {
    for (const variable of variables) {
      const slots = Object.entries(optimizer.slots(variable)).filter(([slot]) => isIn(slot));
      if (slots.length > 0 && optimizer instanceof Adafactor && variable.ndim < 2 && isIn("velocity"))
        for (let i = 0; i < 2; i++) entries.push({ kind: "derived", value: 0, isInteger: true });
      for (const [, slot] of slots) entries.push({ kind: "slot", variable: slot });
    }
  };
  for (const slot of before) addGroup((name) => name === slot);
  const isOwn = (slot: string): boolean => !before.includes(slot) && !behind.includes(slot);
  if (optimizer instanceof RMSprop)
    for (const slot of ["velocity", "momentum", "averageGradient"]) addGroup((name) => name === slot);
  else addGroup(isOwn);
  for (const slot of behind) addGroup((name) => name === slot);
  if (optimizer instanceof Nadam) entries.push({ kind: "derived", value: optimizer.momentumProduct, isInteger: false });
  return entries;
}
