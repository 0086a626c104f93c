/** A layer as JSON values, from which an equal one can be made. */
import type { Layer, Tensors } from "@crease/layers";
import type { Described } from "./keras/described.ts";

/** The layer's class and config, and what it was built for. */
export function describeLayer(layer: Layer<Tensors, Tensors>): Described {
  const { className, built, inputShape } = layer;
  const isGraph = "graph" in layer && layer.graph !== undefined;
  const tells = built && inputShape !== undefined && className !== "InputLayer";
  const config = layer.getConfig();
  // A Sequential takes batches of any size, whatever it was built for.
  const shape = isGraph ? null : (config.buildInputShape ?? inputShape);
  return { className, config, ...(tells && { buildConfig: { inputShape: shape } }) };
}
