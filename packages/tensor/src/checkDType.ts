/** The check of an element type that a caller names. */
import { type DType, DTypeError, dtypes, suggestName } from "@crease/backend";

/** The dtype itself. @throws DTypeError where there is none of that name. */
export function checkDType(op: string, dtype: DType): DType {
  if (!dtypes.includes(dtype))
    throw new DTypeError({ op, problem: `unknown dtype "${dtype}"`, fix: suggestName(dtype, dtypes) });
  return dtype;
}

/** The dtype itself, which holds numbers or truth values. @throws DTypeError for "string" and for a name that is none. */
export function checkNumeric(op: string, dtype: DType): DType {
  if (checkDType(op, dtype) === "string")
    throw new DTypeError({ op, problem: "strings are no numbers", fix: 'Use a number type such as "float32"' });
  return dtype;
}
