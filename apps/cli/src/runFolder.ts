/** A run's folder: what is where, how a new one is made, and how an old one is opened. */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { DataError } from "@crease/backend";
import { writeWhole } from "@crease/datasets";
import { checkConfig } from "./checkConfig.ts";
import type { InputKind } from "./data/trainingData.ts";
import { UsageError } from "./failure.ts";
import type { RunConfig } from "./runConfig.ts";
import type { Task } from "./task.ts";

/** The paths in a run's folder. */
export interface RunFiles {
  readonly folder: string;
  /** The resolved configuration: `crease train --config` repeats the run with it. */
  readonly config: string;
  /** What the data are, as `RunData`. */
  readonly data: string;
  readonly environment: string;
  /** Events, one JSON object a line. */
  readonly log: string;
  /** Numbers by epoch. */
  readonly history: string;
  readonly tensorBoard: string;
  /** The whole state of training, to go on from. */
  readonly last: string;
  /** The weights of the best epoch. */
  readonly best: string;
  /** The trained model. */
  readonly model: string;
  /** Its weights, where the model holds code that no file can. */
  readonly weights: string;
}

/** Where everything is in a run's folder. */
export function runFiles(folder: string): RunFiles {
  const at = (...names: string[]): string => join(folder, ...names);
  return {
    folder,
    config: at("config.json"),
    data: at("data.json"),
    environment: at("environment.json"),
    log: at("log.jsonl"),
    history: at("history.csv"),
    tensorBoard: at("tensorboard"),
    last: at("checkpoints", "last.safetensors"),
    best: at("checkpoints", "best.safetensors"),
    model: at("model.keras"),
    weights: at("model.safetensors"),
  };
}

/** What a run keeps of its data: enough to make inputs of new ones, and to see whether they changed. */
export interface RunData {
  readonly name: string;
  readonly task: Task;
  readonly input: InputKind;
  readonly inputShape: readonly number[];
  readonly digest: string | null;
}

/** A run that is there. */
export interface Run {
  readonly files: RunFiles;
  readonly config: RunConfig;
  readonly data: RunData;
}

/**
 * Makes the folder of a new run and writes in it: `out`, or the first of `runs/<name>-1`, `runs/<name>-2`, ... that is free.
 * Nothing else runs from the folder's making until its caller goes on, so that no signal ends the process meanwhile.
 *
 * @throws UsageError where `out` holds something; DataError where the folder cannot be made or written to.
 */
export async function makeRunFolder(out: string | undefined, name: string): Promise<RunFiles> {
  if (out === undefined) {
    await explained("runs", async () => makeFolder("runs"));
    for (let i = 1; ; i++) {
      const folder = join("runs", `${name}-${i}`);
      if (isNew(folder)) return probed(folder);
    }
  }
  const shown = shownPath(out);
  const held = await explained(shown, async () => {
    makeFolder(out);
    return readdirSync(out);
  });
  if (!held.every(isLeftOver))
    throw new UsageError(`${shown} is not empty. Go on with it by crease resume ${shown}, or give another --out.`);
  return probed(out);
}

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` goes on for ever where a file system says
 * that there is no such folder of one that is there, as /proc does.
 */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const above = dirname(folder);
  if (!existsSync(above)) makeFolder(above);
  mkdirSync(folder);
}

/** @throws DataError where the folder cannot be made. */
function isNew(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === "EEXIST") return false;
    throw unwritable(folder, error);
  }
}

/** Tries to write in a folder, so that a training does not find out at its end. */
async function probed(folder: string): Promise<RunFiles> {
  await explained(shownPath(folder), async () => {
    const probe = join(folder, `${randomUUID()}.tmp`);
    writeFileSync(probe, "", { flag: "wx" });
    rmSync(probe);
  });
  return runFiles(folder);
}

/** Takes a new run's folder away again where it holds nothing: nothing came of the run before its training began. */
export function dropRunFolder({ folder }: RunFiles): void {
  try {
    rmdirSync(folder);
  } catch {
    // It holds something, and stays.
  }
}

/** Writes JSON, whole or not at all. @throws DataError where it cannot be written. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await explained(shownPath(path), () =>
    writeWhole(path, new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)),
  );
}

/** What the configuration of a run always says. */
const decided = [
  "data",
  "model",
  "optimizer",
  "loss",
  "metrics",
  "epochs",
  "batchSize",
  "monitor",
  "seed",
  "backend",
] as const satisfies readonly (keyof RunConfig)[];

/** The run in a folder. @throws DataError where it is none; UsageError where its configuration was changed into what fits no more. */
export async function readRun(folder: string): Promise<Run> {
  const files = runFiles(folder);
  if (!existsSync(files.data)) throw noRun(folder);
  const config = await readRunConfig(files);
  return { files, config, data: (await readDocument(files.data)) as RunData };
}

/** The configuration of the run in a folder, which may have ended before it kept anything else. @throws as `readRun`. */
export async function readRunConfig({ folder, config: path }: RunFiles): Promise<RunConfig> {
  if (!existsSync(path)) throw noRun(folder);
  const config = checkConfig(await readDocument(path), path);
  const missing = decided.filter((key) => config[key] === undefined);
  if (missing.length > 0)
    throw new DataError({
      op: shownPath(path),
      problem: `it lacks ${missing.join(", ")}`,
      fix: "Restore it, or train anew",
    });
  return config as RunConfig;
}

function noRun(folder: string): DataError {
  return new DataError({
    op: folder,
    problem: existsSync(folder) ? "it is not the folder of a run whose training began" : "there is no such folder",
    fix: "Give a folder that crease train made, such as runs/mnist-1",
  });
}

/** Takes away what writing left behind where the process was killed meanwhile. */
export async function sweep({ folder, last }: RunFiles): Promise<void> {
  for (const place of [folder, dirname(last)])
    for (const name of await readdir(place).catch(() => []))
      if (isLeftOver(name)) await rm(join(place, name), { force: true });
}

/** True for the temporary name of a file that was to be whole or not at all. */
function isLeftOver(name: string): boolean {
  return /(^|\.)[\da-f]{8}-[\da-f-]{27}\.tmp$/.test(name);
}

async function readDocument(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new DataError({ op: path, problem: "it cannot be read as JSON", fix: "Restore it, or train anew", cause });
  }
}

/** A path as people are shown it: from the working directory where it is inside. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === "" || near.startsWith("..") ? path : near;
}

/** Calls `write`, which writes `path`. @throws DataError where the file system refuses. */
export async function explained<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw unwritable(path, cause);
  }
}

function unwritable(path: string, cause: unknown): DataError {
  return new DataError({
    op: path,
    problem: `it cannot be written (${cause instanceof Error ? cause.message : cause})`,
    fix: "Name a folder that you may write to with --out, on a disk with room",
    cause,
  });
}
