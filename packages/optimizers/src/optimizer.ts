/** The base of all optimizers: what happens around the update of each variable. */
import {
  type Backend,
  DTypeError,
  isFloat,
  type OptionNames,
  requireClassOptions,
  requireNumber,
  type Shape,
  ShapeError,
  sameShape,
  ValueError,
} from "@crease/backend";
import { full, scope, type Tensor, Variable } from "@crease/tensor";
import { clipGradients } from "./clipGradients.ts";
import { deserializeRate, type LearningRate, rateAt, serializeRate } from "./learningRate.ts";
import {
  type FilledOptions,
  fillOptions,
  type OptimizerOptions,
  requireOptionsObject,
  sharedNames,
} from "./optimizerOptions.ts";
import type { UpdateStep } from "./updateStep.ts";

/** The host numbers of an optimizer, for checkpoints; its tensors are the slots. */
export interface OptimizerState {
  /** Number of `apply` calls so far. */
  readonly steps: number;
  /** The rate where it is a number; null where a schedule gives it. */
  readonly learningRate: number | null;
}

/** A gradient with the variable it belongs to. */
interface Pair {
  readonly gradient: Tensor;
  readonly variable: Variable;
}

/** Names of the slots that averaging and accumulation need. */
const averageSlot = "average";
const accumulatorSlot = "gradientAccumulator";

/**
 * Changes variables by their gradients. A subclass names its slots (variables that it keeps for each variable, most of
 * the same shape) and writes one update step for one variable; clipping, weight decay, averaging, accumulation, loss
 * scaling and learning-rate schedules are done around it. Step count and rate are host numbers: nothing is read back.
 *
 * @example
 * ```ts
 * import { Optimizer, type UpdateStep } from "@crease/optimizers";
 * import { tensor, Variable } from "@crease/tensor";
 * class SignDescent extends Optimizer {
 *   constructor() {
 *     super("SignDescent", 0.5);
 *   }
 *   protected override slotNames(): readonly string[] {
 *     return [];
 *   }
 *   protected override updateStep({ variable, gradient, learningRate }: UpdateStep): void {
 *     variable.assign(variable.value.sub(gradient.sign().mul(learningRate)));
 *   }
 * }
 * const w = new Variable([1, 2]);
 * new SignDescent().apply([tensor([9, -9])], [w]);
 * w.value; // => [0.5 2.5]
 * ```
 */
export abstract class Optimizer {
  static readonly sharedNames: OptionNames<OptimizerOptions> = sharedNames;
  /** The class's name as configurations spell it. */
  readonly className: string;
  readonly name: string;
  readonly #options: FilledOptions;
  #rate: LearningRate;
  #steps = 0;
  readonly #slots = new Map<Variable, Readonly<Record<string, Variable>>>();
  #undecayed: (variable: Variable) => boolean = () => false;

  /** @throws ValueError for options out of their range and for two ways of clipping at once. */
  constructor(className: string, learningRate: number, options: OptimizerOptions = {}) {
    requireOptionsObject(className, options);
    requireClassOptions(className, options, new.target);
    this.className = className;
    this.name = options.name ?? className.toLowerCase();
    this.#options = fillOptions(className, options);
    this.#rate = deserializeRate(options.learningRate ?? learningRate);
    const first = rateAt(this.#rate, 0);
    if (typeof this.#rate === "number") requireNumber(className, "learningRate", first, { above: 0 });
  }

  /** Names of the variables kept for a variable. */
  protected abstract slotNames(variable: Variable): readonly string[];

  /** Changes one variable and its slots; runs in a scope of its own. */
  protected abstract updateStep(step: UpdateStep): void;

  /** What a slot is filled with at first. */
  protected initialSlotValue(_slot: string): number {
    return 0;
  }

  /** The shape of a slot: that of its variable, unless a subclass says otherwise. */
  protected slotShape(_slot: string, variable: Variable): Shape {
    return variable.shape;
  }

  /** The decay of a variable that is not left out of it; null for none. */
  protected weightDecayOf(_variable: Variable): number | null {
    return this.weightDecay;
  }

  /** The rate of the next step. */
  get learningRate(): number {
    return rateAt(this.#rate, this.#steps);
  }

  /** @throws ValueError for a number where the rate follows a schedule, and for numbers that are not finite. */
  set learningRate(rate: LearningRate) {
    if (typeof rate === "number" && typeof this.#rate !== "number")
      throw new ValueError({
        op: this.className,
        problem: `the rate follows a schedule, so it cannot be set to ${rate}`,
        fix: "Make the optimizer with a number as learningRate, or set another schedule",
      });
    rateAt(rate, this.#steps);
    this.#rate = rate;
  }

  /** Number of updates so far: calls of `apply`, over `gradientAccumulationSteps` where these are set. */
  get iterations(): number {
    return Math.floor(this.#steps / (this.#options.gradientAccumulationSteps ?? 1));
  }

  /** Decoupled decay of the variables; null for none. */
  get weightDecay(): number | null {
    return this.#options.weightDecay;
  }

  /** Makes the slots of those variables that have none yet; `apply` does it by itself. */
  build(variables: readonly Variable[]): void {
    for (const variable of variables) {
      if (this.#slots.has(variable)) continue;
      const slots: Record<string, Variable> = {};
      for (const slot of this.slotNames(variable))
        slots[slot] = slotOf(variable, slot, this.slotShape(slot, variable), this.initialSlotValue(slot));
      if (this.#options.useEma) slots[averageSlot] = slotOf(variable, averageSlot, variable.shape, 0);
      if (this.#options.gradientAccumulationSteps !== null)
        slots[accumulatorSlot] = slotOf(variable, accumulatorSlot, variable.shape, 0);
      this.#slots.set(variable, slots);
    }
  }

  /** The variables that have slots, in the order in which they got them. */
  get builtFor(): readonly Variable[] {
    return [...this.#slots.keys()];
  }

  /** The optimizer's variables that belong to one variable, by slot name, made if there are none yet. */
  slots(variable: Variable): Readonly<Record<string, Variable>> {
    this.build([variable]);
    return this.#slots.get(variable) as Readonly<Record<string, Variable>>;
  }

  /**
   * One step: changes each variable by its gradient. Variables whose gradient is null stay as they are.
   *
   * @throws ValueError where the lists differ in length or hold no gradient at all; ShapeError where a gradient has
   *   another shape than its variable; BackendError where it lives on another backend.
   */
  apply(gradients: readonly (Tensor | null)[], variables: readonly Variable[]): void {
    const pairs = this.#pairs(gradients, variables);
    if (pairs.length === 0) return;
    this.build(variables);
    scope(() => {
      this.#update(pairs);
      if (this.#options.useEma) this.#average(variables);
      for (const { variable } of pairs) constrain(variable);
    });
    this.#steps++;
  }

  /** The loss times `lossScaleFactor`, to be differentiated in its place; the loss itself where that is not set. */
  scaleLoss(loss: Tensor): Tensor {
    const { lossScaleFactor } = this.#options;
    return lossScaleFactor === null ? loss : loss.mul(lossScaleFactor);
  }

  /** Leaves the given variables, and those whose name contains one of the given texts, out of weight decay. */
  excludeFromWeightDecay(what: { readonly variables?: readonly Variable[]; readonly names?: readonly string[] }): void {
    const { variables = [], names = [] } = what;
    this.#undecayed = (variable) => variables.includes(variable) || names.some((name) => variable.name.includes(name));
  }

  /** At the end of training: sets the variables to their moving averages where `useEma`, else does nothing. */
  finalizeVariableValues(variables: readonly Variable[]): void {
    if (this.#options.useEma) this.#overwriteWithAverages(variables);
  }

  /** Step count and rate. */
  get state(): OptimizerState {
    return { steps: this.#steps, learningRate: typeof this.#rate === "number" ? this.#rate : null };
  }

  /** Goes on from a saved state. @throws ValueError where the step count is none. */
  set state(state: OptimizerState) {
    if (!Number.isSafeInteger(state.steps) || state.steps < 0)
      throw new ValueError({
        op: this.className,
        problem: `step count ${state.steps} is no whole number of 0 or more`,
        fix: "Pass what `state` returned",
      });
    if (state.learningRate !== null && typeof this.#rate === "number") this.learningRate = state.learningRate;
    this.#steps = state.steps;
  }

  /** Moves all slots to another backend. */
  async to<H>(backend: Backend<H>): Promise<void> {
    for (const slots of this.#slots.values()) for (const slot of Object.values(slots)) await slot.to(backend);
  }

  /** Gives all slots up; the next step begins with new ones. */
  dispose(): void {
    for (const slots of this.#slots.values()) for (const slot of Object.values(slots)) slot.dispose();
    this.#slots.clear();
  }

  /** The constructor's options, the rate included. @throws ValueError where the rate is a plain function. */
  getConfig(): Readonly<Record<string, unknown>> {
    return { name: this.name, learningRate: serializeRate(this.#rate), ...this.#options };
  }

  #pairs(gradients: readonly (Tensor | null)[], variables: readonly Variable[]): readonly Pair[] {
    const wrong = (problem: string, fix: string): ValueError => new ValueError({ op: this.className, problem, fix });
    if (gradients.length !== variables.length)
      throw wrong(
        `${gradients.length} gradients for ${variables.length} variables`,
        "Give one gradient, or null, for each variable",
      );
    const pairs: Pair[] = [];
    gradients.forEach((gradient, i) => {
      const variable = variables[i] as Variable;
      if (gradient === null) return;
      if (!sameShape(gradient.shape, variable.shape))
        throw new ShapeError({
          op: this.className,
          problem: `a gradient does not have the shape of its variable "${variable.name}"`,
          got: [gradient, variable],
          fix: "Give the gradients in the order of the variables",
        });
      if (!isFloat(variable.dtype))
        throw new DTypeError({
          op: this.className,
          problem: `the variable "${variable.name}" holds no fractions, so steps cannot change it`,
          got: [variable],
          fix: "Make it of a float dtype, or leave it out with `trainable: false`",
        });
      pairs.push({ gradient, variable });
    });
    if (pairs.length === 0 && variables.length > 0)
      throw wrong("all gradients are null", "Compute the loss from the variables, inside the tape's `record`");
    return pairs;
  }

  /** Scales, accumulates and clips the gradients, then updates variable by variable. */
  #update(pairs: readonly Pair[]): void {
    const gradients = this.#accumulated(
      pairs.map((pair) => this.#unscaled(pair)),
      pairs,
    );
    if (gradients === null) return;
    const { learningRate } = this;
    const count = this.iterations + 1;
    clipGradients(gradients, this.#options).forEach((gradient, i) => {
      const { variable } = pairs[i] as Pair;
      const weightDecay = this.#undecayed(variable) ? 0 : (this.weightDecayOf(variable) ?? 0);
      const slots = this.slots(variable);
      scope(() => this.updateStep({ variable, gradient, slots, learningRate, weightDecay, count }));
    });
  }

  #unscaled({ gradient, variable }: Pair): Tensor {
    const { lossScaleFactor } = this.#options;
    const own = gradient.dtype === variable.dtype ? gradient : gradient.cast(variable.dtype);
    return lossScaleFactor === null ? own : own.div(lossScaleFactor);
  }

  /** The mean gradients since the last update where one is due, else null; the gradients where none accumulate. */
  #accumulated(gradients: readonly Tensor[], pairs: readonly Pair[]): readonly Tensor[] | null {
    const { gradientAccumulationSteps } = this.#options;
    if (gradientAccumulationSteps === null) return gradients;
    const sums = gradients.map((gradient, i) =>
      gradient.add(this.#slot(pairs[i]?.variable as Variable, accumulatorSlot)),
    );
    if ((this.#steps + 1) % gradientAccumulationSteps !== 0) {
      sums.forEach((sum, i) => {
        this.#slot(pairs[i]?.variable as Variable, accumulatorSlot).assign(sum);
      });
      return null;
    }
    for (const slots of this.#slots.values()) fill(slots[accumulatorSlot] as Variable, 0);
    return sums.map((sum) => sum.div(gradientAccumulationSteps));
  }

  /** `average = emaMomentum * average + (1 - emaMomentum) * variable`, the variable itself before the first update. */
  #average(variables: readonly Variable[]): void {
    const { emaMomentum, emaOverwriteFrequency } = this.#options;
    const kept = this.iterations === 0 ? 0 : emaMomentum;
    for (const variable of variables) {
      const average = this.#slot(variable, averageSlot);
      scope(() => average.assign(average.value.mul(kept).add(variable.value.mul(1 - kept))));
    }
    if (emaOverwriteFrequency !== null && (this.iterations + 1) % emaOverwriteFrequency === 0)
      this.#overwriteWithAverages(variables);
  }

  #overwriteWithAverages(variables: readonly Variable[]): void {
    for (const variable of variables) variable.assign(this.#slot(variable, averageSlot));
  }

  #slot(variable: Variable, name: string): Variable {
    return this.slots(variable)[name] as Variable;
  }
}

function slotOf(variable: Variable, slot: string, shape: Shape, value: number): Variable {
  const { dtype, backend, name } = variable;
  return scope(
    () => new Variable(full(shape, value, { dtype, backend }), { name: `${name}_${slot}`, trainable: false }),
  );
}

function fill(variable: Variable, value: number): void {
  const { shape, dtype, backend } = variable;
  scope(() => variable.assign(full(shape, value, { dtype, backend })));
}

/** Applies the variable's own constraint, if it has one. */
function constrain(variable: Variable): void {
  const { constraint } = variable;
  if (constraint !== null) scope(() => variable.assign(constraint.call(variable.value)));
}
