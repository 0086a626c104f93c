/** The definition of each composite, in tensor methods. */
import type { Attrs, CompositeName, Inputs, Outputs } from "@crease/backend";
import { adagradUpdate } from "./composites/adagradUpdate.ts";
import { adamUpdate } from "./composites/adamUpdate.ts";
import { dense } from "./composites/dense.ts";
import { gelu } from "./composites/gelu.ts";
import { layerNorm } from "./composites/layerNorm.ts";
import { logSoftmax } from "./composites/logSoftmax.ts";
import { momentumUpdate } from "./composites/momentumUpdate.ts";
import { rmspropUpdate } from "./composites/rmspropUpdate.ts";
import { sgdUpdate } from "./composites/sgdUpdate.ts";
import { softmax } from "./composites/softmax.ts";
import { softmaxCrossEntropy } from "./composites/softmaxCrossEntropy.ts";
import type { Tensor } from "./tensor.ts";

/** What a composite stands for: its outputs as an expression of primitives. */
export type Definition<K extends CompositeName> = (inputs: Inputs<K, Tensor>, attrs: Attrs<K>) => Outputs<K, Tensor>;

/** What `run` and `expand` compute where a backend has no kernel for a composite. */
export const definitions: { readonly [K in CompositeName]: Definition<K> } = {
  softmax,
  logSoftmax,
  gelu,
  dense,
  softmaxCrossEntropy,
  layerNorm,
  sgdUpdate,
  momentumUpdate,
  adagradUpdate,
  rmspropUpdate,
  adamUpdate,
};
