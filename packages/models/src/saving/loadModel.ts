/** Whole models from files: `.keras`, and Keras's legacy `.h5`. */
import { DataError, sizeOf } from "@crease/backend";
import { readHdf5, readZip } from "@crease/files";
import type { CustomObjects, Tensors } from "@crease/layers";
import { type Interpreter, interpret, type Tensor } from "@crease/tensor";
import type { AnyModel } from "../anyModel.ts";
import type { Model } from "../model.ts";
import { modelFromJSON } from "../modelFromJSON.ts";
import { isKerasFile, readKeras } from "./kerasFile.ts";
import { setKerasWeights } from "./kerasWeights.ts";
import { isLegacyModel, legacyJson, setLegacyModel } from "./legacyFile.ts";
import { optimizerOf } from "./saveModel.ts";
import { type FileSource, isHdf5, isZip, readSource } from "./source.ts";

/** How a model is loaded. */
export interface LoadModelOptions {
  /** The user's own classes and functions, by the names in the file. */
  readonly customObjects?: CustomObjects | undefined;
  /** Whether it is compiled as it was when it was saved, with the optimizer's state. Default true. */
  readonly compile?: boolean;
}

/**
 * The model in a file: a path in Node, or a file's bytes. `.keras` files of Keras 3 and of `model.save`, and legacy
 * `.h5` files, told apart by their content. Weights, what it was compiled with and the optimizer's state are as they
 * were, so that training goes on.
 *
 * Files are treated as hostile: nothing in them runs (`Lambda` and pickled data are refused), sizes are checked
 * before anything is allocated, and making the layers may not take more than what the file's own size explains.
 *
 * @throws DataError where the file cannot be read, is damaged or no model, or describes classes, functions or options
 *   that are unknown, by name.
 * @example
 * ```ts
 * import { Dense, Input, Layer } from "@crease/layers";
 * import { encodeModel, loadModel, Sequential } from "@crease/models";
 * import type { Tensor } from "@crease/tensor";
 * class Twice extends Layer {
 *   static readonly className: string = "Twice";
 *   override call(x: Tensor): Tensor {
 *     return x.mul(2);
 *   }
 * }
 * const bytes = await encodeModel(new Sequential([Input({ shape: [1] }), new Twice(), new Dense(1)]));
 * (await loadModel(bytes, { customObjects: { Twice } })).layers.length; // => 2
 * await loadModel(bytes); // => throws DataError: unknown layer "Twice"
 * ```
 */
export async function loadModel<In extends Tensors = Tensor, Out extends Tensors = Tensor>(
  source: FileSource,
  { customObjects = {}, compile = true }: LoadModelOptions = {},
): Promise<Model<In, Out>> {
  return (await load(source, customObjects, compile)) as unknown as Model<In, Out>;
}

async function load(source: FileSource, customObjects: CustomObjects, compile: boolean): Promise<Model> {
  const { file, bytes } = await readSource("loadModel", source);
  if (isZip(bytes)) {
    const entries = await readZip(bytes, { name: file });
    if (!isKerasFile(entries)) throw noModel(file, "it is an archive without a model");
    const { json, weights } = readKeras(file, entries, compile);
    return make(file, json, customObjects, bytes.length, (model) => {
      setKerasWeights(file, model, weights, optimizerOf(model));
    });
  }
  if (!isHdf5(bytes)) throw noModel(file, "it is neither a .keras nor an HDF5 file");
  const root = readHdf5(bytes, { name: file });
  if (!isLegacyModel(root)) throw noModel(file, "it holds weights, but no model");
  const json = legacyJson(file, root, compile);
  return make(file, json, customObjects, bytes.length, (model) => {
    setLegacyModel(file, model, root, optimizerOf(model));
  });
}

function noModel(file: string, problem: string): DataError {
  return new DataError({
    op: file,
    problem,
    fix: "Give a file of a whole model; for weights make the model and call `loadWeights`",
  });
}

/** The model that the JSON describes with its state set; what was made is given up where that fails. */
function make(
  file: string,
  json: object,
  customObjects: CustomObjects,
  bytes: number,
  restore: (model: AnyModel) => void,
): Model {
  const model = describedModel(file, json, customObjects, bytes);
  try {
    if (!model.built) throw noModel(file, "its model was never built, so it has no weights");
    restore(model as unknown as AnyModel);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** @throws DataError for whatever goes wrong, since it is the file's fault. */
function describedModel(file: string, json: object, customObjects: CustomObjects, bytes: number): Model {
  try {
    return interpret(budget(file, bytes), () => modelFromJSON(json, { customObjects }));
  } catch (cause) {
    if (cause instanceof DataError && cause.op === file) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError({ op: file, problem: "the model in it cannot be made", fix: reason.replace(/\.$/, ""), cause });
  }
}

/** Elements that making layers may compute in any case, and for each byte of the file: initializers take several steps. */
const always = 2 ** 22;
const perByte = 64;

/** Lets as much be computed as weights of the file's size can need, and nothing larger than these. */
function budget(file: string, bytes: number): Interpreter {
  const largest = always + bytes;
  let left = always + perByte * bytes;
  return (call, next) => {
    const sizes = call.outs.map(({ shape }) => sizeOf(shape));
    for (const size of sizes) left -= 1 + size;
    if (left < 0 || sizes.some((size) => size > largest))
      throw new DataError({
        op: file,
        problem: "its layers are larger than the weights in it",
        fix: "The file is damaged or made to exhaust memory: do not use it",
      });
    return next(call);
  };
}
