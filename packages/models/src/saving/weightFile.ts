/** Weights in files: safetensors and npz by the weights' paths, HDF5 as Keras arranges them. */
import { DataError, ValueError } from "@crease/backend";
import {
  readHdf5,
  readNpz,
  readSafetensors,
  readZip,
  type StoredArray,
  writeHdf5,
  writeNpz,
  writeSafetensors,
} from "@crease/files";
import type { AnyModel } from "../anyModel.ts";
import { checkpointKey } from "../checkpoint/checkpointFile.ts";
import { GroupBuilder, groupAt } from "./groups.ts";
import { isKerasFile, kerasWeightBytes } from "./kerasFile.ts";
import { kerasWeights, setKerasWeights } from "./kerasWeights.ts";
import { areLegacyWeights, putLegacyWeights, setLegacyWeights } from "./legacyWeights.ts";
import { type FileSource, isHdf5, isZip, readSource, writeFile } from "./source.ts";
import { assignAll, storeVariables } from "./storedValues.ts";

/** The forms of files of weights; the HDF5 ones are those of Keras 3 and its legacy one. */
export type WeightsFormat = "safetensors" | "npz" | "weights.h5" | "h5";

const formats: readonly WeightsFormat[] = ["safetensors", "npz", "weights.h5", "h5"];

/**
 * The bytes of a file with all weights of a model, for where there are no files.
 *
 * @throws ValueError for an unknown format.
 * @example
 * ```ts
 * import { Dense, Input } from "@crease/layers";
 * import { encodeWeights, Sequential } from "@crease/models";
 * const make = () => new Sequential([Input({ shape: [3] }), new Dense(2)]);
 * const [one, two] = [make(), make()];
 * await two.loadWeights(await encodeWeights(one));
 * const x = [[1, 2, 3]];
 * String(two.apply(x)) === String(one.apply(x)); // => true
 * ```
 */
export async function encodeWeights(
  model: AnyModel,
  { format = "safetensors" }: { readonly format?: WeightsFormat } = {},
): Promise<Uint8Array> {
  if (!formats.includes(format))
    throw new ValueError({
      op: "encodeWeights",
      problem: `unknown format "${String(format)}"`,
      fix: `Use one of: ${formats.join(", ")}`,
    });
  if (format === "weights.h5") return writeHdf5(await kerasWeights(model, undefined));
  if (format === "h5") {
    const root = new GroupBuilder();
    await putLegacyWeights(root, model);
    return writeHdf5(root);
  }
  const named = model.namedWeights();
  const stored = await storeVariables(named.map(({ variable }) => variable));
  const arrays = new Map(named.map(({ path }, i) => [path, stored[i] as StoredArray]));
  return format === "npz" ? writeNpz(arrays) : writeSafetensors(arrays, { format: "crease" });
}

/** See `Model.saveWeights`. */
export async function saveWeights(model: AnyModel, path: string): Promise<void> {
  if (/\.keras$/.test(path))
    throw new ValueError({
      op: "saveWeights",
      problem: `${path} ends as a file of a whole model`,
      fix: "Call `save`, or end it on .safetensors, .npz or .weights.h5",
    });
  const format = path.endsWith(".weights.h5")
    ? "weights.h5"
    : /\.(h5|hdf5)$/.test(path)
      ? "h5"
      : path.endsWith(".npz")
        ? "npz"
        : "safetensors";
  await writeFile("saveWeights", path, await encodeWeights(model, { format }));
}

/** See `Model.loadWeights`. */
export async function loadWeights(model: AnyModel, source: FileSource): Promise<void> {
  const { file, bytes } = await readSource("loadWeights", source);
  if (isZip(bytes)) {
    const entries = await readZip(bytes, { name: file });
    if (isKerasFile(entries)) setFromHdf5(file, model, kerasWeightBytes(file, entries));
    else setByPath(file, model, await readNpz(bytes, { name: file }));
  } else if (isHdf5(bytes)) setFromHdf5(file, model, bytes);
  else {
    const { tensors, metadata } = readSafetensors(bytes, { name: file });
    setByPath(file, model, tensors, metadata[checkpointKey] !== undefined);
  }
}

function setFromHdf5(file: string, model: AnyModel, bytes: Uint8Array): void {
  const root = readHdf5(bytes, { name: file });
  const inner = groupAt(root, "model_weights");
  const legacy = [root, ...(inner === undefined ? [] : [inner])].find(areLegacyWeights);
  if (legacy === undefined) setKerasWeights(file, model, root, undefined);
  else setLegacyWeights(file, model, legacy);
}

/** `hasMore`: whether the file is a checkpoint, which holds more than weights. */
function setByPath(
  file: string,
  model: AnyModel,
  arrays: ReadonlyMap<string, StoredArray>,
  hasMore: boolean = false,
): void {
  const weights = model.namedWeights();
  const known = weights.map(({ path }) => path);
  const wrong = (problem: string): DataError =>
    new DataError({ op: file, problem, fix: `The model's weights are: ${known.join(", ") || "none, build it first"}` });
  for (const path of arrays.keys())
    if (!hasMore && !known.includes(path)) throw wrong(`"${path}" is no weight of the model`);
  const assignments = weights.map(({ path, variable }) => {
    const stored = arrays.get(path);
    if (stored === undefined) throw wrong(`"${path}" is missing`);
    return { what: path, variable, stored };
  });
  assignAll(file, assignments);
}
