/** The layer that hashes strings and integers into bins. */
import {
  type DType,
  isFloat,
  type OptionNames,
  requireInteger,
  requireObject,
  requireOneOf,
  ValueError,
} from "@crease/backend";
import { getBackend, scope, type Tensor, tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { type CategoryMode, categoryModes, encodeCategories, encodedShape } from "../preprocessing/encodeCategories.ts";
import { hasher, requireSalt, type Salt } from "../preprocessing/hashBucket.ts";
import { requireAbsent } from "../requireAbsent.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `Hashing` takes besides the number of bins. */
export interface HashingOptions extends Omit<LayerOptions, "dtype"> {
  /** A string or integer that alone goes to bin 0, the others to the bins after it; default none. */
  readonly maskValue?: string | number | null | undefined;
  /** The key of SipHash, used instead of FarmHash64; default none. */
  readonly salt?: Salt | null | undefined;
  /** Default `"int"`: the bin's number; else as `CategoryEncoding` encodes it. */
  readonly outputMode?: "int" | CategoryMode | undefined;
}

/**
 * The number of a bin for each string or integer, int32: FarmHash64 of its UTF-8 text modulo the number of bins;
 * floats are truncated. It reads its input, so it works where the backend reads synchronously. Keras 3 `Hashing`.
 *
 * @throws ValueError for a number of bins that is no whole number over 0, an unknown mode, or another salt.
 * @example
 * ```ts
 * import { Hashing } from "@crease/layers";
 * import { tensor } from "@crease/tensor";
 * new Hashing(3).apply(tensor(["A", "B", "C", "D", "E"])).toString(); // => [1 0 1 1 2]
 * ```
 */
export class Hashing extends UnaryLayer {
  static readonly className: string = "Hashing";
  static readonly ownNames: OptionNames<Omit<HashingOptions, keyof LayerOptions>> = {
    maskValue: true,
    salt: true,
    outputMode: true,
  };
  readonly numBins: number;
  readonly maskValue: string | number | null;
  readonly salt: Salt | null;
  readonly outputMode: "int" | CategoryMode;

  constructor(numBins: number, options: HashingOptions = {}) {
    requireObject("Hashing", options);
    const { maskValue = null, salt = null, outputMode = "int" } = options;
    super({ ...options, dtype: outputMode === "int" ? "int32" : "float32" });
    requireInteger("Hashing", "numBins", numBins, { min: 1 });
    requireSalt("Hashing", salt);
    requireOneOf("Hashing", "outputMode", outputMode, ["int", ...categoryModes]);
    if (maskValue !== null && typeof maskValue !== "string" && !Number.isSafeInteger(maskValue))
      throw new ValueError({ op: "Hashing", problem: `maskValue is ${maskValue}`, fix: "Use a string or an integer" });
    this.numBins = numBins;
    this.maskValue = maskValue;
    this.salt = salt;
    this.outputMode = outputMode;
  }

  override call(x: Tensor): Tensor {
    const { maskValue, numBins, outputMode: mode, dtype } = this;
    const binOf = hasher(this.salt);
    const isMasked = maskValue !== null && numBins > 1;
    const values = Array.from(x.dataSync() as ArrayLike<string | number>);
    const bins = Int32Array.from(values, (value) => {
      if (isMasked && value === maskValue) return 0;
      const text = isFloat(x.dtype) ? String(Math.trunc(value as number) + 0) : String(value);
      return isMasked ? binOf(text, numBins - 1) + 1 : binOf(text, numBins);
    });
    const backend = x.dtype === "string" ? getBackend() : x.backend;
    return scope(() => {
      const index = tensor(bins, { shape: x.shape, backend });
      return mode === "int" ? index : encodeCategories(index, { mode, depth: numBins, dtype });
    });
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return this.outputMode === "int" ? inputShape : encodedShape(inputShape, this.outputMode, this.numBins);
  }

  override computeOutputDType(_inputDType: DType): DType {
    return this.dtype;
  }

  override getConfig(): Config {
    const { numBins, salt, maskValue, outputMode } = this;
    return { ...super.getConfig(), numBins, salt, maskValue, outputMode };
  }

  static override fromConfig(config: Config): Hashing {
    const { numBins, sparse, ...options } = config as Config & HashingOptions & { readonly numBins: number };
    requireAbsent("Hashing", "sparse", sparse, false);
    return new Hashing(numBins, options);
  }
}
