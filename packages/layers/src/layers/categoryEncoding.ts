/** The layer that encodes integers as vectors. */
import {
  type DType,
  type OptionNames,
  requireInteger,
  requireOneOf,
  ShapeError,
  sameShape,
  ValueError,
} from "@crease/backend";
import { Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import { Layer } from "../layer.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { type CategoryMode, categoryModes, encodeCategories, encodedShape } from "../preprocessing/encodeCategories.ts";
import { requireAbsent } from "../requireAbsent.ts";
import type { PartialShape } from "../shape.ts";

/** What `CategoryEncoding` takes besides the number of categories. */
export interface CategoryEncodingOptions extends LayerOptions {
  /**
   * Default `"multiHot"`. `"oneHot"`: a vector for each integer, in place of a last axis of size 1. `"multiHot"`: a
   * vector for the last axis with 1 for each category in it. `"count"`: as `"multiHot"`, with how often it occurs.
   */
  readonly outputMode?: CategoryMode | undefined;
}

/**
 * Integers from 0 to `numTokens - 1` as vectors; others count nowhere. In mode `"count"` the input may be
 * `[integers, weights]`: then weights are summed. Keras 3 `CategoryEncoding`, dense.
 *
 * @throws ValueError for a number of categories that is no whole number over 0, an unknown mode, and weights in
 * another mode; ShapeError for weights of another shape than the integers.
 * @example
 * ```ts
 * import { CategoryEncoding } from "@crease/layers";
 * new CategoryEncoding(4).apply([[0, 1], [3, 3]]).toString(); // => [[1. 1. 0. 0.] [0. 0. 0. 1.]]
 * new CategoryEncoding(3, { outputMode: "oneHot" }).apply([2, 0]).toString(); // => [[0. 0. 1.] [1. 0. 0.]]
 * ```
 */
export class CategoryEncoding extends Layer<Tensor | readonly Tensor[], Tensor> {
  static readonly className: string = "CategoryEncoding";
  static readonly ownNames: OptionNames<Omit<CategoryEncodingOptions, keyof LayerOptions>> = { outputMode: true };
  readonly numTokens: number;
  readonly outputMode: CategoryMode;

  constructor(numTokens: number, options: CategoryEncodingOptions = {}) {
    super(options);
    const { outputMode = "multiHot" } = options;
    requireInteger("CategoryEncoding", "numTokens", numTokens, { min: 1 });
    requireOneOf("CategoryEncoding", "outputMode", outputMode, categoryModes);
    this.numTokens = numTokens;
    this.outputMode = outputMode;
  }

  override call(x: Tensor | readonly Tensor[]): Tensor {
    const [indices, weights] = x instanceof Tensor ? [x] : (x as readonly [Tensor, Tensor?]);
    if (weights !== undefined) this.#checkWeights(indices, weights);
    return encodeCategories(indices, { mode: this.outputMode, depth: this.numTokens, dtype: this.dtype, weights });
  }

  #checkWeights(indices: Tensor, weights: Tensor): void {
    if (this.outputMode !== "count")
      throw new ValueError({
        op: "CategoryEncoding",
        problem: `mode "${this.outputMode}" takes no weights`,
        fix: 'Set `outputMode` to "count", or pass the integers alone',
      });
    if (!sameShape(indices.shape, weights.shape))
      throw new ShapeError({
        op: "CategoryEncoding",
        problem: "integers and weights differ in shape",
        got: [indices, weights],
        fix: "Give a weight for each integer",
      });
  }

  override computeOutputShape(inputShape: PartialShape | readonly PartialShape[]): PartialShape {
    const shape = Array.isArray(inputShape[0]) ? inputShape[0] : inputShape;
    return encodedShape(shape as PartialShape, this.outputMode, this.numTokens);
  }

  override computeOutputDType(_inputDType: DType): DType {
    return this.dtype;
  }

  override getConfig(): Config {
    return { ...super.getConfig(), numTokens: this.numTokens, outputMode: this.outputMode };
  }

  static override fromConfig(config: Config): CategoryEncoding {
    const { numTokens, sparse, ...options } = config as Config & CategoryEncodingOptions & { numTokens: number };
    requireAbsent("CategoryEncoding", "sparse", sparse, false);
    return new CategoryEncoding(numTokens, options);
  }
}
