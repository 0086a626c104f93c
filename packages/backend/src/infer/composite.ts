/** Output specs of the composites. */
import { normalizeAxis } from "../axes.ts";
import { ShapeError } from "../errors.ts";
import type { Attrs, Axis, CompositeName, CompositeTable } from "../ops.ts";
import { type Shape, type Spec, sameShape } from "../spec.ts";
import { type InferRule, requireDType, requireFloat, requireRank, requireSameDType } from "./rule.ts";

const alongAxis =
  (op: CompositeName) =>
  (inputs: readonly [Spec], { axis }: Axis): readonly [Spec] => {
    requireFloat(op, inputs);
    normalizeAxis(op, axis, inputs[0]);
    return inputs;
  };

function requireVector(op: string, size: number, x: Spec, inputs: readonly Spec[], what: string): void {
  if (x.shape.length !== 1 || x.shape[0] !== size)
    throw new ShapeError({
      op,
      problem: `${what} must be a vector of ${size}`,
      got: inputs,
      fix: "Give one value for each element of the last axis",
    });
}

function dense(inputs: readonly [Spec, Spec, Spec], _attrs: Attrs<"dense">): readonly [Spec] {
  const [x, w, b] = inputs;
  requireFloat("dense", inputs);
  requireSameDType("dense", inputs);
  requireRank("dense", 1, x, inputs);
  const k = x.shape[x.shape.length - 1] as number;
  const [rows, n = 0] = w.shape;
  if (w.shape.length !== 2 || rows !== k)
    throw new ShapeError({
      op: "dense",
      problem: `the weights must be a matrix of ${k} rows`,
      got: inputs,
      fix: "Columns of x must equal rows of w",
    });
  requireVector("dense", n, b, inputs, "the bias");
  return [{ shape: [...x.shape.slice(0, -1), n], dtype: x.dtype }];
}

function softmaxCrossEntropy(inputs: readonly [Spec, Spec]): readonly [Spec, Spec] {
  const [logits, target] = inputs;
  requireFloat("softmaxCrossEntropy", [logits]);
  requireRank("softmaxCrossEntropy", 1, logits, inputs);
  const rows: Shape = logits.shape.slice(0, -1);
  const sparse = target.dtype === "int32";
  if (!sparse) requireDType("softmaxCrossEntropy", logits.dtype, target, inputs);
  if (!sameShape(target.shape, sparse ? rows : logits.shape))
    throw new ShapeError({
      op: "softmaxCrossEntropy",
      problem: "the targets do not match the logits",
      got: inputs,
      fix: "Give int32 classes with the logits' shape less its last axis, or probabilities with the logits' shape",
    });
  return [{ shape: rows, dtype: logits.dtype }, logits];
}

function layerNorm(inputs: readonly [Spec, Spec, Spec], _attrs: Attrs<"layerNorm">): readonly [Spec, Spec, Spec] {
  const [x, scale, offset] = inputs;
  requireFloat("layerNorm", inputs);
  requireSameDType("layerNorm", inputs);
  requireRank("layerNorm", 1, x, inputs);
  const size = x.shape[x.shape.length - 1] as number;
  requireVector("layerNorm", size, scale, inputs, "the scale");
  requireVector("layerNorm", size, offset, inputs, "the offset");
  const moments = { shape: [...x.shape.slice(0, -1), 1], dtype: x.dtype };
  return [x, moments, moments];
}

/** All inputs of an update have the variable's spec; the outputs are all but the last, the gradient. */
function checkUpdate(op: CompositeName, inputs: readonly Spec[]): void {
  requireFloat(op, inputs);
  requireSameDType(op, inputs);
  for (const x of inputs)
    if (!sameShape(x.shape, (inputs[0] as Spec).shape))
      throw new ShapeError({
        op,
        problem: "variable, slots and gradient differ in shape",
        got: inputs,
        fix: "Give them one shape",
      });
}

const oneSlotUpdate =
  (op: CompositeName) =>
  (inputs: readonly [Spec, Spec, Spec]): readonly [Spec, Spec] => {
    checkUpdate(op, inputs);
    return [inputs[0], inputs[1]];
  };

/** One rule for each row of CompositeTable. */
export const inferComposite: { readonly [K in keyof CompositeTable]: InferRule<K> } = {
  softmax: alongAxis("softmax"),
  logSoftmax: alongAxis("logSoftmax"),
  gelu: (inputs: readonly [Spec], _attrs: Attrs<"gelu">): readonly [Spec] => {
    requireFloat("gelu", inputs);
    return inputs;
  },
  dense,
  softmaxCrossEntropy,
  layerNorm,
  sgdUpdate: (inputs: readonly [Spec, Spec]): readonly [Spec] => {
    checkUpdate("sgdUpdate", inputs);
    return [inputs[0]];
  },
  momentumUpdate: oneSlotUpdate("momentumUpdate"),
  adagradUpdate: oneSlotUpdate("adagradUpdate"),
  rmspropUpdate: oneSlotUpdate("rmspropUpdate"),
  adamUpdate: (inputs: readonly [Spec, Spec, Spec, Spec]): readonly [Spec, Spec, Spec] => {
    checkUpdate("adamUpdate", inputs);
    return [inputs[0], inputs[1], inputs[2]];
  },
};
