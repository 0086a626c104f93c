/** Command-line options: declared once, checked before anything runs. */
import { parseArgs } from "node:util";
import { suggestName } from "@crease/backend";

/** A command line that cannot be meant. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** How an option's text becomes its value. */
export interface OptionKind<T> {
  readonly type: "string" | "boolean";
  /** @throws UsageError saying what is expected. */
  parse(text: string, option: string): T;
}

/** A whole number from `least` on. */
export function wholeNumber(least: number): OptionKind<number> {
  return {
    type: "string",
    parse(text, option) {
      const value = Number(text);
      if (text.trim() === "" || !Number.isSafeInteger(value) || value < least)
        throw new UsageError(`--${option} takes a whole number from ${least} on, not "${text}".`);
      return value;
    },
  };
}

/** A number above 0. */
export const positiveNumber: OptionKind<number> = {
  type: "string",
  parse(text, option) {
    const value = Number(text);
    if (!Number.isFinite(value) || value <= 0)
      throw new UsageError(`--${option} takes a number above 0, not "${text}".`);
    return value;
  },
};

/** One of some names. */
export function oneOf<N extends string>(names: readonly N[]): OptionKind<N> {
  return {
    type: "string",
    parse(text, option) {
      const name = names.find((known) => known === text.toLowerCase());
      if (name === undefined) throw new UsageError(`--${option} has no "${text}". ${suggestName(text, names)}.`);
      return name;
    },
  };
}

/** Any text. */
export const anyText: OptionKind<string> = { type: "string", parse: (text) => text };

/** Given or not. */
export const flag: OptionKind<boolean> = { type: "boolean", parse: () => true };

/** The options of a command by name. */
export type OptionTable = { readonly [name: string]: OptionKind<unknown> };

/** The values of those options that were given. */
export type OptionValues<T extends OptionTable> = {
  readonly [K in keyof T]?: T[K] extends OptionKind<infer V> ? V : never;
};

/**
 * Values and positional arguments.
 *
 * @throws UsageError for an unknown option, with the nearest known one, and for a value that does not fit.
 */
export function parseOptions<T extends OptionTable>(
  args: readonly string[],
  table: T,
): { readonly values: OptionValues<T>; readonly positionals: readonly string[] } {
  const options = Object.fromEntries(Object.entries(table).map(([name, { type }]) => [name, { type }]));
  const { tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });
  const values: Record<string, unknown> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const kind = Object.hasOwn(table, token.name) ? table[token.name] : undefined;
    if (kind === undefined)
      throw new UsageError(
        `unknown option ${token.rawName}. ${suggestName(
          token.rawName,
          Object.keys(table).map((name) => `--${name}`),
        )}.`,
      );
    if (kind.type === "string" && (token.value === undefined || (!token.inlineValue && token.value.startsWith("--"))))
      throw new UsageError(`--${token.name} needs a value.`);
    if (kind.type === "boolean" && token.value !== undefined) throw new UsageError(`--${token.name} takes no value.`);
    values[token.name] = kind.parse(token.value ?? "", token.name);
  }
  return { values: values as OptionValues<T>, positionals };
}
