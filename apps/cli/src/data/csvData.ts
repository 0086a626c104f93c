/** The rows of a CSV file as training data. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import {
  type CsvColumn,
  type CsvDataset,
  type CsvSchema,
  csvDataset,
  csvFeatureNames,
  type Dataset,
  readCsvSchema,
} from "@crease/datasets";
import { scope, type Tensor } from "@crease/tensor";
import { UsageError } from "../failure.ts";
import type { Task } from "../task.ts";
import { plainNumber } from "../view/numbers.ts";
import { readingCsv } from "./readingCsv.ts";
import { type DataSettings, defaultsFor, type TrainingData } from "./trainingData.ts";

/** Files below this size have few rows. */
const fewBytes = 2 ** 20;
const heldByDefault = 0.2;
/** Columns that people are shown. */
const mostShown = 30;

/** Reads a CSV file: its types are found out, its columns encoded. @throws UsageError without a target; DataError for what is no CSV. */
export async function loadCsv(settings: DataSettings): Promise<TrainingData> {
  const { data: path, seed, features, task, validationSplit = heldByDefault } = settings;
  const target = await targetOf(settings);
  const { size } = await stat(path);
  const batchSize = settings.batchSize ?? (size < fewBytes ? 32 : 128);
  const type = task === "classes" ? "category" : task === "numbers" ? "number" : undefined;
  const options = {
    ...{ target, batchSize, seed: seed % 2 ** 32 },
    ...(features === undefined ? {} : { inputs: features }),
    ...(type === undefined ? {} : { types: { [target]: type } as const }),
  };
  const [train, validation] = await readingCsv(path, async () =>
    validationSplit === 0
      ? [await csvDataset(path, options)]
      : csvDataset(path, { ...options, validationSplit, subset: "both" }),
  );
  const { schema } = train as CsvDataset;
  const column = schema.columns.find(({ role }) => role === "target") as CsvColumn;
  const names = csvFeatureNames(schema);
  if (names.length === 0)
    throw new UsageError(`${basename(path)}: no column is left to predict from. Name some with --features.`);
  const counts = { train: train?.rows ?? 0, validation: validation?.rows ?? 0, test: 0 };
  return {
    name: basename(path),
    task: taskOf(column),
    input: { kind: "table", schema },
    inputShape: [names.length],
    counts,
    notes: describe(basename(path), schema),
    digest: await digestOf(path),
    defaults: { ...defaultsFor(counts.train + counts.validation, [64, 64]), batchSize },
    batches: (part) => withClasses(column, (part === "train" ? train : validation) as Dataset),
  };
}

/** The column to predict. @throws UsageError where none is named, or one that is not there; the message lists them. */
async function targetOf({ data: path, target }: DataSettings): Promise<string> {
  if (target !== undefined) return target;
  const names = (await readingCsv(path, () => readCsvSchema(path))).columns.map(({ name }) => name);
  throw new UsageError(
    `which column of ${basename(path)} is to be predicted? Name it with --target: ${names.join(", ")}.`,
  );
}

function taskOf({ type, categories = [], mean = 0, stddev = 1 }: CsvColumn): Task {
  if (type === "category") return { kind: "classes", classes: categories.length, names: categories };
  if (type === "boolean") return { kind: "classes", classes: 2, names: ["false", "true"] };
  return { kind: "numbers", outputs: 1, scale: { mean, stddev: stddev || 1 } };
}

/** Truth values become classes. */
function withClasses({ type }: CsvColumn, data: Dataset): Dataset {
  if (type !== "boolean") return data;
  return data.map(([x, y]) => [x, scope(() => (y as Tensor).reshape([-1]).cast("int32"))]);
}

/** A line for the file and one for each column. */
function describe(name: string, { rows, rowsWithoutTarget, columns }: CsvSchema): string[] {
  const without = rowsWithoutTarget === 0 ? "" : `, ${rowsWithoutTarget} without a target are left out`;
  // Of very wide tables the target and the first columns tell enough.
  const some = columns.filter(({ role }, i) => i < mostShown || role === "target");
  const more = columns.length === some.length ? [] : [`  and ${columns.length - some.length} more columns`];
  const width = Math.min(Math.max(...some.map((column) => column.name.length)), 24);
  return [
    `${name}: ${rows} rows, ${columns.length} columns${without}.`,
    ...some.map((column) => {
      const missing = column.missing === 0 ? "" : `, ${column.missing} missing`;
      const kind =
        column.role === "target" ? `${column.type}, the target` : column.role === "ignored" ? "ignored" : column.type;
      return `  ${cut(column.name, width).padEnd(width)}  ${cut(`${kind}: ${contentOf(column)}${missing}`, 76 - width)}`;
    }),
    ...more,
  ];
}

function contentOf({ role, reason, categories, min, max, examples }: CsvColumn): string {
  if (role === "ignored") return reason ?? "as asked";
  if (categories !== undefined) return `${categories.length} values, ${categories.slice(0, 8).join(", ")}`;
  if (min !== undefined && max !== undefined) return `${plainNumber(min)} to ${plainNumber(max)}`;
  return examples.join(", ");
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
