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

/** Columns of the left part of an option's help, and of all of it. */
const leftWidth = 24;
const helpWidth = 80;

/** What each option is typed as, what it does, and its default, in lines that fit a terminal. */
export function describeOptions(table: OptionTable): string {
  return Object.entries(table)
    .map(([name, { kind, summary, default: fallback, otherwise = fallback }]) => {
      const left = kind.placeholder === undefined ? typed(name) : `${typed(name)} ${kind.placeholder}`;
      const right = otherwise === undefined ? summary : `${summary} (${otherwise})`;
      return `  ${left.padEnd(leftWidth - 2)} ${folded(right)}`;
    })
    .join("\n");
}

/** Text folded between words, its later lines set under its first. */
function folded(text: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) as string;
    if (line !== "" && leftWidth + 1 + line.length + 1 + word.length > helpWidth) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join(`\n${" ".repeat(leftWidth + 1)}`);
}
