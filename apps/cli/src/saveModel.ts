/** The trained model in its file. */
import type { AnyModel } from "@crease/models";
import type { RunFiles } from "./runFolder.ts";

/** Writes the model and returns the path. @throws DataError where it cannot be written. */
export async function saveModel(model: AnyModel, { model: path }: RunFiles): Promise<string> {
  await model.saveWeights(path);
  return path;
}
