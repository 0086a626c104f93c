/** The start of a model. */
import { ValueError } from "@crease/backend";
import { InputLayer, type InputOptions } from "./layers/inputLayer.ts";
import type { SymbolicTensor } from "./symbolic.ts";

/**
 * The start of a model: a symbolic tensor of shape `[batchSize, ...shape]`, by the name of its `InputLayer`.
 *
 * @throws ValueError for no list of sizes, or sizes that are no whole numbers of at least 0; DTypeError for an unknown dtype.
 * @example
 * ```ts
 * import { Input } from "@crease/layers";
 * String(Input({ shape: [28, 28], dtype: "uint8", batchSize: 128 })); // => SymbolicTensor uint8[128,28,28]
 * ```
 */
export function Input(options: InputOptions): SymbolicTensor {
  if (typeof options !== "object" || options === null)
    throw new ValueError({ op: "Input", problem: "there is no shape", fix: "Use `Input({ shape: [784] })`" });
  return new InputLayer(options).input;
}
