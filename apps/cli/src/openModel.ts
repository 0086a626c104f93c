/** A trained model from wherever people name it: a run's folder, a file in one, or a model file alone. */
import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DataError } from "@crease/backend";
import { type AnyModel, loadModel } from "@crease/models";
import { buildModel } from "./buildModel.ts";
import { UsageError } from "./failure.ts";
import type { RunConfig } from "./runConfig.ts";
import { type Run, readRun, runFiles, shownPath } from "./runFolder.ts";
import type { Task } from "./task.ts";

/** A model that is there. */
export interface OpenedModel {
  readonly model: AnyModel;
  /** The run that it comes from, where it comes from one. */
  readonly run: Run | undefined;
  /** The file that the weights are from. */
  readonly file: string;
  readonly task: Task;
  /** Shape of one sample, null where a size is open; undefined where the model takes several inputs. */
  readonly inputShape: readonly (number | null)[] | undefined;
}

/**
 * Opens the model that a path names: of a run the trained model, else its last checkpoint; with `best` the weights of
 * its best epoch; or any file of weights within the run.
 *
 * @throws UsageError for what is no model; DataError where files are missing or damaged.
 */
export async function openModel(
  path: string,
  { best = false }: { readonly best?: boolean } = {},
): Promise<OpenedModel> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined)
    throw new DataError({
      op: path,
      problem: "there is no such file or folder",
      fix: "Give a run such as runs/mnist-1, or a model file such as model.keras",
    });
  if (found.isDirectory()) {
    const run = await readRun(path);
    return fromRun(run, fileOf(run, best));
  }
  if (best) throw new UsageError(`--best is for runs, and ${path} is a file. Give the run's folder.`);
  const folder = runAround(path);
  if (folder !== undefined) return fromRun(await readRun(folder), path);
  if (!/\.(keras|h5|hdf5)$/.test(path))
    throw new UsageError(
      /\.(safetensors|npz)$/.test(path)
        ? `${path} holds weights without a model. Give the run that it is from, or a .keras file.`
        : `${path} is no model. Give a run's folder, or a .keras or .h5 file.`,
    );
  const model = (await loadModel(path)) as unknown as AnyModel;
  return opened(model, path, undefined);
}

/** The folder of the run that a file is in. */
function runAround(path: string): string | undefined {
  const near = dirname(resolve(path));
  return [near, dirname(near)].find((folder) => existsSync(runFiles(folder).data));
}

function fileOf({ files }: Run, best: boolean): string {
  const wanted = best ? [files.best] : [files.model, files.weights, files.last];
  const file = wanted.find((name) => existsSync(name));
  if (file !== undefined) return file;
  throw new DataError({
    op: shownPath(files.folder),
    problem: best ? "it kept no best epoch" : "it ended before its first checkpoint",
    fix: `Go on with crease resume ${shownPath(files.folder)}`,
  });
}

async function fromRun(run: Run, file: string): Promise<OpenedModel> {
  const isWhole = /\.(keras|h5|hdf5)$/.test(file) && !file.endsWith(".weights.h5");
  if (isWhole) {
    try {
      return opened((await loadModel(file, { compile: false })) as unknown as AnyModel, file, run);
    } catch (error) {
      // Classes of the user's own are in the module that the run was trained with, not in the file.
      if (!(error instanceof DataError) || !isCode(run.config.model)) throw error;
    }
  }
  const { model } = await buildModel(run.config.model, run.data);
  await model.loadWeights(file);
  return opened(model, file, run);
}

/** True for a model that a module makes. */
function isCode(model: RunConfig["model"]): boolean {
  return typeof model === "string" && /\.m?[jt]s$/.test(model);
}

function opened(model: AnyModel, file: string, run: Run | undefined): OpenedModel {
  const [shape, more] = model.inputs.map((input) => input.shape);
  const inputShape = run?.data.inputShape ?? (shape === undefined || more !== undefined ? undefined : shape.slice(1));
  return { model, run, file: shownPath(file), task: run?.data.task ?? taskOf(model), inputShape };
}

/** What a model without a run predicts, by its last activation. */
function taskOf(model: AnyModel): Task {
  const outputs = (model.outputs[0]?.shape.at(-1) as number | null | undefined) ?? 1;
  const last = [...model.layers].reverse().find((layer) => layer.className !== "Dropout");
  const { activation } = (last?.getConfig() ?? {}) as { readonly activation?: unknown };
  if (activation === "softmax" || last?.className === "Softmax") return { kind: "classes", classes: outputs };
  if (activation === "sigmoid" && outputs === 1) return { kind: "classes", classes: 2 };
  return { kind: "numbers", outputs };
}
