/** The layer that applies an activation. */
import type { Tensor } from "@crease/tensor";
import type { Config, ConfigOptions } from "../config.ts";
import {
  type Activation as ActivationFunction,
  type ActivationLike,
  activationName,
  getActivation,
} from "../getActivation.ts";
import type { LayerOptions } from "../layerOptions.ts";
import { UnaryLayer } from "../unaryLayer.ts";

/**
 * An activation by name or any function of a tensor. Keras 3 `Activation`.
 *
 * @throws ValueError for an unknown name; it lists the known ones.
 * @example
 * ```ts
 * import { Activation } from "@crease/layers";
 * new Activation("relu").apply([[-1, 2]]).toString(); // => [[0. 2.]]
 * ```
 */
export class Activation extends UnaryLayer {
  static readonly className: string = "Activation";
  static readonly ownNames: object = {};
  override readonly supportsMasking: boolean = true;
  readonly activation: ActivationFunction;

  constructor(activation: ActivationLike, options: LayerOptions = {}) {
    super(options);
    this.activation = getActivation(activation);
  }

  override call(x: Tensor): Tensor {
    return this.activation(x);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), activation: activationName(this.activation) };
  }

  static override fromConfig(config: Config, options: ConfigOptions = {}): Activation {
    const { activation, ...rest } = config as Config & LayerOptions & { readonly activation: ActivationLike };
    return new Activation(getActivation(activation, options), rest);
  }
}
