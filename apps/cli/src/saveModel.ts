/** The trained model in its file. */
import { ValueError } from "@crease/backend";
import type { AnyModel } from "@crease/models";
import { type RunFiles, shownPath } from "./runFolder.ts";

/**
 * Writes the model, or its weights where it holds code that no file can, and returns what people are told.
 *
 * @throws DataError where the file cannot be written.
 */
export async function saveModel(model: AnyModel, { model: path, weights }: RunFiles): Promise<string> {
  try {
    await model.save(path);
    return `The model is in ${shownPath(path)}.`;
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    await model.saveWeights(weights);
    return `The weights are in ${shownPath(weights)}; the model holds code, so no file can hold all of it (${error.problem}).`;
  }
}
