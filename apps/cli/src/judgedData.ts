/** Data to judge a model on: those of its run, or others that are read as its run read them. */
import { statSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { DataError } from "@crease/backend";
import {
  type CsvDataset,
  type CsvSchema,
  csvDataset,
  csvFeatureNames,
  type Dataset,
  type Element,
} from "@crease/datasets";
import { scope, type Tensor } from "@crease/tensor";
import { dataSets } from "./data/dataSets.ts";
import { findData, requireTaken } from "./data/loadData.ts";
import { readingCsv } from "./data/readingCsv.ts";
import type { DataSettings, Part, TrainingData } from "./data/trainingData.ts";
import { UsageError } from "./failure.ts";
import type { OpenedModel } from "./openModel.ts";
import { type Run, shownPath } from "./runFolder.ts";
import type { Task } from "./task.ts";

/** Samples with their targets. */
export interface JudgedData {
  readonly name: string;
  /** Which samples: `test`, or undefined where all of a file are taken. */
  readonly part: Part | undefined;
  readonly task: Task;
  /** Shape of one sample. */
  readonly inputShape: readonly number[];
  batches(): Dataset;
}

/** What the options say of the data. */
export interface JudgedSettings {
  readonly part?: Part | undefined;
  readonly target?: string | undefined;
  readonly limit?: number | undefined;
  readonly batchSize: number;
}

/** The samples that a model is judged on. @throws UsageError where there are none of that name; DataError for damaged ones. */
export async function judgedData(
  opened: OpenedModel,
  data: string | undefined,
  settings: JudgedSettings,
): Promise<JudgedData> {
  const { run } = opened;
  const name = data ?? run?.config.data;
  if (name === undefined)
    throw new UsageError(`${opened.file} does not know its data. Name some: crease evaluate ${opened.file} <data>.`);
  const isOwn = run !== undefined && (name === run.config.data || resolve(name) === run.config.data);
  const load = await findData(name);
  const schema = run?.data.input.kind === "table" ? (run.data.input.schema as CsvSchema) : undefined;
  if (!isOwn && schema !== undefined && /^\.[ct]sv$/i.test(extname(name)))
    return rowsBySchema(name, schema, opened.task, settings);
  const wanted = isOwn ? ownSettings(run, settings) : otherSettings(opened, name, settings);
  requireTaken({ ...wanted, data: name });
  const { batchSize } = settings;
  const loaded = await load({ ...wanted, data: name, seed: run?.config.seed ?? 0, batchSize });
  requireSameClasses(loaded, opened.task, name);
  return partOf(loaded, isOwn || Object.hasOwn(dataSets, name), settings);
}

type OptionalSettings = Partial<DataSettings>;

/** What the run's data were read with; the same seed holds out the same samples. */
function ownSettings({ config }: Run, { target, limit }: JudgedSettings): OptionalSettings {
  const { features, task, validationSplit, imageSize, channels } = config;
  return defined({
    ...{ features, task, validationSplit, imageSize, channels },
    ...{ target: target ?? config.target, limit: limit ?? config.limit },
  });
}

/** Named data keep their parts, other files are judged as a whole; images get the size of the run's. */
function otherSettings({ run }: OpenedModel, name: string, { target, limit }: JudgedSettings): OptionalSettings {
  if (Object.hasOwn(dataSets, name)) return defined({ target, limit });
  const input = run?.data.input;
  const isFolder = statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
  const image =
    isFolder && input?.kind === "image"
      ? { imageSize: [input.height, input.width] as const, channels: input.channels }
      : {};
  return defined({ target, limit, ...image, validationSplit: 0 });
}

function defined<T extends object>(values: T): OptionalSettings {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function partOf(data: TrainingData, hasParts: boolean, { part, batchSize }: JudgedSettings): JudgedData {
  const { counts, name, task, inputShape } = data;
  const usual = (["test", "validation", "train"] as const).find((one) => counts[one] > 0) ?? "train";
  const chosen = part ?? usual;
  if (counts[chosen] === 0) {
    const known = (["train", "validation", "test"] as const).filter((one) => counts[one] > 0);
    throw new UsageError(`${name} has no ${chosen} samples. It has ${known.join(" and ")}.`);
  }
  return {
    ...{ name, task, inputShape },
    part: hasParts || chosen !== "train" ? chosen : undefined,
    batches: () => data.batches(chosen, batchSize),
  };
}

/** The rows of another CSV with the columns and the encoding of the one that was trained on. */
async function rowsBySchema(
  path: string,
  schema: CsvSchema,
  task: Task,
  { part, target, limit, batchSize }: JudgedSettings,
): Promise<JudgedData> {
  const column = schema.columns.find(({ role }) => role === "target");
  for (const [option, value] of Object.entries({ part, limit }))
    if (value !== undefined) throw new UsageError(`--${option} does nothing with a CSV file. Leave it out.`);
  if (target !== undefined && target !== column?.name)
    throw new UsageError(`the run predicts "${column?.name}", not "${target}". Leave --target out.`);
  const rows: CsvDataset = await readingCsv(path, () => csvDataset(path, { schema, batchSize, shuffle: false }));
  const checked = (rows as Dataset).map(([x, y]): Element => {
    if (y === undefined)
      throw new DataError({
        op: shownPath(path),
        problem: `it has no column "${column?.name}"`,
        fix: "Judging needs it; to predict it use crease predict",
      });
    return [x, column?.type === "boolean" ? scope(() => (y as Tensor).reshape([-1]).cast("int32")) : (y as Tensor)];
  });
  return {
    name: basename(path),
    part: undefined,
    task,
    inputShape: [csvFeatureNames(schema).length],
    batches: () => checked,
  };
}

function requireSameClasses({ task }: TrainingData, own: Task, name: string): void {
  if (task.kind !== own.kind)
    throw new UsageError(
      `${name} has ${task.kind} to predict, and the model predicts ${own.kind}. Give data of the same kind.`,
    );
  if (task.kind !== "classes" || own.kind !== "classes" || task.names === undefined || own.names === undefined) return;
  if (task.names.join("\n") !== own.names.join("\n"))
    throw new UsageError(
      `${name} has the classes ${task.names.join(", ")}, and the model ${own.names.join(", ")}. Give data with the same classes.`,
    );
}
