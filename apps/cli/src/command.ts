/** What a command is, and its help. */
import type { ExitCode } from "./exitCodes.ts";
import { flag, type Option, type OptionTable, optional, typed } from "./options.ts";

/** One of the things that `crease` does. */
export interface Command {
  readonly summary: string;
  /** What `--help` shows. */
  readonly help: string;
  /** Runs it with the arguments after its name. @throws UsageError before anything is loaded. */
  run(args: readonly string[]): Promise<ExitCode>;
}

/** The options that every command has. */
export const commonOptions: { readonly [name in "help" | "debug"]: Option<true, undefined> } = {
  help: optional(flag, "show this"),
  debug: optional(flag, "show where an error came from"),
};

/** A line for each option: how it is typed, what it does, and its default. */
export function describeOptions(table: OptionTable): string {
  return Object.entries(table)
    .map(([name, { kind, summary, default: fallback, otherwise = fallback }]) => {
      const left = kind.placeholder === undefined ? typed(name) : `${typed(name)} ${kind.placeholder}`;
      const right = otherwise === undefined ? summary : `${summary} (${otherwise})`;
      return `  ${left.padEnd(22)} ${right}`;
    })
    .join("\n");
}
