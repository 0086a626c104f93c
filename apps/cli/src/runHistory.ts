/** What came out of a run, read from its log. */
import { readFile } from "node:fs/promises";
import { DataError } from "@crease/backend";
import { type Run, readRun, shownPath } from "./runFolder.ts";

/** A run with its numbers. */
export interface RunHistory {
  readonly name: string;
  readonly run: Run;
  readonly parameters: number | null;
  /** Numbers by epoch: `loss`, `valLoss` and the metrics. */
  readonly epochs: readonly Readonly<Record<string, number>>[];
  /** Seconds between the beginning and the last epoch, without pauses between a stop and going on. */
  readonly seconds: number;
  /** `done`, `stopped`, or `unfinished` where it goes on or was killed. */
  readonly state: "done" | "stopped" | "unfinished";
  /** The last epoch's numbers with those of the judgement: `testLoss`, `testAccuracy`. */
  readonly result: Readonly<Record<string, number>>;
}

interface LogEvent {
  readonly event: string;
  readonly time: string;
  readonly [field: string]: unknown;
}

/** Bookkeeping of epochs, no result. */
const noResults = ["epoch", "epochs", "step", "steps", "seconds", "learningRate"];

/** Reads a run. @throws DataError where the folder is none of a run, or its log is damaged. */
export async function runHistory(folder: string): Promise<RunHistory> {
  const run = await readRun(folder);
  const log = await eventsIn(run.files.log);
  const byEpoch = new Map<number, Readonly<Record<string, number>>>();
  let [seconds, state, since]: [number, RunHistory["state"], number] = [0, "unfinished", Number.NaN];
  let judged: Readonly<Record<string, number>> = {};
  let parameters: number | null = null;
  for (const event of log) {
    const at = Date.parse(event.time);
    if (event.event === "start" || event.event === "resume") {
      since = at;
      state = "unfinished";
      judged = {};
      if (typeof event.parameters === "number") parameters = event.parameters;
    }
    // A resumed run tells an epoch again that it had not kept.
    if (event.event === "epoch") {
      byEpoch.set(event.epoch as number, resultsIn(event));
      if (Number.isFinite(at - since)) seconds += (at - since) / 1000;
      since = at;
    }
    if (event.event === "stopped") state = "stopped";
    if (event.event === "result") {
      state = "done";
      // What the judgement on validation samples says, the last epoch has said.
      judged = Object.fromEntries(Object.entries(resultsIn(event)).filter(([name]) => !name.startsWith("validation")));
    }
  }
  const epochs = [...byEpoch].sort(([a], [b]) => a - b).map(([, numbers]) => numbers);
  return {
    ...{ name: shownPath(folder).replace(/[/\\]+$/, ""), run, parameters, epochs, seconds, state },
    result: { ...epochs.at(-1), ...judged },
  };
}

function resultsIn(event: LogEvent): Record<string, number> {
  return Object.fromEntries(
    Object.entries(event).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number" && !noResults.includes(entry[0]),
    ),
  );
}

async function eventsIn(path: string): Promise<LogEvent[]> {
  const lines = (await readFile(path, "utf8")).split("\n");
  return lines.flatMap((line, i) => {
    if (line === "") return [];
    try {
      return [JSON.parse(line) as LogEvent];
    } catch (cause) {
      // The last line of a run that was killed may be cut off.
      if (i >= lines.length - 2) return [];
      throw new DataError({ op: shownPath(path), problem: `line ${i + 1} is no JSON`, fix: "Restore the log", cause });
    }
  });
}
