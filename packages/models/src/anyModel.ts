/** A model as training sees it: whatever it takes and gives. */
import type { Tensors } from "@crease/layers";
import type { Tensor } from "@crease/tensor";
import type { Model } from "./model.ts";

/** What depends on the type of a model's inputs. */
type OfInputs =
  | "apply"
  | "build"
  | "call"
  | "computeMask"
  | "computeOutputShape"
  | "computeOutputSpec"
  | "ensureBuilt"
  | "input"
  | "inputShape"
  | "output";

/** Any `Model`, with all members that do not depend on the type of its inputs; its outputs are `Tensors`. */
export type AnyModel = Omit<Model<Tensor, Tensors>, OfInputs>;
