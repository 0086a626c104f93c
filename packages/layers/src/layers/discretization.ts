/** The layer that puts numbers into bins. */
import { type DType, type OptionNames, requireInteger, requireNumber, requireOneOf, ValueError } from "@crease/backend";
import { scope, type Tensor, tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { type AdaptData, type AdaptOptions, adaptBatches } from "../preprocessing/adaptBatches.ts";
import { type CategoryMode, categoryModes, encodeCategories, encodedShape } from "../preprocessing/encodeCategories.ts";
import { binBoundariesOf, mergeSummaries, type QuantileSummary, summarize } from "../preprocessing/quantileSummary.ts";
import { requireAbsent } from "../requireAbsent.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `Discretization` takes: boundaries, or how many bins to learn. */
export interface DiscretizationOptions extends LayerOptions {
  /** Where the next bin begins, in ascending order: `[0, 1]` makes `(-inf, 0)`, `[0, 1)` and `[1, inf)`. */
  readonly binBoundaries?: readonly number[] | null | undefined;
  /** How many bins of about equally many values `adapt` shall find. */
  readonly numBins?: number | null | undefined;
  /** How far off the share of a learned bin may be, default 0.01; less takes more memory. */
  readonly epsilon?: number | undefined;
  /** Default `"int"`: the bin's number; else as `CategoryEncoding` encodes it. */
  readonly outputMode?: "int" | CategoryMode | undefined;
}

/**
 * The number of the bin of each value, int32: how many boundaries are not above it. Boundaries are given, or learned
 * by `adapt`. Keras 3 `Discretization`, dense.
 *
 * @throws ValueError for both or neither of boundaries and number of bins, boundaries out of order, and options out of
 * range; for a call before there are boundaries.
 * @example
 * ```ts
 * import { Discretization } from "@crease/layers";
 * new Discretization({ binBoundaries: [0, 1, 2] }).apply([[-1.5, 1, 3.4, 0.5]]).toString(); // => [[0 2 3 1]]
 * const layer = new Discretization({ numBins: 4 });
 * await layer.adapt([[-1.5, 1, 3.4, 0.5], [0, 3, 1.3, 0]]);
 * layer.apply([[-1.5, 1, 3.4, 0.5]]).toString(); // => [[0 2 3 2]]
 * ```
 */
export class Discretization extends UnaryLayer {
  static readonly className: string = "Discretization";
  static readonly ownNames: OptionNames<Omit<DiscretizationOptions, keyof LayerOptions>> = {
    binBoundaries: true,
    numBins: true,
    epsilon: true,
    outputMode: true,
  };
  /** Given or learned; null before `adapt`. */
  binBoundaries: readonly number[] | null;
  readonly numBins: number | null;
  readonly epsilon: number;
  readonly outputMode: "int" | CategoryMode;

  constructor(options: DiscretizationOptions = {}) {
    const { binBoundaries = null, numBins = null, epsilon = 0.01, outputMode = "int" } = options;
    super(options);
    const op = "Discretization";
    if ((binBoundaries === null) === (numBins === null))
      throw new ValueError({
        op,
        problem: `${numBins === null ? "neither" : "both"} binBoundaries and numBins given`,
        fix: "Give `binBoundaries`, or `numBins` and call `adapt`",
      });
    if (numBins !== null) requireInteger(op, "numBins", numBins, { min: 1 });
    if (binBoundaries !== null) requireAscending(op, binBoundaries);
    requireNumber(op, "epsilon", epsilon, { above: 0, below: 1 });
    requireOneOf(op, "outputMode", outputMode, ["int", ...categoryModes]);
    this.binBoundaries = binBoundaries;
    this.numBins = numBins;
    this.epsilon = epsilon;
    this.outputMode = outputMode;
  }

  /**
   * Learns the boundaries from approximate quantiles of all values. Data seen before are forgotten.
   *
   * @throws ValueError where boundaries were given at construction.
   */
  async adapt(data: AdaptData, options: AdaptOptions = {}): Promise<void> {
    const op = "Discretization.adapt";
    const { numBins, epsilon } = this;
    if (numBins === null)
      throw new ValueError({ op, problem: "boundaries were given at construction", fix: "Give `numBins` instead" });
    let summary: QuantileSummary = { values: new Float32Array(0), weights: new Float32Array(0) };
    for await (const x of adaptBatches(op, data, options)) {
      const values = Float32Array.from((await x.data()) as Float32Array);
      summary = mergeSummaries(summarize(values, epsilon), summary, epsilon);
    }
    this.binBoundaries = binBoundariesOf(summary, numBins);
  }

  override call(x: Tensor): Tensor {
    const boundaries = this.binBoundaries;
    if (boundaries === null)
      throw new ValueError({
        op: "Discretization",
        problem: "there are no boundaries yet",
        fix: "Call `await layer.adapt(data)`, or give `binBoundaries`",
      });
    const { outputMode: mode, dtype } = this;
    const depth = boundaries.length + 1;
    return scope(() => {
      const edges = tensor([...boundaries], { shape: [depth - 1], dtype: "float32", backend: x.backend });
      // Not "how many are at most x": NaN belongs into the last bin, as in NumPy's `digitize`.
      const above = edges.greater(x.cast("float32").expandDims(-1)).sum(-1);
      const bins = above.neg().add(depth - 1);
      return mode === "int" ? bins : encodeCategories(bins, { mode, depth, dtype });
    });
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    if (this.outputMode === "int") return inputShape;
    const depth = this.binBoundaries === null ? this.numBins : this.binBoundaries.length + 1;
    return encodedShape(inputShape, this.outputMode, depth);
  }

  override computeOutputDType(_inputDType: DType): DType {
    return this.outputMode === "int" ? "int32" : this.dtype;
  }

  override getConfig(): Config {
    const { binBoundaries, numBins, epsilon, outputMode } = this;
    return { ...super.getConfig(), binBoundaries, numBins, epsilon, outputMode };
  }

  static override fromConfig(config: Config): Discretization {
    const { sparse, binBoundaries, ...options } = config as Config & DiscretizationOptions;
    requireAbsent("Discretization", "sparse", sparse, false);
    if (typeof options.numBins !== "number") return new Discretization({ ...options, binBoundaries });
    // Boundaries beside a number of bins are what the layer has learned.
    const layer = new Discretization(options);
    if (binBoundaries) {
      requireAscending("Discretization", binBoundaries);
      layer.binBoundaries = binBoundaries;
    }
    return layer;
  }
}

function requireAscending(op: string, boundaries: readonly number[]): void {
  const isList = Array.isArray(boundaries) && boundaries.every(Number.isFinite);
  if (!isList || boundaries.some((value, i) => i > 0 && value < (boundaries[i - 1] as number)))
    throw new ValueError({
      op,
      problem: `binBoundaries [${boundaries}] are no numbers in ascending order`,
      fix: "Sort them",
    });
}
