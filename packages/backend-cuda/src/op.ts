/** Running one eager op of TensorFlow, past tfjs's engine. */
import type { Binding, Info, NodeStore, OpAttr } from "./binding.ts";

/** One op on one store: its inputs are tensors of tfjs, then arguments made for it alone. */
export class Op {
  readonly #store: NodeStore;
  readonly #name: string;
  readonly #inputs: readonly Info[];
  readonly #attrs: OpAttr[] = [];
  readonly #arguments: number[] = [];

  constructor(store: NodeStore, name: string, inputs: readonly Info[]) {
    this.#store = store;
    this.#name = name;
    this.#inputs = inputs;
  }

  /** A further input: whole numbers such as axes or a shape, as a list unless `shape` says otherwise. */
  integers(values: readonly number[], shape: readonly number[] = [values.length]): this {
    const { binding } = this.#store;
    this.#arguments.push(binding.createTensor(shape, binding.TF_INT32, Int32Array.from(values)));
    return this;
  }

  /** A further input: one number in an element type. */
  number(value: number, dtype: string): this {
    if (dtype === "int32") return this.integers([value], []);
    const { binding } = this.#store;
    const [type, array] =
      dtype === "float32" ? [binding.TF_FLOAT, Float32Array.of(value)] : [binding.TF_BOOL, Uint8Array.of(value)];
    this.#arguments.push(binding.createTensor([], type, array));
    return this;
  }

  /** An attribute that is a number. */
  count(name: string, value: number): this {
    this.#attrs.push({ name, type: this.#store.binding.TF_ATTR_INT, value });
    return this;
  }

  /** An attribute that is true or false. */
  flag(name: string, value: boolean): this {
    this.#attrs.push({ name, type: this.#store.binding.TF_ATTR_BOOL, value });
    return this;
  }

  /** An attribute that is an element type, where the inputs do not say it. */
  type(name: string, dtype: string): this {
    const { binding } = this.#store;
    const value = dtype === "float32" ? binding.TF_FLOAT : dtype === "int32" ? binding.TF_INT32 : binding.TF_BOOL;
    this.#attrs.push({ name, type: binding.TF_ATTR_TYPE, value });
    return this;
  }

  /** Runs it; its only output. */
  run(): Info {
    return this.runAll(1)[0] as Info;
  }

  /** Runs it; so many outputs. */
  runAll(count: number): readonly Info[] {
    const { binding, tensorMap } = this.#store;
    try {
      const ids = this.#store.getInputTensorIds(this.#inputs).concat(this.#arguments);
      return binding.executeOp(this.#name, this.#attrs, ids, count).map(({ id, shape, dtype }) => {
        const dataId = {};
        tensorMap.set(dataId, { id, shape, dtype, values: null, refCount: 1 });
        return { dataId, shape, dtype: nameOf(binding, dtype) };
      });
    } finally {
      for (const id of this.#arguments) binding.deleteTensor(id);
    }
  }
}

function nameOf(binding: Binding, dtype: number): string {
  return dtype === binding.TF_FLOAT ? "float32" : dtype === binding.TF_INT32 ? "int32" : "bool";
}
