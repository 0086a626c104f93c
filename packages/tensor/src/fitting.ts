/** The dtype that each operand of a call is brought to: tensors keep theirs strongly, JavaScript numbers weakly. */
import type { CallName, DType, Spec } from "@crease/backend";
import { TensorBase } from "./methods/base.ts";
import { isWeak, type Values, weakDType } from "./operands.ts";
import { fitRules, fitted, promoteDTypes } from "./promote.ts";
import { specOf } from "./specOf.ts";
import type { Tensor } from "./tensor.ts";

/**
 * One dtype for each operand by the op's fit rule.
 *
 * @throws DTypeError where strings meet numbers or indices are no integers; ValueError for a number that does not fit.
 */
export function fittedDTypes(op: CallName, operands: readonly (Tensor | Values)[]): readonly DType[] {
  const { fit, odd } = fitRules[op];
  const oddAt = odd?.at ?? -1;
  const got = operands.map((x) => specOf(op, x));
  const strong = operands.map((x, i) =>
    x instanceof TensorBase || !isWeak(x as Values) ? (got[i] as Spec).dtype : undefined,
  );
  let group: DType | undefined;
  if (fit !== "own")
    strong.forEach((dtype, i) => {
      if (dtype !== undefined && i !== oddAt)
        group = group === undefined ? dtype : promoteDTypes(group, dtype, op, got);
    });
  const base = group;
  operands.forEach((x, i) => {
    if (strong[i] !== undefined || i === oddAt || fit === "own") return;
    const weak = base === undefined ? "float32" : weakDType(op, x as number, base);
    group = group === undefined ? weak : promoteDTypes(group, weak, op, got);
  });
  return operands.map((x, i) => {
    if (i === oddAt) {
      const own = strong[i] ?? (odd?.fit === "bool" ? "float32" : weakDType(op, x as number, "int32"));
      return fitted(op, odd?.fit ?? "own", own, strong.find((_, j) => j !== oddAt) ?? "float32", got);
    }
    const dtype = (fit === "own" ? strong[i] : group) ?? "float32";
    return fitted(op, fit, dtype, dtype, got);
  });
}
