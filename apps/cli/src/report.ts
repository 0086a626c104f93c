/** What a command tells: text for people and, with `--json`, one JSON object a line for programs. */
import { flag, type Option, optional } from "./options.ts";

/** Where a command tells what it does. */
export interface Report {
  /** Where text for people goes: stdout, but stderr where stdout carries JSON. */
  readonly talk: NodeJS.WriteStream;
  readonly isQuiet: boolean;
  /** Writes a line for people, unless they want quiet. */
  say(text: string): void;
  /** Writes a line for programs, if they listen. */
  event(event: string, fields: Readonly<Record<string, unknown>>): void;
}

/** The options of commands that report. */
export const reportOptions: { readonly [name in "json" | "quiet"]: Option<true, undefined> } = {
  json: optional(flag, "one JSON object a line on stdout, text on stderr"),
  quiet: optional(flag, "no text but errors"),
};

/** The report that the options ask for. */
export function reportOf({
  json,
  quiet,
}: {
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
}): Report {
  const talk = json ? process.stderr : process.stdout;
  return {
    talk,
    isQuiet: quiet === true,
    say: (text) => {
      if (!quiet) talk.write(`${text}\n`);
    },
    event: (event, fields) => {
      if (json) process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
    },
  };
}
