/** Layers from their JSON form. */
import { type ConfigOptions, type Configurable, entryOf, type Serialized } from "./config.ts";
import type { Layer } from "./layer.ts";
import { Activation } from "./layers/activation.ts";
import { Dense } from "./layers/dense.ts";
import { Dropout } from "./layers/dropout.ts";
import { Flatten } from "./layers/flatten.ts";
import { Identity } from "./layers/identity.ts";
import { InputLayer } from "./layers/inputLayer.ts";
import { Rescaling } from "./layers/rescaling.ts";
import { Reshape } from "./layers/reshape.ts";

/**
 * The layer that a class name and a config describe; the user's own classes come in `customObjects`.
 *
 * @throws ValueError for an unknown class; it lists the known ones.
 * @example
 * ```ts
 * import { Dense, getLayer } from "@crease/layers";
 * const config = new Dense(3, { activation: "relu" }).getConfig();
 * getLayer({ className: "Dense", config }) instanceof Dense; // => true
 * ```
 */
export function getLayer({ className, config }: Serialized, options: ConfigOptions = {}): Layer {
  const classes = {
    Activation,
    Dense,
    Dropout,
    Flatten,
    Identity,
    InputLayer,
    Rescaling,
    Reshape,
  } as unknown as { readonly [name: string]: Configurable<Layer> };
  return entryOf("getLayer", "layer", className, classes, options.customObjects).fromConfig(config, options);
}
