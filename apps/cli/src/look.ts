/** How a training is shown: a live view, a progress line, or nothing. */
import type { Report } from "./report.ts";

/** What the options ask for. */
export interface LookOptions {
  readonly plain?: true | undefined;
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
}

/** How a training is shown. */
export type Look = "live" | "plain" | "quiet";

/** The live view where text goes to a terminal that can move its cursor, unless another look is asked for. */
export function lookOf({ plain, quiet }: LookOptions, { talk }: Report): Look {
  if (quiet) return "quiet";
  return plain || talk.isTTY !== true || process.env.TERM === "dumb" ? "plain" : "live";
}
