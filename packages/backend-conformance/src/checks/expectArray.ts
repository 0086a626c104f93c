/** Which array elements cross the border in. */
import { type Data, emptyData, type Spec } from "@crease/backend";
import { failure } from "../check.ts";

/** Raises unless `data` is the array that the contract names for the dtype: compared by name, as arrays may come from another realm. */
export function expectArray(op: string, { dtype, shape }: Spec, data: Data): void {
  const expected = emptyData(dtype, 0).constructor.name;
  if (data.constructor.name !== expected)
    throw failure(op, `the elements come as ${data.constructor.name}, expected ${expected}`, [{ dtype, shape }]);
}
