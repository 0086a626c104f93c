/** The one mutable cell: a named value that training changes. */
import {
  type Backend,
  BackendError,
  DisposedError,
  type DType,
  formatSpec,
  type Shape,
  ShapeError,
  sameShape,
} from "@crease/backend";
import { Cell } from "./cell.ts";
import { context } from "./context.ts";
import { elementsOf, type TensorLike, type Values } from "./operands.ts";
import { readVariable, run, share, Tensor, unlisted, upload } from "./tensor.ts";

/** A penalty on a weight's value, added to the loss. */
export interface Regularizer {
  call(x: Tensor): Tensor;
}
/** A projection that an optimizer applies to a weight after each step. */
export interface Constraint {
  call(x: Tensor): Tensor;
}

/** What a Variable carries besides its value. */
export interface VariableOptions {
  readonly name?: string;
  /** Whether tapes watch it by themselves; true unless said. */
  readonly trainable?: boolean;
  readonly dtype?: DType;
  readonly backend?: Backend;
  readonly regularizer?: Regularizer | null;
  readonly constraint?: Constraint | null;
}

/**
 * A place for a tensor that can be assigned anew; it is no tensor itself, but stands as an operand of every op.
 * Its shape and dtype never change.
 *
 * @example
 * ```ts
 * import { tensor, Variable } from "@crease/tensor";
 * const w = new Variable([1, 2, 3], { name: "w" });
 * w.assign(w.value.mul(10));
 * w.value; // => [10. 20. 30.]
 * tensor([1, 1, 1]).dot(w).toString(); // => 60.0
 * ```
 */
export class Variable extends Cell {
  readonly name: string;
  trainable: boolean;
  readonly regularizer: Regularizer | null;
  readonly constraint: Constraint | null;
  #held: Tensor;

  /** @throws as `tensor()` for a value that is none; BackendError for a tensor of another backend than `options.backend`. */
  constructor(value: TensorLike, options: VariableOptions = {}) {
    super();
    this.name = options.name ?? "variable";
    this.trainable = options.trainable ?? true;
    this.regularizer = options.regularizer ?? null;
    this.constraint = options.constraint ?? null;
    this.#held = unlisted(() => owned(value, options.dtype, options.backend));
    context.recording?.refuse("it makes a Variable");
    this.#held.storage.watch();
  }

  /** The size along each axis; it never changes. */
  get shape(): Shape {
    return this.#held.shape;
  }
  /** The element type; it never changes. */
  get dtype(): DType {
    return this.#held.dtype;
  }
  /** Where the value lives now. */
  get backend(): Backend {
    return this.#held.backend;
  }
  /** Number of axes. */
  get ndim(): number {
    return this.#held.ndim;
  }
  /** Number of elements. */
  get size(): number {
    return this.#held.size;
  }
  /** Whether the value was given up by `dispose`. */
  get isDisposed(): boolean {
    return this.#held.isDisposed;
  }

  /** The value as the variable holds it: for `run` only, which never gives it up. */
  override get held(): Tensor {
    if (this.#held.isDisposed)
      throw new DisposedError({
        op: `Variable "${this.name}"`,
        problem: "it was disposed",
        got: [this.#held],
        fix: "Make a new one",
      });
    return this.#held;
  }

  /** The value now as an ordinary tensor, a new holder of the same buffer: it stays as it is whatever is assigned later. */
  get value(): Tensor {
    return readVariable(this);
  }

  /**
   * Replaces the value; other dtypes are cast.
   *
   * @throws ShapeError for another shape; BackendError for a tensor of another backend; DisposedError after `dispose()`.
   */
  assign(value: TensorLike): void {
    const { name, held } = this;
    const next = unlisted(() => owned(value, held.dtype, held.backend));
    if (!sameShape(next.shape, this.shape)) {
      next.dispose();
      throw new ShapeError({
        op: `Variable "${name}"`,
        problem: `a value of another shape does not fit ${formatSpec(this.#held)}`,
        got: [next],
        fix: "Assign a value of the variable's own shape",
      });
    }
    this.#held.dispose();
    this.#held = next;
    next.storage.watch();
    context.recording?.assigned(this, next.storage);
  }

  /** Moves the value to another backend; strings stay on the cpu. @throws DTypeError where that lacks the dtype. */
  async to<H>(backend: Backend<H>): Promise<void> {
    const { held } = this;
    if (held.backend === (backend as Backend) || held.dtype === "string") return;
    const moved = await held.to(backend);
    if (this.#held === held && !held.isDisposed) {
      held.dispose();
      this.#held = moved;
      return;
    }
    // It was assigned or disposed meanwhile.
    moved.dispose();
    if (!this.isDisposed) await this.to(backend);
  }

  /** Gives the value up. */
  dispose(): void {
    this.#held.dispose();
  }

  override toString(): string {
    return `Variable "${this.name}" ${formatSpec(this.#held)}\n${this.#held}`;
  }

  // What Node's REPL and console print.
  static {
    Object.defineProperty(Variable.prototype, Symbol.for("nodejs.util.inspect.custom"), {
      value: Variable.prototype.toString,
    });
  }
}

/** A tensor that the variable alone disposes: a view of a given tensor, a cast, or an upload. */
function owned(value: TensorLike, dtype: DType | undefined, backend: Backend | undefined): Tensor {
  if (value instanceof Cell) {
    context.recording?.read(value, value.held.storage);
    return owned(value.held, dtype, backend);
  }
  if (!(value instanceof Tensor)) return upload(elementsOf("Variable", value as Values, dtype), backend);
  if (backend !== undefined && value.backend !== backend && value.dtype !== "string")
    throw new BackendError({
      op: "Variable",
      problem: `the value lives on another backend, "${value.backend.name}", than the variable, "${backend.name}"`,
      got: [value],
      fix: "Move it with `await x.to(backend)`",
    });
  return (dtype ?? value.dtype) === value.dtype ? share(value) : run("cast", [value], { dtype: dtype as DType })[0];
}
