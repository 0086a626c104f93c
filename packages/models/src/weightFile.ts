/** Weights in safetensors files: keys are the weights' paths. */
import { type Data, DataError, formatSpec, sameShape } from "@crease/backend";
import { writeWhole } from "@crease/datasets";
import { scope, tensor, type Values } from "@crease/tensor";
import type { AnyModel } from "./anyModel.ts";
import { checkpointKey } from "./checkpoint/checkpointFile.ts";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "./safetensors.ts";

/**
 * The bytes of a safetensors file with all weights of a model, for where there are no files.
 *
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
export async function encodeWeights(model: Pick<AnyModel, "namedWeights">): Promise<Uint8Array> {
  const tensors = new Map<string, StoredTensor>();
  for (const { path, variable } of model.namedWeights()) {
    const { shape, dtype } = variable;
    tensors.set(path, { shape, dtype, data: (await variable.held.data()) as Data });
  }
  return encodeSafetensors(tensors, { format: "crease" });
}

/** See `Model.saveWeights`. */
export async function saveWeights(model: AnyModel, path: string): Promise<void> {
  const bytes = await encodeWeights(model);
  try {
    await writeWhole(path, bytes);
  } catch (cause) {
    throw new DataError({
      op: "saveWeights",
      problem: `${path} cannot be written`,
      fix: "Check the path, its folder and the space on its disk",
      cause,
    });
  }
}

/** See `Model.loadWeights`. */
export async function loadWeights(model: AnyModel, source: string | Uint8Array): Promise<void> {
  const file = typeof source === "string" ? source : "loadWeights";
  const bytes = typeof source === "string" ? await readBytes(source) : source;
  const { tensors, metadata } = decodeSafetensors(bytes, file);
  const isCheckpoint = metadata[checkpointKey] !== undefined;
  const weights = model.namedWeights();
  const known = weights.map(({ path }) => path);
  const wrong = (problem: string): DataError =>
    new DataError({ op: file, problem, fix: `The model's weights are: ${known.join(", ") || "none, build it first"}` });
  for (const path of tensors.keys())
    if (!isCheckpoint && !known.includes(path)) throw wrong(`"${path}" is no weight of the model`);
  const values = weights.map(({ path, variable }) => {
    const stored = tensors.get(path);
    if (stored === undefined) throw wrong(`"${path}" is missing`);
    if (!sameShape(stored.shape, variable.shape))
      throw wrong(`"${path}" is ${formatSpec(stored)}, not ${formatSpec(variable)}`);
    return stored;
  });
  scope(() => {
    const { backend } = model;
    model.setWeights(
      values.map(({ data, shape }, i) => {
        const { dtype } = (weights[i] as (typeof weights)[number]).variable;
        return tensor(data as Values, { dtype, shape, backend });
      }),
    );
  });
}

async function readBytes(path: string): Promise<Uint8Array> {
  const { readFile } = await import("node:fs/promises");
  try {
    return await readFile(path);
  } catch (cause) {
    throw new DataError({ op: "loadWeights", problem: `${path} cannot be read`, fix: "Check the path", cause });
  }
}
