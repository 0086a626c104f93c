/** What a model predicts from images and rows, input by input. */
import { DataError } from "@crease/backend";
import { Tensor } from "@crease/tensor";
import { type BackendName, useBackend } from "./backends.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { blaming, UsageError } from "./failure.ts";
import { type FoundInputs, findInputs } from "./findInputs.ts";
import { imageBatches } from "./imageInputs.ts";
import { openModel } from "./openModel.ts";
import { PredictionTable, type TableForm } from "./predictionTable.ts";
import { rowBatches } from "./rowInputs.ts";

/** What the options ask for. */
export interface PredictSettings {
  readonly images: "auto" | "digits" | "plain";
  readonly top: number;
  readonly best?: true | undefined;
  readonly batchSize: number;
  readonly backend: BackendName;
  readonly form: TableForm;
}

/** Inputs of a model, and what people call them. */
export interface InputBatch {
  readonly names: readonly string[];
  readonly x: Tensor;
  /** The digits in the batch, 784 numbers each, where it holds some. */
  readonly digits?: Float32Array;
}

/** Predicts and writes the predictions to stdout. @throws UsageError; DataError for inputs that are none. */
export async function predictInputs(
  path: string,
  paths: readonly string[],
  settings: PredictSettings,
): Promise<ExitCode> {
  const found = await findInputs(paths);
  await useBackend(settings.backend);
  const opened = await openModel(path, { best: settings.best === true });
  const table = new PredictionTable(process.stdout, opened.task, settings);
  let count = 0;
  for await (const batch of batchesOf(found)) {
    const outputs = await blaming("predict", () => opened.model.predict(batch.x));
    if (!(outputs instanceof Tensor) || outputs.shape.length !== 2)
      throw new UsageError("the model gives more than a row of numbers for each input. Call it from TypeScript.");
    const width = outputs.shape[1] as number;
    table.add(batch, (await outputs.data()) as Float32Array, width);
    outputs.dispose();
    batch.x.dispose();
    count += batch.names.length;
  }
  if (count === 0)
    throw new DataError({ op: paths.join(", "), problem: "there is no row", fix: "Give rows below the header" });
  table.end();
  return exitCodes.done;

  function batchesOf(inputs: FoundInputs): AsyncIterable<InputBatch> {
    return inputs.kind === "images"
      ? imageBatches(inputs.files, opened, settings)
      : rowBatches(inputs.source, opened, settings.batchSize);
  }
}
