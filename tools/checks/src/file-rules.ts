// The rules for one source file: its opening sentence, its size, its name, and no state at module level.
import { posix } from "node:path";
import type { ESTree } from "vite";
import { lineAt, parseFile, type Syntax } from "./syntax.ts";

const mostLines = 300;
const vagueNames = ["utils", "util", "helpers", "helper", "common", "types", "misc"];
const stateful = /^(?:Weak)?(?:Map|Set|Ref)$|Array$|^(?:Array)?Buffer$|^FinalizationRegistry$/;
/** The one file with module-level state. */
const stateFile = "packages/tensor/src/context.ts";

/** Statements that do something where they stand. */
const acts = ["ExpressionStatement", "IfStatement", "TryStatement", "ForStatement", "ForOfStatement", "WhileStatement"];

/** Every broken rule of a file as one line. */
export function fileViolations(file: string, syntax: Syntax = parseFile(file)): string[] {
  return [
    ...opening(file, syntax),
    ...size(file, syntax),
    ...name(file),
    ...(file === stateFile ? [] : state(file, syntax)),
  ];
}

function opening(file: string, { text, comments }: Syntax): string[] {
  const [first] = comments;
  const before = text.slice(0, first?.start ?? 0).replace(/^#!.*\n/, "");
  const sentence = first?.value.replace(/[*\s]+/g, " ").trim() ?? "";
  if (first && before.trim() === "" && sentence.split(" ").length >= 2) return [];
  return [`${file}:1: must open with one sentence, as a comment, on what the file is.`];
}

function size(file: string, { text, comments }: Syntax): string[] {
  let code = text;
  for (const { start, end } of [...comments].reverse()) code = code.slice(0, start) + code.slice(end);
  const lines = code.split("\n").filter((line) => line.trim() !== "").length;
  return lines <= mostLines ? [] : [`${file}: ${lines} lines of code, at most ${mostLines}. It is probably two ideas.`];
}

function name(file: string): string[] {
  const base = posix.basename(file).replace(/\.tsx?$/, "");
  return vagueNames.includes(base)
    ? [`${file}: "${base}" names no idea. Name the file after the single thing inside.`]
    : [];
}

function state(file: string, { text, statements }: Syntax): string[] {
  return statements.flatMap((statement) => {
    if (isLibrary(file) && acts.includes(statement.type)) {
      return [`${file}:${lineAt(text, statement.start)}: runs when imported. Importing a package does nothing.`];
    }
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type !== "VariableDeclaration" || declaration.declare) return [];
    const place = `${file}:${lineAt(text, declaration.start)}`;
    if (declaration.kind !== "const")
      return [`${place}: module-level ${declaration.kind}. State lives in ${stateFile} only.`];
    return declaration.declarations
      .filter(({ id, init }) => init && holdsState(init) && !isReadonly(id, text))
      .map(
        ({ id }) =>
          `${place}: ${text.slice(id.start, id.end)} can be changed. Give it a Readonly type, freeze it, or move it.`,
      );
  });
}

/** Whether a value is an empty or growing container, or counts something. */
function holdsState(init: ESTree.Expression): boolean {
  switch (init.type) {
    case "NewExpression":
      return init.callee.type === "Identifier" && stateful.test(init.callee.name);
    case "ArrayExpression":
      return init.elements.length === 0;
    case "ObjectExpression":
      return init.properties.length === 0;
    case "TSSatisfiesExpression":
      return holdsState(init.expression);
    default:
      return false;
  }
}

function isReadonly(id: ESTree.Node & { typeAnnotation?: ESTree.TSTypeAnnotation | null }, text: string): boolean {
  const type = id.typeAnnotation ? text.slice(id.typeAnnotation.start, id.typeAnnotation.end) : "";
  return /^:\s*(?:Readonly|readonly\b)/.test(type);
}

function isLibrary(file: string): boolean {
  return file.startsWith("packages/");
}
