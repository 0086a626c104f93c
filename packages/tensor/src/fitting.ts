/** The dtype that each operand of a call is brought to: tensors keep theirs strongly, JavaScript numbers weakly. */
import type { CallName, DType, Spec } from "@crease/backend";
import { TensorBase } from "./methods/base.ts";
import { elementsOf, isWeak, type Values, weakDType } from "./operands.ts";
import { fitRules, fitted, promoteDTypes } from "./promote.ts";
import type { Tensor } from "./tensor.ts";

/**
 * One dtype for each operand by the op's fit rule.
 *
 * @throws DTypeError where strings meet numbers or indices are no integers; ValueError for a number that does not fit.
 */
export function fittedDTypes(op: CallName, operands: readonly (Tensor | Values)[]): readonly DType[] {
  const { fit, odd } = fitRules[op];
  const oddAt = odd?.at ?? -1;
  const strong = operands.map((x) => strongDType(op, x));
  let group: DType | undefined;
  if (fit !== "own")
    strong.forEach((dtype, i) => {
      if (dtype !== undefined && i !== oddAt) group = group === undefined ? dtype : promoteDTypes(group, dtype, op);
    });
  const base = group;
  operands.forEach((x, i) => {
    if (strong[i] !== undefined || i === oddAt || fit === "own") return;
    const weak = base === undefined ? "float32" : weakDType(op, x as number, base);
    group = group === undefined ? weak : promoteDTypes(group, weak, op);
  });
  const got = specsOf(operands, strong);
  return operands.map((x, i) => {
    if (i === oddAt) {
      const own = strong[i] ?? (odd?.fit === "bool" ? "float32" : weakDType(op, x as number, "int32"));
      return fitted(op, odd?.fit ?? "own", own, strong.find((_, j) => j !== oddAt) ?? "float32", got);
    }
    const dtype = (fit === "own" ? strong[i] : group) ?? "float32";
    return fitted(op, fit, dtype, dtype, got);
  });
}

function strongDType(op: CallName, x: Tensor | Values): DType | undefined {
  if (x instanceof TensorBase) return x.dtype;
  return isWeak(x as Values) ? undefined : elementsOf(op, x as Values).dtype;
}

function specsOf(operands: readonly (Tensor | Values)[], strong: readonly (DType | undefined)[]): readonly Spec[] {
  return operands.map((x, i) => (x instanceof TensorBase ? x : { dtype: strong[i] ?? "float32", shape: [] }));
}
