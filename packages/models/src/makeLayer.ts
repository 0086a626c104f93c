/** Layers and models from their JSON values. */
import { type ConfigOptions, type CustomObjects, getLayer, type Layer, type Tensors } from "@crease/layers";
import type { Described } from "./keras/described.ts";
import { checkOptions } from "./keras/fromKeras.ts";
import { classOf } from "./keras/kinds.ts";

/**
 * The layer that a class name and a config describe.
 *
 * @throws ValueError for an unknown class, listing the known ones, and for options that a class of ours does not have.
 */
export function makeLayer({ className, config }: Described, options: ConfigOptions): Layer<Tensors, Tensors> {
  const custom: CustomObjects = options.customObjects ?? {};
  const own = Object.hasOwn(custom, className) ? undefined : classOf("layer", className);
  const given = typeof config === "string" ? {} : config;
  const layer = getLayer({ className, config: given }, options) as unknown as Layer<Tensors, Tensors>;
  if (own !== undefined) checkOptions(className, given, layer.getConfig());
  return layer;
}
