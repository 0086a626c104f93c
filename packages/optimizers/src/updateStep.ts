/** What one update of one variable works with. */
import { scope, type Tensor, type Variable } from "@crease/tensor";

/** One variable's gradient and state, and the host numbers of the step. */
export interface UpdateStep {
  readonly variable: Variable;
  /** Clipped, in the variable's dtype. */
  readonly gradient: Tensor;
  /** The optimizer's variables that belong to this one, by slot name. */
  readonly slots: Readonly<Record<string, Variable>>;
  readonly learningRate: number;
  /** Decoupled decay of this variable; 0 for none. */
  readonly weightDecay: number;
  /** Number of the update, from 1. */
  readonly count: number;
}

/** Gives each variable its new value. */
export function assignAll(variables: readonly (Variable | undefined)[], values: readonly Tensor[]): void {
  variables.forEach((variable, i) => {
    variable?.assign(values[i] as Tensor);
  });
}

/** `variable * (1 - learningRate * weightDecay)`: where a step starts. */
export function decayed({ variable, learningRate, weightDecay }: UpdateStep): Tensor {
  return weightDecay === 0 ? variable.value : variable.value.mul(1 - learningRate * weightDecay);
}

/** `variable = decayed - change`: the end of an update written in tensor ops. */
export function descend(step: UpdateStep, change: Tensor): void {
  scope(() => step.variable.assign(decayed(step).sub(change)));
}
