// The rules for TSDoc: every export has it, public functions and classes have an example in it.
import type { ESTree } from "vite";
import { examplesOf, isDoc } from "./examples.ts";
import { declared, publicNames } from "./public-names.ts";
import { lineAt, parseFile, type Syntax } from "./syntax.ts";
import { type Package, sourceFiles } from "./workspace.ts";

/** Every export, and every public method of an exported class, without TSDoc, as one line. */
export function missingDocs(file: string, syntax: Syntax = parseFile(file)): string[] {
  const seen = new Set<string>();
  return syntax.statements.flatMap((statement) => {
    if (statement.type !== "ExportNamedDeclaration" || !statement.declaration) return [];
    const missing: string[] = [];
    for (const { name } of declared(statement.declaration, file)) {
      if (!seen.has(name) && !docBefore(syntax, statement.start))
        missing.push(`${place(file, syntax, statement)}: ${name} has no TSDoc.`);
      seen.add(name);
    }
    if (statement.declaration.type === "ClassDeclaration")
      missing.push(...undocumentedMembers(file, syntax, statement.declaration));
    return missing;
  });
}

function undocumentedMembers(
  file: string,
  syntax: Syntax,
  { id, body, implements: contracts }: ESTree.Class,
): string[] {
  if (contracts && contracts.length > 0) return [];
  const seen = new Set<string>();
  return body.body.flatMap((member) => {
    if (member.type !== "MethodDefinition" && member.type !== "TSAbstractMethodDefinition") return [];
    if (member.kind === "constructor" || member.kind === "set" || member.override) return [];
    if (member.accessibility === "private" || member.accessibility === "protected") return [];
    if (member.key.type !== "Identifier" || member.key.name.startsWith("_")) return [];
    const { name } = member.key;
    const first = !seen.has(name);
    seen.add(name);
    if (!first || docBefore(syntax, member.start)) return [];
    return [`${place(file, syntax, member)}: ${id?.name}.${name} has no TSDoc.`];
  });
}

/** Every public function and class of a package whose TSDoc has no example, as one line. */
export function missingExamples(pack: Package): string[] {
  const files = sourceFiles(pack);
  return publicNames(pack.folder)
    .filter(({ kind, file }) => (kind === "function" || kind === "class") && files.includes(file))
    .filter(({ file, local }) => !hasExample(file, local))
    .map(
      ({ file, local, name }) =>
        `${place(file, parseFile(file), statementOf(file, local))}: ${name} has no @example that runs.`,
    );
}

function hasExample(file: string, local: string): boolean {
  const syntax = parseFile(file);
  const docs = examplesOf(file).map(({ commentEnd }) => commentEnd);
  return statementsOf(file, local).some(({ start }) => docs.includes(docBefore(syntax, start)?.end ?? -1));
}

function statementsOf(file: string, local: string): ESTree.Node[] {
  return parseFile(file).statements.filter((statement) => {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    return declaration && declared(declaration as ESTree.Declaration, file).some(({ name }) => name === local);
  });
}

function statementOf(file: string, local: string): { readonly start: number } {
  return statementsOf(file, local)[0] ?? { start: 0 };
}

/** The TSDoc comment that stands directly above an offset. */
function docBefore({ text, comments }: Syntax, start: number): { readonly end: number } | undefined {
  return comments.find(
    (comment) => isDoc(comment) && comment.end <= start && /^\s*$/.test(text.slice(comment.end, start)),
  );
}

function place(file: string, { text }: Syntax, { start }: { readonly start: number }): string {
  return `${file}:${lineAt(text, start)}`;
}
