/** What `--json` writes: all figures, and what they were measured with. */
import type { Outcome } from "./bars.ts";
import type { Machine } from "./machine.ts";
import type { CaseOutcome } from "./measure.ts";
import type { Options } from "./options.ts";
import type { Absence, Result } from "./results.ts";

/** The JSON of a run. */
export interface ReportJSON {
  /** ISO 8601, in UTC. */
  readonly date: string;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Pick<Options, "rounds" | "seconds" | "samples"> & { readonly isSource: boolean };
  readonly results: readonly Result[];
  readonly absent: readonly Absence[];
  readonly bars: readonly Outcome[];
}

/** Collects the outcomes of cases. */
export interface Report {
  add(outcome: CaseOutcome, bars: readonly Outcome[]): void;
  toJSON(): ReportJSON;
}

/** An empty report of a run that begins now. */
export function reportOf(
  machine: Machine,
  { rounds, seconds, samples }: Pick<Options, "rounds" | "seconds" | "samples">,
  isSource: boolean,
): Report {
  const results: Result[] = [];
  const absent: Absence[] = [];
  const bars: Outcome[] = [];
  const versions: Record<string, string> = {};
  const date = new Date().toISOString();
  return {
    add(outcome, judged) {
      results.push(...outcome.results);
      absent.push(...outcome.absent);
      bars.push(...judged);
      Object.assign(versions, outcome.versions);
    },
    toJSON: () => ({
      date,
      machine,
      versions,
      settings: { rounds, seconds, samples, isSource },
      results,
      absent,
      bars,
    }),
  };
}
