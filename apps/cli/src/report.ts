/** What a run tells: text for people and, with `--json`, one JSON object a line for programs. */

/** Where a run tells what it does. */
export interface Report {
  /** Where text for people goes: stdout, but stderr where stdout carries JSON. */
  readonly talk: NodeJS.WriteStream;
  /** Writes a line for people. */
  say(text: string): void;
  /** Writes a line for programs, if they listen. */
  event(event: string, fields: Readonly<Record<string, unknown>>): void;
}

/** The report of a run with or without `--json`. */
export function reportOf(json: boolean): Report {
  const talk = json ? process.stderr : process.stdout;
  return {
    talk,
    say: (text) => void talk.write(`${text}\n`),
    event: (event, fields) => {
      if (json) process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
    },
  };
}
