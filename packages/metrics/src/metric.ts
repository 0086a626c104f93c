/** The base class of all metrics. */
import { type Backend, type OptionNames, requireClassOptions, type Shape, ValueError } from "@crease/backend";
import { scope, type Tensor, type TensorLike, Variable, zeros } from "@crease/tensor";

/** What `update` takes besides its values. */
export interface UpdateOptions {
  /** A weight for each sample `[n]`, or for each value; 1 unless given. */
  readonly sampleWeight?: TensorLike | undefined;
}

/**
 * A number that is gathered over batches: `update` with each, `result` at any time, `reset` to begin anew.
 *
 * Its state is Variables in its fields, float32, made at the first update on the backend of what it is given.
 * Nothing in `update` reads a tensor back, and it leaves memory as it was but for that state.
 * Subclasses write `update` and `result` and make their state with `makeState` (Keras 3 `Metric`).
 *
 * @example
 * ```ts
 * import { Metric } from "@crease/metrics";
 * import { scope, type Tensor, tensor, type TensorLike, type Variable } from "@crease/tensor";
 * class Largest extends Metric {
 *   largest: Variable | null = null;
 *   override update(_yTrue: TensorLike, yPred: TensorLike): void {
 *     scope(() => {
 *       const x = tensor(yPred as number[]);
 *       this.largest ??= this.makeState("largest", [], x.backend);
 *       this.largest.assign(x.max().maximum(this.largest));
 *     });
 *   }
 *   override result(): Tensor {
 *     return this.largest?.value ?? tensor(0);
 *   }
 * }
 * const metric = new Largest();
 * metric.update([], [3, 7, 5]);
 * metric.result(); // => 7.0
 * ```
 */
export abstract class Metric<
  Arguments extends readonly unknown[] = [yTrue: TensorLike, yPred: TensorLike, options?: UpdateOptions],
> {
  static readonly sharedNames: OptionNames<{ readonly name?: string }> = { name: true };
  /** The name in logs and histories; the class's in camelCase unless given. */
  name: string;

  /** @throws ValueError for options that the class does not have. */
  constructor(options: { readonly name?: string } = {}) {
    const className = this.constructor.name;
    requireClassOptions(className, options, new.target);
    this.name = options.name ?? className.charAt(0).toLowerCase() + className.slice(1);
  }

  /** Adds a batch. */
  abstract update(...batch: Arguments): void;

  /** The metric over all batches since the beginning or the last `reset`; 0 before the first. */
  abstract result(): Tensor;

  /** The state: the Variables among the fields, none before the first update. */
  get variables(): Variable[] {
    return Object.values(this).filter((field) => field instanceof Variable);
  }

  /** Sets the state to 0. */
  reset(): void {
    for (const variable of this.variables)
      scope(() => variable.assign(zeros(variable.shape, { backend: variable.backend })));
  }

  /** The state by field, as tensors that keep their values whatever is added later; empty before the first update. */
  getState(): Record<string, Tensor> {
    const fields = Object.entries(this).filter(([, field]) => field instanceof Variable);
    return Object.fromEntries(fields.map(([name, field]) => [name, (field as Variable).value]));
  }

  /** Goes on from what `getState` gave. @throws ValueError for a field that holds no state. */
  setState(state: Readonly<Record<string, Tensor>>): void {
    const fields = this as unknown as Record<string, unknown>;
    for (const name of Object.keys(state))
      if (!Object.hasOwn(fields, name) || !(fields[name] === null || fields[name] instanceof Variable))
        throw new ValueError({
          op: this.name,
          problem: `"${name}" is no state of this metric`,
          fix: "Pass what `getState` of an equal metric returned",
        });
    for (const [name, field] of Object.entries(fields)) {
      if (!(field instanceof Variable)) continue;
      field.dispose();
      fields[name] = null;
    }
    for (const [name, value] of Object.entries(state)) fields[name] = new Variable(value, { name, trainable: false });
  }

  /** Moves the state to another backend. */
  async to<H>(backend: Backend<H>): Promise<void> {
    for (const variable of this.variables) await variable.to(backend);
  }

  /** Gives the state up. */
  dispose(): void {
    for (const variable of this.variables) variable.dispose();
  }

  /** The options that make an equal metric. */
  getConfig(): Record<string, unknown> {
    return { name: this.name };
  }

  /** A new piece of state: zeros, float32. */
  protected makeState(name: string, shape: Shape, backend: Backend): Variable {
    return scope(() => new Variable(zeros(shape, { backend }), { name, trainable: false }));
  }
}
