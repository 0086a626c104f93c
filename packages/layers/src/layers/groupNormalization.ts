/** The layer that normalizes groups of channels of each sample. */
import { type OptionNames, requireInteger, ShapeError, ValueError } from "@crease/backend";
import { scope, type Tensor } from "@crease/tensor";
import { otherAxes } from "../axes.ts";
import type { Config, ConfigOptions } from "../config.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { resolveParts } from "../resolveParts.ts";
import { formatPartialShape, type PartialShape } from "../shape.ts";
import { AffineNormalization, type AffineNormalizationOptions } from "./affineNormalization.ts";

/** What `GroupNormalization` takes. */
export interface GroupNormalizationOptions extends AffineNormalizationOptions {
  /** Number of groups, a divisor of the channels; -1 for as many groups as channels. Default 32. */
  readonly groups?: number | undefined;
  /** The axis of the channels, default the last. */
  readonly axis?: number | undefined;
}

/**
 * `(x - mean) / sqrt(variance + epsilon) * gamma + beta` with mean and variance over a group of neighbouring channels
 * and all axes of a sample; gamma and beta have an element for each channel. Keras 3 `GroupNormalization`.
 *
 * @throws ValueError where `groups` is neither -1 nor a whole number over 0; ShapeError where it does not divide the
 * channels.
 * @example
 * ```ts
 * import { GroupNormalization } from "@crease/layers";
 * new GroupNormalization({ groups: 2, epsilon: 0 }).apply([[1, 3, 5, 5.5]]).toString(); // => [[-1. 1. -1. 1.]]
 * ```
 */
export class GroupNormalization extends AffineNormalization {
  static readonly className: string = "GroupNormalization";
  static readonly ownNames: OptionNames<Omit<GroupNormalizationOptions, keyof LayerOptions>> = {
    epsilon: true,
    center: true,
    scale: true,
    betaInitializer: true,
    gammaInitializer: true,
    betaRegularizer: true,
    gammaRegularizer: true,
    betaConstraint: true,
    gammaConstraint: true,
    groups: true,
    axis: true,
  };
  override readonly supportsMasking: boolean = true;
  readonly groups: number;
  readonly axis: number;

  constructor(options: GroupNormalizationOptions = {}) {
    super(options);
    const { groups = 32, axis = -1 } = options;
    if (!Number.isSafeInteger(groups) || (groups < 1 && groups !== -1))
      throw new ValueError({
        op: "GroupNormalization",
        problem: `groups is ${groups}`,
        fix: "Use a whole number over 0, or -1 for a group for each channel",
      });
    this.groups = groups;
    requireInteger("GroupNormalization", "axis", axis);
    this.axis = axis;
  }

  override build(inputShape: PartialShape): void {
    this.#channels(inputShape);
    super.build(inputShape);
  }

  override call(x: Tensor): Tensor {
    const { axis, groups, size } = this.#channels(x.shape);
    return scope(() => {
      const grouped = this.wide(x).reshape([...x.shape.slice(0, axis), groups, size, ...x.shape.slice(axis + 1)]);
      const over = otherAxes([0, axis], grouped.shape);
      const centered = grouped.sub(grouped.mean(over, { keepDims: true }));
      const variance = centered.square().mean(over, { keepDims: true });
      return this.affine(centered.mul(variance.add(this.epsilon).rsqrt()).reshape(x.shape), [axis]);
    });
  }

  /** The axis of the channels, the number of groups and the channels in each. */
  #channels(shape: PartialShape): { readonly axis: number; readonly groups: number; readonly size: number } {
    const { axes, sizes } = this.along(shape);
    const [axis, channels] = [axes[0] as number, sizes[0] as number];
    const groups = this.groups === -1 ? channels : this.groups;
    if (axis === 0 || channels % groups !== 0 || channels < groups)
      throw new ShapeError({
        op: "GroupNormalization",
        problem:
          axis === 0
            ? `axis 0 is the batch, got shape ${formatPartialShape(shape)}`
            : `${groups} groups do not divide ${channels} channels, got shape ${formatPartialShape(shape)}`,
        fix: "Choose `groups` so that they divide the channels, which are along `axis`",
      });
    return { axis, groups, size: channels / groups };
  }

  override getConfig(): Config {
    return { ...super.getConfig(), groups: this.groups };
  }

  static override fromConfig(config: Config, options: ConfigOptions = {}): GroupNormalization {
    return new GroupNormalization(resolveParts(config as GroupNormalizationOptions, options));
  }
}
