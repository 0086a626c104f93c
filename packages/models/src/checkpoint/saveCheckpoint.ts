/** Checkpoints of a model in training, outside of fit. */
import type { AnyModel } from "../anyModel.ts";
import { type FileSource, writeFile } from "../saving/source.ts";
import { encodeCheckpointFile, readCheckpointFile } from "./checkpointFile.ts";
import { restoreState, takeState } from "./modelState.ts";

/**
 * The bytes of a checkpoint, for where there are no files: what `model.saveCheckpoint` writes.
 *
 * @throws ValueError before `compile`.
 * @example
 * ```ts
 * import { Dense, Input } from "@crease/layers";
 * import { encodeCheckpoint, Sequential } from "@crease/models";
 * const make = () => {
 *   const model = new Sequential([Input({ shape: [3] }), new Dense(2)]);
 *   model.compile({ optimizer: "adam", loss: "mse" });
 *   return model;
 * };
 * const [one, two] = [make(), make()];
 * const batch = [[[1, 2, 3]], [[0, 1]]] as const;
 * await one.trainOnBatch(...batch);
 * await two.loadCheckpoint(await encodeCheckpoint(one));
 * const losses = [await one.trainOnBatch(...batch), await two.trainOnBatch(...batch)];
 * losses[0].loss === losses[1].loss; // => true
 * ```
 */
export function encodeCheckpoint(model: AnyModel): Promise<Uint8Array> {
  const { tensors, json } = takeState(model);
  return encodeCheckpointFile(tensors, json);
}

/** See `Model.saveCheckpoint`. */
export async function saveCheckpoint(model: AnyModel, path: string): Promise<void> {
  await writeFile("saveCheckpoint", path, await encodeCheckpoint(model));
}

/** See `Model.loadCheckpoint`. */
export async function loadCheckpoint(model: AnyModel, source: FileSource): Promise<void> {
  restoreState(model, await readCheckpointFile(source));
}
