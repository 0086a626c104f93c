/** Data sets of the rows of a CSV. */
import { requireInteger, requireNumber, ValueError } from "@crease/backend";
import { Dataset } from "../dataset.ts";
import { requireSubset } from "../requireSubset.ts";
import { shuffleKey } from "../shuffleKey.ts";
import { loadedRows } from "../stages/loadedRows.ts";
import type { Stage } from "../stages/stage.ts";
import { checkSchema } from "./checkSchema.ts";
import type { CsvDatasetOptions } from "./csvOptions.ts";
import { encodableRows, type RowStream } from "./csvRowStream.ts";
import type { CsvSchema } from "./csvSchema.ts";
import { inferSchema } from "./readCsvSchema.ts";
import { type CsvElement, RowStore } from "./rowStore.ts";
import type { CsvSource } from "./source.ts";
import { streamStage } from "./streamStage.ts";

const op = "csvDataset";

/**
 * Batches `[x, y?, sampleWeight?]` of encoded rows, and the schema that encodes them. `csvDataset` makes one.
 *
 * @example
 * ```ts
 * import { type CsvDataset, csvDataset } from "@crease/datasets";
 * const data: CsvDataset = await csvDataset({ text: "a,b\n1,2\n3,4" });
 * data.schema.columns.length; // => 2
 * ```
 */
export class CsvDataset extends Dataset<CsvElement> {
  /** The columns and the encoding: keep it beside the model, to encode new rows in the same way. */
  readonly schema: CsvSchema;
  /** How many rows a pass yields; undefined for a file that is too large to keep and whose schema was given. */
  readonly rows: number | undefined;

  constructor(stage: Stage<CsvElement>, schema: CsvSchema, rows: number | undefined) {
    super(stage);
    this.schema = schema;
    this.rows = rows;
  }
}

/**
 * The rows of a CSV, encoded as their schema says, in batches: x float32 `[n, inputs]`; y int32 `[n]` for a target of
 * classes, float32 `[n, 1]` for a number or truth value; sampleWeight float32 `[n]`. The schema is found out as
 * `readCsvSchema` does, or given: then the file's columns are matched by name, and a target that it lacks is left out.
 *
 * Encoded rows up to `memoryLimit` bytes are kept and shuffled as a whole; a larger file is read anew in each pass and
 * never held, rows are then drawn from the next 65536 at most.
 *
 * @returns With `subset: "both"` two data sets, for training and validation.
 * @throws DataError for a file that is no CSV or has a cell that does not fit its column, with line, column and way out;
 * ValueError for options that do not fit each other or the file.
 * @example
 * ```ts
 * import { csvDataset } from "@crease/datasets";
 * const text = "age,sex,income\n41,f,52000\n23,m,31000\n35,f,47000\n58,m,60000";
 * const options = { target: "income", batchSize: 2, seed: 1 };
 * const [train, validation] = await csvDataset({ text }, { ...options, validationSplit: 0.25, subset: "both" });
 * train.size; // => 2
 * validation.size; // => 1
 * const later = await csvDataset({ text: "sex,age\nf,30" }, { schema: train.schema });
 * const shapes: string[] = [];
 * for await (const [x] of later) shapes.push(String(x.shape));
 * shapes; // => ["1,3"]
 * ```
 */
export async function csvDataset(
  source: CsvSource,
  options: CsvDatasetOptions & { readonly subset: "both" },
): Promise<[training: CsvDataset, validation: CsvDataset]>;
export async function csvDataset(
  source: CsvSource,
  options?: CsvDatasetOptions & { readonly subset?: "training" | "validation" },
): Promise<CsvDataset>;
export async function csvDataset(
  source: CsvSource,
  options: CsvDatasetOptions = {},
): Promise<CsvDataset | [CsvDataset, CsvDataset]> {
  const { subset, batchSize = 32, validationSplit = 0, memoryLimit = 2 ** 28, backend } = options;
  requireInteger(op, "batchSize", batchSize, { min: 1 });
  requireNumber(op, "memoryLimit", memoryLimit, { min: 0 });
  requireSubset(op, { subset, validationSplit, seed: options.seed, isRandom: true });
  if (options.schema !== undefined) refuseBeside(options);
  const key = shuffleKey(options.seed, true);
  // A stored state may set another seed for the order; which rows are held back stays.
  const { seed } = key;
  const inferred =
    options.schema === undefined
      ? await inferSchema(op, source, options, seed)
      : { schema: checkSchema(op, options.schema), training: undefined, validation: undefined };
  const { schema } = inferred;
  const { encoding, inputsOnly = false } = options;
  const delimiter = options.delimiter ?? (options.schema === undefined ? schema.delimiter : undefined);
  const stream: RowStream = { op, source, schema, encoding, delimiter, inputsOnly, validationSplit, seed };
  const counts = { training: inferred.training ?? 0, validation: inferred.validation ?? 0 };
  const kept = await keep(stream, memoryLimit, counts);
  const shuffles = options.shuffle ?? options.schema === undefined;
  const part = (isHeld: boolean): CsvDataset => {
    const ordered = shuffles && !isHeld ? key : undefined;
    const name = isHeld ? "validation" : "training";
    // Rows without a target were not counted, but give inputs.
    const isCounted = !inputsOnly || schema.rowsWithoutTarget === 0;
    const size = kept?.[name].count ?? (isCounted ? inferred[name] : undefined);
    const keptStage = (store: RowStore): Stage<CsvElement> =>
      loadedRows({ count: store.count, load: (rows) => store.batch(rows, backend), batchSize, key: ordered });
    const stage =
      kept === undefined
        ? streamStage(stream, { isHeld, batchSize, size, key: ordered, poolBytes: memoryLimit, backend })
        : keptStage(kept[name]);
    if (validationSplit > 0 && stage.size === 0) {
      const rows = kept === undefined ? "so few" : kept.training.count + kept.validation.count;
      throw new ValueError({
        op,
        problem: `validationSplit ${validationSplit} of ${rows} ${rows === 1 ? "row" : "rows"} holds ${isHeld ? "none" : "all"} back`,
        fix: `Use a ${isHeld ? "larger" : "smaller"} fraction, or more rows`,
      });
    }
    return new CsvDataset(stage, schema, size);
  };
  return subset === "both" ? [part(false), part(true)] : part(subset === "validation");
}

/** What a schema decides must not be asked for again. */
function refuseBeside(options: CsvDatasetOptions): void {
  const { target, sampleWeight, inputs, ignore, types, maxCategories, normalize } = options;
  const { header, decimal, missingValues } = options;
  const decided = {
    target,
    sampleWeight,
    inputs,
    ignore,
    types,
    maxCategories,
    normalize,
    header,
    decimal,
    missingValues,
  };
  for (const [name, value] of Object.entries(decided))
    if (value !== undefined)
      throw new ValueError({
        op,
        problem: `${name} is decided by the schema`,
        fix: "Leave one of the two out; to leave targets out, pass `inputsOnly: true`",
      });
}

interface Kept {
  readonly training: RowStore;
  readonly validation: RowStore;
}

/** All rows encoded, undefined where they take more than `limit` bytes; `counts` says how many there are, where it is known. */
async function keep(
  stream: RowStream,
  limit: number,
  counts: { readonly training: number; readonly validation: number },
): Promise<Kept | undefined> {
  let kept: Kept | undefined;
  for await (const { encoder, rows } of encodableRows(stream)) {
    const { layout } = encoder;
    const fits = (count: number): boolean => count * RowStore.bytesOf(layout) <= limit;
    if (kept === undefined && !fits(counts.training + counts.validation)) return undefined;
    kept ??= {
      training: new RowStore(layout, counts.training),
      validation: new RowStore(layout, counts.validation),
    };
    const { training, validation } = kept;
    if (!fits(training.count + validation.count + rows.length)) return undefined;
    for (const { cells, line, isHeld } of rows) {
      const store = isHeld ? validation : training;
      encoder.encode(cells, line, store, store.add());
    }
  }
  const empty = (): RowStore => new RowStore({ width: 0, target: undefined, hasWeight: false }, 0);
  return kept ?? { training: empty(), validation: empty() };
}
