/** Command-line options: declared once, checked before anything runs. */
import { parseArgs } from "node:util";
import { suggestName } from "@crease/backend";
import { UsageError } from "./failure.ts";

/** How an option's text becomes its value. */
export interface OptionKind<T> {
  /** What stands for the value in help; an option without one takes no value. */
  readonly placeholder?: string;
  /** All values that there are, where they can be listed; shells offer them. */
  readonly choices?: readonly string[];
  /** `option` is what the user typed, with its dashes. @throws UsageError saying what is expected. */
  parse(text: string, option: string): T;
}

/** A whole number from `least` to `most`, in decimal digits. */
export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): OptionKind<number> {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  return {
    placeholder: "<n>",
    parse(text, option) {
      const value = Number(text);
      if (!/^\d+$/.test(text) || value < least || value > most)
        throw new UsageError(`${option} takes a whole number ${range}, not "${text}".`);
      return value;
    },
  };
}

/** A number above 0, in decimal digits, with an exponent or not. */
export const positiveNumber: OptionKind<number> = {
  placeholder: "<x>",
  parse(text, option) {
    const value = Number(text);
    if (!/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) || value <= 0 || !Number.isFinite(value))
      throw new UsageError(`${option} takes a number above 0 such as 0.001 or 1e-3, not "${text}".`);
    return value;
  },
};

/** One of some names; upper and lower case are the same. */
export function oneOf<N extends string>(names: readonly N[]): OptionKind<N> {
  return {
    placeholder: "<name>",
    choices: names,
    parse(text, option) {
      const name = names.find((known) => known === text.toLowerCase());
      if (name === undefined) throw new UsageError(`${option} has no "${text}". ${suggestName(text, names)}.`);
      return name;
    },
  };
}

/** One of some numbers. */
export function oneNumberOf<const N extends number>(numbers: readonly N[]): OptionKind<N> {
  return {
    placeholder: "<n>",
    choices: numbers.map(String),
    parse(text, option) {
      const value = numbers.find((known) => String(known) === text);
      if (value === undefined) throw new UsageError(`${option} takes ${numbers.join(" or ")}, not "${text}".`);
      return value;
    },
  };
}

/** The path of a file. */
export const filePath: OptionKind<string> = nonEmpty("<file>", "the path of a file");

/** The path of a folder. */
export const folderPath: OptionKind<string> = nonEmpty("<folder>", "the path of a folder");

/** Text that is not empty; `what` says in an error what it is. */
export function nonEmpty(placeholder: string, what: string): OptionKind<string> {
  return {
    placeholder,
    parse(text, option) {
      if (text === "") throw new UsageError(`${option} takes ${what}, not "".`);
      return text;
    },
  };
}

/** Names with commas between them. */
export function listOf(what: string): OptionKind<readonly string[]> {
  return {
    placeholder: "<a,b>",
    parse(text, option) {
      const names = text.split(",").map((name) => name.trim());
      if (names.includes("")) throw new UsageError(`${option} takes ${what} with commas between them, not "${text}".`);
      return names;
    },
  };
}

/** A share from 0 up to, but not, 1. */
export const share: OptionKind<number> = {
  placeholder: "<x>",
  parse(text, option) {
    const value = Number(text);
    if (!/^(\d+\.?\d*|\.\d+)$/.test(text) || !(value < 1))
      throw new UsageError(`${option} takes a share from 0 up to, but not, 1, such as 0.2, not "${text}".`);
    return value;
  },
};

/** Height and width: `28x28`. */
export const sizeOf: OptionKind<readonly [height: number, width: number]> = {
  placeholder: "<hxw>",
  parse(text, option) {
    const [, height, width] = (/^(\d{1,4})x(\d{1,4})$/.exec(text) ?? []).map(Number);
    if (!height || !width) throw new UsageError(`${option} takes height and width such as 28x28, not "${text}".`);
    return [height, width];
  },
};

/** Given or not. */
export const flag: OptionKind<true> = { parse: () => true };

/** An option of a command. */
export interface Option<T, D extends T | undefined> {
  readonly kind: OptionKind<T>;
  /** What it does, for help. */
  readonly summary: string;
  /** Its value where it is not given. */
  readonly default: D;
  /** What help says of a default that is no value. */
  readonly otherwise?: string;
  /** Whether it may be given more than once; its value is then the list of all. */
  readonly isRepeated?: true;
}

/** An option with a default. */
export function option<T, D extends T>(kind: OptionKind<T>, summary: string, fallback: D): Option<T, T> {
  return { kind, summary, default: fallback };
}

/** An option without a value where it is not given; `otherwise` says what happens then. */
export function optional<T>(kind: OptionKind<T>, summary: string, otherwise?: string): Option<T, undefined> {
  return { kind, summary, default: undefined, ...(otherwise === undefined ? {} : { otherwise }) };
}

/** An option that may be given more than once; all its values in order, none where it is not given. */
export function repeated<T>(kind: OptionKind<T>, summary: string): Option<readonly T[], undefined> {
  return { kind: kind as OptionKind<never>, summary, default: undefined, isRepeated: true };
}

/** The options of a command by name in camelCase; `batchSize` is typed `--batch-size`. */
export type OptionTable = { readonly [name: string]: Option<unknown, unknown> };

/** The values of all options of a table. */
export type OptionValues<T extends OptionTable> = {
  readonly [K in keyof T]: T[K] extends Option<infer V, infer D> ? V | D : never;
};

/** The option as it is typed: `--batch-size` for `batchSize`. */
export function typed(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * The values of all options, and the positional arguments.
 *
 * @throws UsageError for an unknown option, with the nearest known one, and for a value that does not fit.
 */
export function parseOptions<T extends OptionTable>(
  args: readonly string[],
  table: T,
): { readonly values: OptionValues<T>; readonly positionals: readonly string[] } {
  const names = new Map(Object.keys(table).map((name) => [typed(name), name]));
  const values: Record<string, unknown> = {};
  for (const [name, { default: fallback }] of Object.entries(table)) values[name] = fallback;
  const positionals: string[] = [];
  for (const token of tokensOf(args, table)) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const { rawName, value, inlineValue } = token;
    const name = names.get(rawName);
    if (name === undefined)
      throw new UsageError(`unknown option ${rawName}. ${suggestName(rawName, [...names.keys()])}.`);
    const { kind, isRepeated } = table[name] as Option<unknown, unknown>;
    const takesValue = kind.placeholder !== undefined;
    if (takesValue && (value === undefined || (!inlineValue && value.startsWith("--"))))
      throw new UsageError(`${rawName} needs a value: ${rawName} ${kind.placeholder}.`);
    if (!takesValue && value !== undefined) throw new UsageError(`${rawName} takes no value, not "${value}".`);
    const parsed = kind.parse(value ?? "", rawName);
    values[name] = isRepeated ? [...((values[name] as unknown[] | undefined) ?? []), parsed] : parsed;
  }
  return { values: values as OptionValues<T>, positionals };
}

function tokensOf(args: readonly string[], table: OptionTable) {
  const options: Record<string, { type: "string" | "boolean" }> = {};
  for (const [name, { kind }] of Object.entries(table))
    options[typed(name).slice(2)] = { type: kind.placeholder === undefined ? "boolean" : "string" };
  return parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true }).tokens;
}
