/** Labels of hinge losses. */
import { type Tensor, where } from "@crease/tensor";

/** Labels -1 and 1; where all are 0 or 1, 0 becomes -1. */
export function hingeLabels(labels: Tensor): Tensor {
  const areBinary = labels.equal(0).logicalOr(labels.equal(1)).all();
  return where(areBinary, labels.mul(2).sub(1), labels);
}
