/** Models from JSON: what `model.toJSON` gave, or Keras. */
import { DataError, ValueError } from "@crease/backend";
import type { ConfigOptions, PartialShape } from "@crease/layers";
import { compileOptionsFrom } from "./compileConfig.ts";
import { fromKeras } from "./keras/fromKeras.ts";
import { makeLayer } from "./makeLayer.ts";
import { Model } from "./model.ts";
import { Sequential } from "./sequential.ts";

/**
 * The model that JSON describes, as text or as objects, built where it says for what, and compiled where it was.
 * Weights are new. Keras 3 `keras.models.model_from_json`; it reads what Keras 3 writes, and what Keras 2 does.
 *
 * @throws DataError where it is no model; ValueError for classes, functions, options and calls that are not known, by
 *   name, and for `Lambda`, as files hold no code.
 * @example
 * ```ts
 * import { Dense, Input } from "@crease/layers";
 * import { modelFromJSON, Sequential } from "@crease/models";
 * const model = new Sequential([Input({ shape: [3] }), new Dense(2, { activation: "relu" })]);
 * modelFromJSON(JSON.stringify(model)).countParams(); // => 8
 * ```
 */
export function modelFromJSON(json: string | object, { customObjects = {} }: ConfigOptions = {}): Model {
  const described = fromKeras(typeof json === "string" ? parse(json) : json, "layer", { customObjects, depth: 0 });
  const classes = { Sequential, Functional: Model, Model, ...customObjects };
  const model = makeLayer(described, { customObjects: classes }) as unknown;
  if (!(model instanceof Model))
    throw new ValueError({
      op: "modelFromJSON",
      problem: `a ${described.className} is no model`,
      fix: "Use `getLayer` for layers",
    });
  const shape = described.buildConfig?.inputShape;
  if (Array.isArray(shape) && !model.built) model.ensureBuilt(shape as PartialShape);
  const { compileConfig } = described;
  if (compileConfig?.optimizer !== undefined) model.compile(compileOptionsFrom(compileConfig, customObjects));
  return model as Model;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DataError({ op: "modelFromJSON", problem: "the text is no JSON", fix: "Pass what `toJSON` gave", cause });
  }
}
