/** The layer of any function. */
import { type OptionNames, requireInteger, ValueError } from "@crease/backend";
import { scope, type Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import { Layer } from "../layer.ts";
import type { CallOptions, LayerOptions } from "../layerOptions.ts";
import type { PartialShape, ShapesOf, Tensors } from "../shape.ts";

/** What `Lambda` takes besides its function. */
export interface LambdaOptions extends LayerOptions {
  /** Shape of one sample of the output, without the batch axis; by default the function is tried out. */
  readonly outputShape?: PartialShape | undefined;
}

/**
 * A function of the input as a layer without weights. It is never written to a config, as files hold no code: write a
 * class of its own for that. Keras 3 `Lambda`.
 *
 * @throws ValueError for what is no function, and from `getConfig`.
 * @example
 * ```ts
 * import { Lambda } from "@crease/layers";
 * const layer = new Lambda((x) => x.square());
 * layer.apply([[2, 3]]).toString(); // => [[4. 9.]]
 * layer.getConfig(); // => throws ValueError: is not saved
 * ```
 */
export class Lambda<In extends Tensors = Tensor> extends Layer<In, Tensor> {
  static readonly className: string = "Lambda";
  static readonly ownNames: OptionNames<Omit<LambdaOptions, keyof LayerOptions>> = { outputShape: true };
  readonly function: (x: In, options: CallOptions) => Tensor;
  readonly outputShape: PartialShape | null;

  constructor(f: (x: In, options: CallOptions) => Tensor, options: LambdaOptions = {}) {
    super(options);
    const { outputShape } = options;
    if (typeof f !== "function")
      throw new ValueError({ op: "Lambda", problem: `${String(f)} is no function`, fix: "Use `(x) => x.mul(2)`" });
    for (const size of outputShape ?? [])
      if (size !== null) requireInteger("Lambda", "a size in outputShape", size, { min: 0 });
    this.function = f;
    this.outputShape = outputShape ?? null;
  }

  override call(x: In, options: CallOptions): Tensor {
    return scope(() => this.function(x, options));
  }

  override computeOutputShape(inputShape: ShapesOf<In>): PartialShape {
    if (this.outputShape === null) return super.computeOutputShape(inputShape);
    const first: unknown = Object.values(inputShape)[0];
    return [(Array.isArray(first) ? first[0] : first) ?? null, ...this.outputShape];
  }

  override getConfig(): Config {
    throw notSaved();
  }

  static override fromConfig(_config: Config): Lambda {
    throw notSaved();
  }
}

function notSaved(): ValueError {
  return new ValueError({
    op: "Lambda",
    problem: "a function is not saved, as files hold no code",
    fix: "Write a class that extends Layer, and give it in `customObjects` to load it",
  });
}
