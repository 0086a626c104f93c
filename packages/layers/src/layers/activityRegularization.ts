/** The layer that adds a penalty on its input to the loss. */
import { type OptionNames, requireObject } from "@crease/backend";
import type { Tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { L1L2 } from "../regularizers/l1l2.ts";
import type { PartialShape } from "../shape.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/** What `ActivityRegularization` takes. */
export interface ActivityRegularizationOptions extends Omit<LayerOptions, "activityRegularizer"> {
  /** What the sum of absolute values is multiplied by, default 0. */
  readonly l1?: number | undefined;
  /** What the sum of squares is multiplied by, default 0. */
  readonly l2?: number | undefined;
}

/**
 * The input itself; `(l1 * sum(|x|) + l2 * sum(x^2)) / n` of n samples joins the losses of the step.
 * Keras 3 `ActivityRegularization`.
 *
 * @throws ValueError for a factor that is no finite number of at least 0.
 * @example
 * ```ts
 * import { ActivityRegularization } from "@crease/layers";
 * const layer = new ActivityRegularization({ l2: 0.5 });
 * const { losses } = layer.collectLosses(() => layer.apply([[1, -3]]));
 * String(losses); // => 5.
 * ```
 */
export class ActivityRegularization extends UnaryLayer {
  static readonly className: string = "ActivityRegularization";
  static readonly ownNames: OptionNames<Omit<ActivityRegularizationOptions, keyof LayerOptions>> = {
    l1: true,
    l2: true,
  };
  override readonly supportsMasking: boolean = true;
  readonly l1: number;
  readonly l2: number;

  constructor(options: ActivityRegularizationOptions = {}) {
    requireObject("ActivityRegularization", options);
    const { l1 = 0, l2 = 0 } = options;
    super({ ...options, activityRegularizer: new L1L2({ l1, l2 }) });
    this.l1 = l1;
    this.l2 = l2;
  }

  override call(x: Tensor): Tensor {
    return x;
  }

  override computeOutputShape(inputShape: PartialShape): PartialShape {
    return inputShape;
  }

  override getConfig(): Config {
    const { activityRegularizer: _, ...config } = super.getConfig();
    return { ...config, l1: this.l1, l2: this.l2 };
  }
}
