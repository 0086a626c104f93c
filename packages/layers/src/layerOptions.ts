/** What layers, their calls and their weights are given besides the input. */
import {
  type DType,
  DTypeError,
  dtypes,
  type OptionNames,
  requireClassOptions,
  suggestName,
  ValueError,
} from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import type { ConstraintLike } from "./constraints/get.ts";
import type { InitializerLike } from "./initializers/get.ts";
import type { RegularizerLike } from "./regularizers/get.ts";

/** What every layer takes. */
export interface LayerOptions {
  /** Default: the class name in snake case; a model numbers equal names. */
  readonly name?: string | undefined;
  /** Whether training changes the weights, default true. */
  readonly trainable?: boolean | undefined;
  /** Element type of the weights, default float32. */
  readonly dtype?: DType | undefined;
  /** A loss on the output, divided by the batch size, added at each call. */
  readonly activityRegularizer?: RegularizerLike | undefined;
}

/** The names of the options that all layers share. */
export const sharedNames: OptionNames<LayerOptions> = {
  name: true,
  trainable: true,
  dtype: true,
  activityRegularizer: true,
};

/** What `apply` takes besides the input. */
export interface ApplyOptions {
  /** Whether this is a training step, default false. */
  readonly training?: boolean | undefined;
  /** Which elements count, for layers that take a mask (`Softmax`, `BatchNormalization`); default the input's own `mask`. */
  readonly mask?: Tensor | undefined;
}

/** What `call` gets besides the input; pass it on to the `apply` of inner layers. */
export interface CallOptions {
  readonly training: boolean;
  /** Which elements count; undefined for all. */
  readonly mask?: Tensor | undefined;
}

/** What `addWeight` takes besides name and shape. */
export interface WeightOptions {
  /** Default `"glorotUniform"`, `"zeros"` for integers and bool. */
  readonly initializer?: InitializerLike | undefined;
  readonly regularizer?: RegularizerLike | undefined;
  readonly constraint?: ConstraintLike | undefined;
  /** Default true. */
  readonly trainable?: boolean | undefined;
  /** Default the layer's. */
  readonly dtype?: DType | undefined;
}

/** @throws ValueError for options that the class `made` does not have and for a name that is none; DTypeError for an unknown dtype. */
export function checkLayerOptions(op: string, options: LayerOptions, made: object): void {
  requireClassOptions(op, options, made);
  const { name, dtype = "float32" } = options;
  if (name !== undefined && (typeof name !== "string" || name === ""))
    throw new ValueError({
      op,
      problem: `${JSON.stringify(name)} is no name`,
      fix: "Use a string of at least one character",
    });
  if (!dtypes.includes(dtype))
    throw new DTypeError({ op, problem: `unknown dtype "${dtype}"`, fix: suggestName(String(dtype), dtypes) });
}
