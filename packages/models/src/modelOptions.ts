/** What models are made of, with types that tell what they take and give. */
import type { LayerOptions, StandsFor, SymbolicTensor, Tensors } from "@crease/layers";
import type { Tensor } from "@crease/tensor";

/** What `Model` takes. */
export interface ModelOptions<In extends Tensors = Tensor, Out extends Tensors = Tensor> extends LayerOptions {
  /** What `Input` returned, one or several in a list or an object, or what layers made of it. */
  readonly inputs?: SymbolicFor<In> | undefined;
  /** What layers made of the inputs, one or several in a list or an object. */
  readonly outputs?: SymbolicFor<Out> | undefined;
}

/** Symbolic tensors for a value of type T, in a form that T can be told from. */
export type SymbolicFor<T> =
  | (SymbolicTensor & StandsFor<T>)
  | { readonly [K in keyof T]: SymbolicTensor & StandsFor<T[K]> };
