/** The base class of all losses. */
import { type OptionNames, requireClassOptions } from "@crease/backend";
import { asTensor, scope, type Tensor, type TensorLike } from "@crease/tensor";
import { type Reduction, reduceLosses, requireReduction } from "./reduction.ts";

/** What every loss takes. */
export interface LossOptions {
  /** The name in messages and configurations; the class's in camelCase unless given. */
  readonly name?: string;
  /** "sumOverBatchSize" unless given. */
  readonly reduction?: Reduction | null;
}

/** What `apply` takes besides targets and predictions. */
export interface ApplyOptions {
  /** A weight for each sample `[n]`, or for each loss. */
  readonly sampleWeight?: TensorLike | undefined;
}

/**
 * How far predictions are from targets: one number to make small. Subclasses write `call`, which gives a loss for each
 * sample; users call `apply`, which weighs and reduces them (Keras 3 `Loss`).
 *
 * @example
 * ```ts
 * import { Loss } from "@crease/losses";
 * import { type Tensor } from "@crease/tensor";
 * class Quartic extends Loss {
 *   override call(yTrue: Tensor, yPred: Tensor): Tensor {
 *     return yTrue.sub(yPred).pow(4).mean(-1);
 *   }
 * }
 * new Quartic().apply([[1, 2]], [[2, 4]]); // => 8.5
 * ```
 */
export abstract class Loss {
  static readonly sharedNames: OptionNames<LossOptions> = { name: true, reduction: true };
  readonly name: string;
  readonly reduction: Reduction;
  #isChecked = false;

  /** @throws ValueError for an unknown reduction and for options that the class does not have. */
  constructor(options: LossOptions = {}) {
    const className = this.constructor.name;
    requireClassOptions(className, options, new.target);
    this.name = options.name ?? className.charAt(0).toLowerCase() + className.slice(1);
    this.reduction = requireReduction(
      this.name,
      options.reduction === undefined ? "sumOverBatchSize" : options.reduction,
    );
  }

  /** The loss of each sample: targets and predictions `[n, ..., k]` give `[n, ...]`. */
  abstract call(yTrue: Tensor, yPred: Tensor): Tensor;

  /** Looks at the first batch, whose predictions tell most mistakes. @throws ValueError for what is no prediction of its kind. */
  check(_yTrue: Tensor, _yPred: Tensor): void {}

  /** Which losses count, false for those that do not; `undefined` where all do. */
  mask(_yTrue: Tensor, _yPred: Tensor): Tensor | undefined {
    return undefined;
  }

  /**
   * The loss of a batch, weighted and reduced: a scalar, or one value for each sample with the reduction "none". What
   * the predictions' `mask` leaves out does not count.
   *
   * @throws ShapeError where targets, predictions and weights do not fit each other; ValueError for logits in the first
   * batch of a loss that takes probabilities.
   */
  apply(yTrue: TensorLike, yPred: TensorLike, options: ApplyOptions = {}): Tensor {
    return scope(() => {
      const predictions = asTensor(yPred);
      const targets = asTensor(yTrue, { backend: predictions.backend });
      if (!this.#isChecked) this.check(targets, predictions);
      this.#isChecked = true;
      const [own, given] = [this.mask(targets, predictions), predictions.mask];
      return reduceLosses(this.name, this.call(targets, predictions), {
        reduction: this.reduction,
        sampleWeight: options.sampleWeight,
        mask: own && given ? own.logicalAnd(given) : (own ?? given),
      });
    });
  }

  /** The options that make an equal loss. */
  getConfig(): Record<string, unknown> {
    return { name: this.name, reduction: this.reduction };
  }
}
