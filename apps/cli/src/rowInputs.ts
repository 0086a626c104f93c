/** The rows of a CSV as inputs of a model. */
import { type CsvDataset, type CsvSchema, type CsvSource, csvDataset, readCsvSchema } from "@crease/datasets";
import { scope, type Tensor } from "@crease/tensor";
import { readingCsv } from "./data/readingCsv.ts";
import { UsageError } from "./failure.ts";
import type { OpenedModel } from "./openModel.ts";
import type { InputBatch } from "./predictInputs.ts";

/** The rows in batches, encoded as the model's run encoded its own. @throws UsageError for a model that takes no rows; DataError for cells that do not fit. */
export async function* rowBatches(
  source: CsvSource,
  opened: OpenedModel,
  batchSize: number,
): AsyncGenerator<InputBatch, void, undefined> {
  const input = opened.run?.data.input;
  let row = 0;
  const rows = await readingCsv(typeof source === "string" ? source : "stdin", () =>
    input?.kind === "table"
      ? csvDataset(source, { schema: input.schema as CsvSchema, inputsOnly: true, shuffle: false, batchSize })
      : numberRows(source, opened, batchSize),
  );
  const { mean, stddev } = input?.kind === "array" ? input : {};
  for await (const [x] of rows as AsyncIterable<readonly [Tensor]>) {
    const ready =
      mean === undefined || stddev === undefined
        ? x
        : scope(() => x.sub([...mean]).div(stddev.map((value) => value || 1)));
    if (ready !== x) x.dispose();
    yield { names: Array.from({ length: ready.shape[0] as number }, () => String(++row)), x: ready };
  }
}

/** Rows of plain numbers, as many columns as the model has inputs. */
async function numberRows(
  source: CsvSource,
  { run, inputShape, file }: OpenedModel,
  batchSize: number,
): Promise<CsvDataset> {
  const kind = run?.data.input.kind;
  if (kind === "image" || kind === "words")
    throw new UsageError(
      kind === "image"
        ? `${file} was trained on images. Give it .png or .jpg files.`
        : `${file} was trained on numbered words, which a CSV does not hold. Call it from TypeScript.`,
    );
  const wanted = inputShape?.length === 1 ? inputShape[0] : undefined;
  if (wanted === undefined || wanted === null)
    throw new UsageError(`${file} takes no rows of numbers. Call it from TypeScript.`);
  const { columns } = await readCsvSchema(source);
  if (columns.length !== wanted)
    throw new UsageError(
      `${file} takes ${wanted} numbers in a row, and the CSV has ${columns.length} columns: ${columns.map(({ name }) => name).join(", ")}. Give just those that it was trained on, in their order.`,
    );
  const types = Object.fromEntries(columns.map(({ name }) => [name, "number" as const]));
  return csvDataset(source, { types, normalize: false, shuffle: false, batchSize });
}
