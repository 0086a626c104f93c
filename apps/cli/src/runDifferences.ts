/** The settings in which runs differ. */
import { isAbsolute } from "node:path";
import { shownPath } from "./runFolder.ts";
import type { RunHistory } from "./runHistory.ts";

/** A setting in which runs differ, with its text for each. */
export interface Difference {
  readonly key: string;
  readonly values: readonly string[];
}

/** Settings that are not the same everywhere; where a run is, and which numbers it drew, say nothing. */
export function differencesOf(runs: readonly RunHistory[]): Difference[] {
  const configs = runs.map(({ run }) => run.config as unknown as Readonly<Record<string, unknown>>);
  const keys = new Set(configs.flatMap((config) => Object.keys(config)));
  return [...keys]
    .map((key) => ({ key, values: configs.map((config) => textOf(config[key])) }))
    .filter(({ values }) => new Set(values).size > 1);
}

function textOf(value: unknown): string {
  if (value === undefined) return "-";
  if (typeof value === "string") return isAbsolute(value) ? shownPath(value) : value;
  return JSON.stringify(value);
}
