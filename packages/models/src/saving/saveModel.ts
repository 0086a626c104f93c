/** Whole models into files: `.keras`, and Keras's legacy `.h5`. */
import { ValueError } from "@crease/backend";
import type { Optimizer } from "@crease/optimizers";
import type { AnyModel } from "../anyModel.ts";
import { encodeKeras } from "./kerasFile.ts";
import { encodeLegacy } from "./legacyFile.ts";
import { writeFile } from "./source.ts";

/** The forms of files of whole models. */
export type ModelFormat = "keras" | "h5";

/** How a model is saved. */
export interface SaveOptions {
  /** Whether optimizer, losses and metrics are saved, with the optimizer's state. Default true. */
  readonly includeOptimizer?: boolean;
}

/**
 * The bytes of a file of the whole model, for where there are no files: a `.keras` file, which Keras 3 loads, or its
 * legacy `.h5`.
 *
 * @throws ValueError for layers that cannot be written (`Lambda` holds code), and for a model that is not built.
 * @example
 * ```ts
 * import { Dense, Input } from "@crease/layers";
 * import { encodeModel, loadModel, Sequential } from "@crease/models";
 * const model = new Sequential([Input({ shape: [3] }), new Dense(2)]);
 * const copy = await loadModel(await encodeModel(model));
 * const x = [[1, 2, 3]];
 * String(copy.apply(x)) === String(model.apply(x)); // => true
 * ```
 */
export async function encodeModel(
  model: AnyModel,
  { format = "keras", includeOptimizer = true }: SaveOptions & { readonly format?: ModelFormat } = {},
): Promise<Uint8Array> {
  if (!model.built)
    throw new ValueError({
      op: "save",
      problem: "the model is not built, so it has no weights yet",
      fix: "Put an `Input` first, or call it on a batch",
    });
  if (format !== "keras" && format !== "h5")
    throw new ValueError({ op: "save", problem: `unknown format "${String(format)}"`, fix: 'Use "keras" or "h5"' });
  const optimizer = includeOptimizer ? optimizerOf(model) : undefined;
  return format === "keras" ? encodeKeras(model, optimizer) : encodeLegacy(model, optimizer);
}

/** The optimizer of a compiled model. */
export function optimizerOf(model: AnyModel): Optimizer | undefined {
  return model.getCompileConfig() === null ? undefined : model.optimizer;
}

/** See `Model.save`. */
export async function saveModel(model: AnyModel, path: string, options: SaveOptions = {}): Promise<void> {
  const format = /\.keras$/.test(path) ? "keras" : /\.(h5|hdf5)$/.test(path) ? "h5" : undefined;
  if (format === undefined || /\.weights\.h5$/.test(path))
    throw new ValueError({
      op: "save",
      problem: `${path} does not end as a file of a whole model`,
      fix: "Use .keras (or Keras's legacy .h5); for weights alone there is `saveWeights`",
    });
  await writeFile("save", path, await encodeModel(model, { ...options, format }));
}
