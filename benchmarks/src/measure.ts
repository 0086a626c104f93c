/** Runs the subjects of a case in turn, round after round. */
import { execArgv, execPath } from "node:process";
import type { CaseName } from "./cases.ts";
import { ask, type Command } from "./child.ts";
import type { Options } from "./options.ts";
import { type Absence, merge, type Result, summarize } from "./results.ts";
import type { Subject } from "./subjects.ts";
import type { Answer, Figure, Task } from "./task.ts";

/** What a round needs to know of the place it runs in. */
export interface Place {
  readonly cores: number;
  readonly mnist: string;
  /** The Python with the peers, or why there is none. */
  readonly python: () => Promise<Command | { readonly reason: string }>;
  /** The folder of the built yardstick, or why there is none. */
  readonly yardstick: () => Promise<{ readonly folder: string } | { readonly reason: string }>;
  /** Told before each child starts. */
  readonly onStart: (text: string) => void;
}

/** Results of a case, subjects that have none, and versions. */
export interface CaseOutcome {
  readonly results: readonly Result[];
  readonly absent: readonly Absence[];
  readonly versions: Readonly<Record<string, string>>;
}

interface Entry {
  readonly task: Task<CaseName>;
  readonly subject: Subject;
  readonly runs: (readonly Figure[])[];
  reason: string | undefined;
}

/** Measures one case. A subject that failed once is not started again. */
export async function measureCase(
  name: CaseName,
  subjects: readonly Subject[],
  options: Options,
  place: Place,
): Promise<CaseOutcome> {
  const entries = subjects.flatMap((subject) => entriesOf(name, subject, options, place));
  const versions: Record<string, string> = {};
  for (let round = 1; round <= options.rounds; round++) {
    for (const entry of entries) {
      if (entry.reason !== undefined) continue;
      const { subject, threads } = entry.task;
      place.onStart(`${name}: ${subject} (${threads}), round ${round} of ${options.rounds}`);
      const outcome = await start(entry, place);
      if (typeof outcome === "string") {
        entry.reason = outcome;
        continue;
      }
      entry.runs.push(outcome.figures);
      Object.assign(versions, outcome.versions);
    }
  }
  const key = ({ task: { subject, threads } }: Entry) => ({ case: name, subject, threads });
  return {
    results: entries.flatMap((entry) => {
      const [own, ...details] = merge(entry.runs).map(summarize);
      return own === undefined ? [] : [{ ...key(entry), ...own, details }];
    }),
    absent: entries.flatMap((entry) => (entry.reason === undefined ? [] : [{ ...key(entry), reason: entry.reason }])),
    versions,
  };
}

function entriesOf(name: CaseName, subject: Subject, options: Options, { cores, mnist }: Place): Entry[] {
  return (subject.cases[name] ?? []).map((wanted) => {
    const threads = wanted === "all" ? cores : wanted;
    const samples = Math.min(options.samples, subject.samples ?? options.samples);
    return {
      subject,
      task: { case: name, subject: subject.name, threads, seconds: options.seconds, samples, mnist },
      runs: [],
      reason: threads > cores ? `needs ${threads} cores, this machine has ${cores}` : undefined,
    };
  });
}

async function start({ subject, task }: Entry, place: Place): Promise<Answer | string> {
  // Children see the packages as this process does: built, or through the source condition.
  const node = (...more: string[]): Command => ({
    file: execPath,
    args: [...execArgv, subject.program, JSON.stringify(task), ...more],
  });
  if (subject.group === "python") {
    const python = await place.python();
    if ("reason" in python) return python.reason;
    return ask({ file: python.file, args: [...python.args, subject.program, JSON.stringify(task)] });
  }
  if (subject.group === "yardstick") {
    const yardstick = await place.yardstick();
    return "reason" in yardstick ? yardstick.reason : ask(node(yardstick.folder));
  }
  return ask(node());
}
