/** How much of two regions is common to both. */
import { named, type OptionNames, requireInteger, requireOneOf, ValueError } from "@crease/backend";
import { asTensor, scope, type Tensor, type TensorLike, tensor, type Variable, where } from "@crease/tensor";
import { confusionMatrix, requireClasses } from "./confusionMatrix.ts";
import { Metric, type UpdateOptions } from "./metric.ts";

/** What all intersections over unions take. */
export interface OverlapOptions {
  /** A label whose samples do not count. */
  readonly ignoreClass?: number | null;
  /** False where predictions are scores, with the largest of `axis` as the class. */
  readonly sparseYPred?: boolean;
  /** The axis of the classes of what is not sparse, -1 unless given. */
  readonly axis?: number;
  /** "int32", unless given, drops the fractions of sample weights, as Keras does; "float32" counts them. */
  readonly dtype?: "int32" | "float32";
  readonly name?: string;
}

/** As for all, with the kind of labels and the number of classes. */
export interface MeanIoUOptions extends OverlapOptions {
  readonly numClasses: number;
  /** False where labels are one-hot. */
  readonly sparseYTrue?: boolean;
}

/** As for the mean of all classes, with those that count. */
export interface IoUOptions extends MeanIoUOptions {
  /** The classes whose intersections over unions are averaged. */
  readonly targetClassIds: readonly number[];
}

/** Keeps divisors from being 0: Keras's `backend.epsilon()`. */
const EPSILON = 1e-7;

/**
 * The mean over `targetClassIds` of `truePositives / (truePositives + falsePositives + falseNegatives)`; classes that
 * neither labels nor predictions hold do not count (Keras 3 `IoU`). Class numbers outside `[0, numClasses)` are left
 * out.
 *
 * @example
 * ```ts
 * import { IoU } from "@crease/metrics";
 * const metric = new IoU({ numClasses: 2, targetClassIds: [0] });
 * metric.update([0, 0, 1, 1], [0, 1, 0, 1]);
 * metric.result(); // => 0.3333333
 * ```
 */
export class IoU extends Metric {
  static readonly ownNames: OptionNames<Omit<IoUOptions, "name">> = {
    ignoreClass: true,
    sparseYPred: true,
    axis: true,
    dtype: true,
    numClasses: true,
    sparseYTrue: true,
    targetClassIds: true,
  };
  readonly numClasses: number;
  readonly targetClassIds: readonly number[];
  readonly ignoreClass: number | null;
  readonly sparseYTrue: boolean;
  readonly sparseYPred: boolean;
  readonly axis: number;
  readonly dtype: "int32" | "float32";
  totalConfusionMatrix: Variable | null = null;

  /** @throws ValueError for a number of classes that is no positive integer, or a target outside them. */
  constructor(options: IoUOptions) {
    super(named("ioU", options));
    const { numClasses, targetClassIds } = options;
    requireClasses(this.name, numClasses);
    const odd = targetClassIds.find((id) => !(Number.isInteger(id) && id >= 0 && id < numClasses));
    if (odd !== undefined)
      throw new ValueError({
        op: this.name,
        problem: `target class ${odd} is outside [0, ${numClasses})`,
        fix: "Count classes from 0",
      });
    this.numClasses = numClasses;
    this.targetClassIds = [...targetClassIds];
    this.ignoreClass = options.ignoreClass ?? null;
    this.sparseYTrue = options.sparseYTrue ?? true;
    this.sparseYPred = options.sparseYPred ?? true;
    this.axis = options.axis ?? -1;
    this.dtype = options.dtype ?? "int32";
    if (this.ignoreClass !== null) requireInteger(this.name, "ignoreClass", this.ignoreClass);
    requireInteger(this.name, "axis", this.axis);
    requireOneOf(this.name, "dtype", this.dtype, ["int32", "float32"]);
  }

  /** @throws ShapeError where labels, predictions and weights do not fit each other. */
  override update(yTrue: TensorLike, yPred: TensorLike, options: UpdateOptions = {}): void {
    scope(() => {
      const predictions = this.sparseYPred ? asTensor(yPred, { dtype: "int32", op: this.name }) : asTensor(yPred);
      const at = { backend: predictions.backend };
      const labels = this.sparseYTrue
        ? asTensor(yTrue, { ...at, dtype: "int32", op: this.name }).cast("int32")
        : asTensor(yTrue, at).argMax(this.axis);
      const { sampleWeight } = options;
      const given = sampleWeight === undefined ? undefined : asTensor(sampleWeight, at);
      const counted = confusionMatrix(
        this.ignoreClass === null ? labels : where(labels.equal(this.ignoreClass), -1, labels),
        this.sparseYPred ? predictions : predictions.argMax(this.axis),
        this.numClasses,
        { sampleWeight: this.dtype === "int32" ? given?.cast("int32") : given },
      );
      this.totalConfusionMatrix ??= this.makeState("totalConfusionMatrix", counted.shape, counted.backend);
      this.totalConfusionMatrix.assign(counted.add(this.totalConfusionMatrix));
    });
  }

  override result(): Tensor {
    const { totalConfusionMatrix } = this;
    if (totalConfusionMatrix === null) return tensor(0);
    return scope(() => {
      const matrix = totalConfusionMatrix.value;
      const common = matrix.diagonal();
      const union = matrix
        .sum(0)
        .add(matrix.sum(1))
        .sub(common)
        .gather([...this.targetClassIds]);
      const isThere = union.greater(1e-9);
      const each = where(isThere, common.gather([...this.targetClassIds]).div(union.add(EPSILON)), 0);
      return each.sum().div(isThere.cast("float32").sum().add(EPSILON));
    });
  }

  override getConfig(): Record<string, unknown> {
    const { numClasses, targetClassIds, ignoreClass, sparseYTrue, sparseYPred, axis, dtype } = this;
    return {
      ...super.getConfig(),
      numClasses,
      targetClassIds,
      ignoreClass,
      sparseYTrue,
      sparseYPred,
      axis,
      dtype,
    };
  }
}
