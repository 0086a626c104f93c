/** Variables as arrays of files, and arrays of files as the values of variables. */
import { type Data, DataError, formatSpec, sameShape } from "@crease/backend";
import type { StoredArray } from "@crease/files";
import { scope, tensor, type Values, type Variable } from "@crease/tensor";
import type { OptimizerEntry } from "./optimizerEntries.ts";

/** The values of all variables at this moment, whatever is assigned while they are read. */
export async function storeVariables(variables: readonly Variable[]): Promise<readonly StoredArray[]> {
  const values = variables.map((variable) => variable.value);
  try {
    const stored: StoredArray[] = [];
    for (const { shape, dtype, data } of values.map((x) => ({ shape: x.shape, dtype: x.dtype, data: () => x.data() })))
      stored.push({ shape, dtype, data: (await data()) as Data });
    return stored;
  } finally {
    for (const value of values) value.dispose();
  }
}

/** An optimizer's entries as arrays. */
export async function storeEntries(entries: readonly OptimizerEntry[]): Promise<readonly StoredArray[]> {
  const slots = entries.flatMap((entry) => (entry.kind === "slot" ? [entry.variable] : []));
  const stored = [...(await storeVariables(slots))];
  return entries.map((entry) => {
    if (entry.kind === "slot") return stored.shift() as StoredArray;
    const isInteger = entry.kind === "steps" || (entry.kind === "derived" && entry.isInteger);
    return isInteger
      ? { dtype: "int32", shape: [], data: Int32Array.of(entry.value) }
      : { dtype: "float32", shape: [], data: Float32Array.of(entry.value) };
  });
}

/** A variable with what it is to be set to. */
export interface Assignment {
  /** What messages call it. */
  readonly what: string;
  readonly variable: Variable;
  readonly stored: StoredArray;
}

/** Sets all variables, or none where one does not fit. @throws DataError naming it. */
export function assignAll(file: string, assignments: readonly Assignment[]): void {
  for (const { what, variable, stored } of assignments)
    if (!sameShape(stored.shape, variable.shape) || stored.dtype === "string")
      throw new DataError({
        op: file,
        problem: `"${what}" is ${formatSpec(stored)}, not ${formatSpec(variable)}`,
        fix: "Load it into a model of the same layers and sizes",
      });
  scope(() => {
    for (const { variable, stored } of assignments) {
      const { dtype, backend } = variable;
      variable.assign(tensor(stored.data as Values, { shape: stored.shape, dtype, backend }));
    }
  });
}
