/** The activation relu. */
import { scope, type Tensor, where } from "@crease/tensor";
import { leakyRelu } from "./leakyRelu.ts";
import { relu6 } from "./relu6.ts";

/** What `relu` takes besides its input. */
export interface ReluOptions {
  /** Default 0. */
  readonly negativeSlope?: number | undefined;
  /** Default none. */
  readonly maxValue?: number | null | undefined;
  /** Default 0. */
  readonly threshold?: number | undefined;
}

/**
 * `x` where `x > threshold`, else `negativeSlope * (x - threshold)`, at most `maxValue`. Keras 3 `relu`.
 *
 * @example
 * ```ts
 * import { activations } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * activations.relu(tensor([-1, 2, 9]), { negativeSlope: 0.5, maxValue: 6 }).toString(); // => [-0.5  2.   6. ]
 * ```
 */
export function relu(x: Tensor, { negativeSlope = 0, maxValue = null, threshold = 0 }: ReluOptions = {}): Tensor {
  if (negativeSlope === 0 && threshold === 0 && maxValue === null) return x.relu();
  if (negativeSlope !== 0 && threshold === 0 && maxValue === null) return leakyRelu(x, { negativeSlope });
  return scope(() => {
    const y = positivePart(x, maxValue, threshold);
    return negativeSlope === 0 ? y : y.sub(x.neg().add(threshold).relu().mul(negativeSlope));
  });
}

/** At 6 `relu6` has gradient 0 and a clip 1, as in Keras. */
function positivePart(x: Tensor, maxValue: number | null, threshold: number): Tensor {
  if (threshold === 0 && maxValue === 6) return relu6(x);
  const y = threshold === 0 ? x.relu() : where(x.lessEqual(threshold), 0, x);
  return maxValue === null ? y : y.clip(0, maxValue);
}
