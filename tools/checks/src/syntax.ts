// Parses a source file with the parser that vite brings; TypeScript 7 has none to call.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ESTree, parseSync } from "vite";
import { root } from "./workspace.ts";

export interface Comment {
  readonly type: "Line" | "Block";
  /** The text between the comment marks. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface Syntax {
  readonly text: string;
  readonly statements: readonly (ESTree.Directive | ESTree.Statement)[];
  readonly comments: readonly Comment[];
}

/** The syntax of TypeScript text; throws if it doesn't parse. */
export function parse(name: string, text: string): Syntax {
  const { program, comments, errors } = parseSync(name, text, {
    lang: name.endsWith(".tsx") ? "tsx" : "ts",
    sourceType: "module",
  });
  if (errors.length > 0) throw new Error(`${name}: ${errors[0]?.message}`);
  return { text, statements: program.body, comments };
}

const parsed = new Map<string, Syntax>();

/** The syntax of a file, named from the root; parsed again only if its text changed. */
export function parseFile(file: string): Syntax {
  const text = readFileSync(join(root, file), "utf8");
  const known = parsed.get(file);
  if (known?.text === text) return known;
  const syntax = parse(file, text);
  parsed.set(file, syntax);
  return syntax;
}

/** The 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
