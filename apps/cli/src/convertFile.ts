/** Models and weights from one form of file into another. */
import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { DataError } from "@crease/backend";
import { writeWhole } from "@crease/datasets";
import { readNpz, readSafetensors, type StoredArray, writeNpz, writeSafetensors } from "@crease/files";
import { type AnyModel, encodeModel, encodeWeights, loadModel, type WeightsFormat } from "@crease/models";
import { useBackend } from "./backends.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { UsageError } from "./failure.ts";
import { openModel } from "./openModel.ts";
import { reportOf } from "./report.ts";
import { explained } from "./runFolder.ts";
import { grouped } from "./view/numbers.ts";

/** What the options ask for. */
export interface ConvertSettings {
  readonly model?: string | undefined;
  readonly best?: true | undefined;
  readonly weightsOnly: boolean;
  readonly force?: true | undefined;
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
}

type Form = "keras" | WeightsFormat | "run";

const endings: readonly (readonly [ending: string, form: Form])[] = [
  [".keras", "keras"],
  [".weights.h5", "weights.h5"],
  [".h5", "h5"],
  [".hdf5", "h5"],
  [".safetensors", "safetensors"],
  [".npz", "npz"],
];

/** Converts and says what was written. @throws UsageError for forms that do not go into each other; DataError for damaged files. */
export async function convertFile(from: string, to: string, settings: ConvertSettings): Promise<ExitCode> {
  const report = reportOf(settings);
  if (!existsSync(from))
    throw new DataError({ op: from, problem: "there is no such file or folder", fix: "Check the path" });
  const source = formOf(from, true);
  const target = formOf(to, false);
  if (resolve(from) === resolve(to)) throw new UsageError(`${to} is the file itself. Give another name.`);
  if (existsSync(to) && !settings.force) throw new UsageError(`${to} is there already. Give another name, or --force.`);
  await useBackend("cpu");
  const { bytes, count, what } =
    isBare(source) && isBare(target) && settings.model === undefined
      ? await weightsAlone(from, source, target as "safetensors" | "npz")
      : await ofModel(from, source, target, settings);
  await explained(to, () => writeWhole(to, bytes));
  report.event("converted", { from, to, what, parameters: count, bytes: bytes.length });
  report.say(`${to}: ${what} of ${grouped(count)} numbers, ${sizeText(bytes.length)}.`);
  return exitCodes.done;
}

function formOf(path: string, isSource: boolean): Form {
  if (isSource && statSync(path, { throwIfNoEntry: false })?.isDirectory()) return "run";
  const found = endings.find(([ending]) => path.toLowerCase().endsWith(ending));
  if (found !== undefined) return found[1];
  throw new UsageError(`${path} ends as no file of models. Use ${endings.map(([ending]) => ending).join(", ")}.`);
}

/** True for weights by their paths, which need no model to be read. */
function isBare(form: Form): form is "safetensors" | "npz" {
  return form === "safetensors" || form === "npz";
}

interface Converted {
  readonly bytes: Uint8Array;
  /** Numbers in it. */
  readonly count: number;
  readonly what: "model" | "weights";
}

async function weightsAlone(
  from: string,
  source: "safetensors" | "npz",
  target: "safetensors" | "npz",
): Promise<Converted> {
  const file = await readFile(from);
  const arrays: ReadonlyMap<string, StoredArray> =
    source === "npz" ? await readNpz(file, { name: from }) : readSafetensors(file, { name: from }).tensors;
  const count = Array.from(arrays.values(), ({ data }) => data.length).reduce((a, b) => a + b, 0);
  const bytes = target === "npz" ? await writeNpz(arrays) : writeSafetensors(arrays, { format: "crease" });
  return { bytes, count, what: "weights" };
}

async function ofModel(from: string, source: Form, target: Form, settings: ConvertSettings): Promise<Converted> {
  const model = await modelOf(from, source, settings);
  const count = model.weights.reduce((sum, { size }) => sum + size, 0);
  const isWhole = target === "keras" || (target === "h5" && !settings.weightsOnly);
  if (!isWhole)
    return { bytes: await encodeWeights(model, { format: target as WeightsFormat }), count, what: "weights" };
  const bytes = await encodeModel(model, { format: target as "keras" | "h5" });
  // What cannot be read again must not be written.
  try {
    (await loadModel(bytes)).dispose();
  } catch (cause) {
    if (!(cause instanceof DataError)) throw cause;
    const way = "Convert its weights alone, to .npz or .safetensors";
    throw new UsageError(`the model has classes of its own, so no file holds all of it. ${way}.`, { cause });
  }
  return { bytes, count, what: "model" };
}

async function modelOf(from: string, source: Form, { model: like, best }: ConvertSettings): Promise<AnyModel> {
  if (source === "run" || (like === undefined && (source === "keras" || source === "h5")))
    return (await openModel(from, { best: best === true })).model;
  if (like === undefined)
    throw new UsageError(`${from} holds weights without a model. Say what its layers are by --model <file or run>.`);
  if (best) throw new UsageError("--best is for runs. Leave it out.");
  const { model } = await openModel(like);
  await model.loadWeights(from);
  return model;
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
