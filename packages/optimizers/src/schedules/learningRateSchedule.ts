/** Learning rates that follow the step count. */
import { ValueError } from "@crease/backend";

/**
 * A learning rate as a function of the step; a subclass writes `call`, and `getConfig` to be saved.
 *
 * @example
 * ```ts
 * import { LearningRateSchedule, SGD } from "@crease/optimizers";
 * class Harmonic extends LearningRateSchedule {
 *   override call(step: number): number {
 *     return 0.1 / (step + 1);
 *   }
 * }
 * new SGD({ learningRate: new Harmonic() }).learningRate; // => 0.1
 * ```
 */
export abstract class LearningRateSchedule {
  /** The rate of a step, the first being 0. */
  abstract call(step: number): number;

  /**
   * The constructor's options.
   *
   * @throws ValueError where a subclass does not write it.
   */
  getConfig(): Readonly<Record<string, unknown>> {
    throw new ValueError({
      op: this.constructor.name,
      problem: "the schedule has no getConfig()",
      fix: "Write it to return the constructor's options",
    });
  }
}
