/** The definition of dense. */
import { type Attrs, sizeOf } from "@crease/backend";
import type { Tensor } from "../tensor.ts";

/** `activation(x w + b)`. */
export function dense([x, w, b]: readonly [Tensor, Tensor, Tensor], { activation }: Attrs<"dense">): readonly [Tensor] {
  const leading = x.shape.slice(0, -1);
  const [rows, columns] = w.shape as readonly [number, number];
  const isMatrix = leading.length === 1;
  const product = isMatrix
    ? x.matmul(w)
    : x
        .reshape([sizeOf(leading), rows])
        .matmul(w)
        .reshape([...leading, columns]);
  const sum = product.add(b);
  return [activation === "relu" ? sum.relu() : sum];
}
