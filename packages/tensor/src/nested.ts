/** Flat elements as nested JavaScript arrays. */
import { type Data, type Spec, sizeOf } from "@crease/backend";
import type { NestedArray, Scalar } from "./operands.ts";

/** Arrays of arrays in the spec's shape; a scalar by itself; bool elements as booleans. */
export function nestedArray(data: Data, spec: Spec): NestedArray | Scalar {
  const { shape, dtype } = spec;
  const element = (i: number): Scalar => (dtype === "bool" ? data[i] === 1 : (data[i] as Scalar));
  const build = (axis: number, offset: number, step: number): NestedArray | Scalar => {
    if (axis === shape.length) return element(offset);
    const size = shape[axis] as number;
    const inner = size === 0 ? 0 : step / size;
    return Array.from({ length: size }, (_, i) => build(axis + 1, offset + i * inner, inner));
  };
  return build(0, 0, sizeOf(shape));
}
