/** The check of an element type that a caller names. */
import { type DType, DTypeError, dtypes, suggestName } from "@crease/backend";

/** The dtype itself. @throws DTypeError where there is none of that name. */
export function checkDType(op: string, dtype: DType): DType {
  if (!dtypes.includes(dtype))
    throw new DTypeError({ op, problem: `unknown dtype "${dtype}"`, fix: suggestName(dtype, dtypes) });
  return dtype;
}
