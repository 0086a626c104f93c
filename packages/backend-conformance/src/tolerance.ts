/** The one place that says when a result counts as right. */
import { isFloat, sameShape, type Traits } from "@crease/backend";
import { failure } from "./check.ts";
import { convert, type Value } from "./value.ts";

/**
 * Raises unless every element of `actual` is right. Integers, bool and strings are equal. Floats satisfy
 * `|actual - expected| <= atol + rtol * |expected|` with the backend's own `traits.tolerance` of their dtype. Where an
 * element is made of several rounded `terms` (the elements of a reduction, the inner size of a product, the steps of a
 * composite) that is `terms * (atol + rtol * max(|expected|, |x|))` with x the largest of the `inputs`: each step may
 * round as much as it may alone, and what cancels was as large as the inputs.
 */
export function expectClose(
  what: string,
  actual: Value,
  expected: Value,
  { tolerance }: Pick<Traits, "tolerance">,
  terms = 1,
  inputs: readonly Value[] = [],
): void {
  if (!sameShape(actual.shape, expected.shape))
    throw failure(what, `the shape is [${actual.shape}], expected [${expected.shape}]`, inputs);
  if (actual.data.length !== expected.data.length)
    throw failure(what, `there are ${actual.data.length} elements, expected ${expected.data.length}`, inputs);
  const { rtol, atol } = isFloat(actual.dtype) ? tolerance[actual.dtype as "float32"] : exact;
  const steps = Math.max(terms, 1);
  const size = steps > 1 ? largest(inputs) : 0;
  const right = convert(expected, actual.dtype);
  for (let i = 0; i < actual.data.length; i++) {
    const a = actual.data[i] as number;
    const b = right.data[i] as number;
    if (a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
    if (Number.isFinite(a) && Math.abs(a - b) <= steps * (atol + rtol * Math.max(Math.abs(b), size))) continue;
    throw failure(what, `element ${i} is ${a}, expected ${b}`, inputs);
  }
}

/** What is never rounded. */
const exact = { rtol: 0, atol: 0 } as const;

/** The largest magnitude of the finite float elements. */
function largest(inputs: readonly Value[]): number {
  let most = 0;
  for (const { dtype, data } of inputs)
    if (isFloat(dtype))
      for (const x of data as Float32Array) if (Number.isFinite(x)) most = Math.max(most, Math.abs(x));
  return most;
}

/**
 * `terms` of a derivative: every element that takes part, at most, and eight rounded operations for each order of
 * derivation (no rule needs more for one element).
 */
export function derivativeTerms(inputs: readonly Value[], order: 1 | 2): number {
  return 8 ** order * inputs.reduce((most, x) => Math.max(most, x.data.length), 1);
}
