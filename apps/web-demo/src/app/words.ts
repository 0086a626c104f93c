/** Dictionaries: typed texts by key, with places for values. */
import type { Language } from "./language.ts";

/** A dictionary with the keys of `D`; each language has one. */
export type Words<D> = { readonly [K in keyof D]: string };

/** Loads a dictionary in each language. */
export type WordsLoader<D> = { readonly [L in Language]: () => Promise<Words<D>> };

/** The text with `{name}` replaced by the value of that name. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
