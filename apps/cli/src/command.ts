/** What a command is, and its help. */
import type { ExitCode } from "./exitCodes.ts";
import { flag, type Option, type OptionTable, type OptionValues, optional, parseOptions, typed } from "./options.ts";

/** What a command is made of. */
export interface CommandParts<T extends OptionTable> {
  /** What follows its name: `<data> [options]`. */
  readonly usage: string;
  /** What it does, in a sentence or more; folded to the terminal's width. */
  readonly about: string;
  /** Its own options; `--help` and `--debug` come by themselves. */
  readonly options: T;
  /** Sections of help between what it does and its options, by title: lines as they are shown. */
  readonly sections?: { readonly [title: string]: readonly string[] };
  /** What help says below the options. */
  readonly notes?: string;
  /** Command lines that work, as they are typed. */
  readonly examples: readonly string[];
  /** Names that shells offer in the place of its arguments, besides files. */
  readonly names?: readonly string[];
  /** Runs it. @throws UsageError before anything is loaded. */
  run(values: OptionValues<T & typeof commonOptions>, positionals: readonly string[]): Promise<ExitCode>;
}

/** One of the things that `crease` does. */
export interface Command {
  /** All of its options, for help and completions. */
  readonly options: OptionTable;
  readonly names: readonly string[];
  /** What `--help` shows for the name that it is called by. */
  help(name: string): string;
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

/** A command whose arguments are checked against its options before it runs. */
export function command<T extends OptionTable>(parts: CommandParts<T>): Command {
  const options = { ...parts.options, ...commonOptions };
  return {
    options,
    names: parts.names ?? [],
    help: (name) => helpOf(name, parts, options),
    async run(args) {
      const { values, positionals } = parseOptions(args, options);
      return parts.run(values as OptionValues<T & typeof commonOptions>, positionals);
    },
  };
}

function helpOf<T extends OptionTable>(
  name: string,
  { usage, about, sections = {}, notes, examples }: CommandParts<T>,
  options: OptionTable,
): string {
  const parts = [`Usage: crease ${name} ${usage}`, folded(about, 0)];
  for (const [title, lines] of Object.entries(sections))
    parts.push([`${title}:`, ...lines.map((line) => `  ${line}`)].join("\n"));
  parts.push(`Options:\n${describeOptions(options)}`);
  if (notes !== undefined) parts.push(folded(notes, 0));
  parts.push(["Examples:", ...examples.map((line) => `  ${line}`)].join("\n"));
  return parts.join("\n\n");
}

/** What each option is typed as, what it does, and its default, in lines that fit a terminal. */
function describeOptions(table: OptionTable): string {
  return Object.entries(table)
    .map(([name, { kind, summary, default: fallback, otherwise = fallback }]) => {
      const left = kind.placeholder === undefined ? typed(name) : `${typed(name)} ${kind.placeholder}`;
      const right = otherwise === undefined ? summary : `${summary} (${otherwise})`;
      const text = folded(right, leftWidth + 1);
      return left.length <= leftWidth - 2
        ? `  ${left.padEnd(leftWidth - 2)} ${text}`
        : `  ${left}\n${" ".repeat(leftWidth + 1)}${text}`;
    })
    .join("\n");
}

/** Text folded between words, its later lines set under its first, which begins in column `indent`. */
function folded(text: string, indent: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) as string;
    if (line !== "" && indent + line.length + 1 + word.length > helpWidth) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}
