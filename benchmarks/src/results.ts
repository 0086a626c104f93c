/** What was measured, summed up. */
import type { CaseName } from "./cases.ts";
import type { Figure } from "./task.ts";

/** One figure's values in short. */
export interface Summary {
  readonly metric: string;
  readonly unit: string;
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** How many values there were. */
  readonly runs: number;
}

/** The figure of a case for a subject, and the details beside it. */
export interface Result extends Summary {
  readonly case: CaseName;
  readonly subject: string;
  readonly threads: number;
  readonly details: readonly Summary[];
}

/** Why a subject has no figure. */
export interface Absence {
  readonly case: CaseName;
  readonly subject: string;
  readonly threads: number;
  readonly reason: string;
}

/** Least, middle and greatest of the values; the middle of an even number is the mean of its two. */
export function summarize({ metric, unit, values }: Figure): Summary {
  const sorted = Float64Array.from(values).sort();
  const at = (index: number): number => sorted[index] as number;
  const half = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2;
  return { metric, unit, min: at(0), median, max: at(sorted.length - 1), runs: sorted.length };
}

/** The figures of several runs as one: values of the same metric together. */
export function merge(runs: readonly (readonly Figure[])[]): readonly Figure[] {
  return (runs[0] ?? []).map(({ metric, unit }) => ({
    metric,
    unit,
    values: runs.flatMap((figures) => figures.find((other) => other.metric === metric)?.values ?? []),
  }));
}
