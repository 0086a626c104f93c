// The examples of TSDoc comments: found, and turned into modules that record what they show.
import { posix } from "node:path";
import type { ESTree } from "vite";
import { exportsOf, type PublicName, publicNames } from "./public-names.ts";
import { type Comment, lineAt, parse, parseFile } from "./syntax.ts";
import { listPackages } from "./workspace.ts";

export interface Example {
  readonly file: string;
  /** The line of the fence. */
  readonly line: number;
  readonly code: string;
  /** Where the TSDoc comment ends, so that its declaration can be found. */
  readonly commentEnd: number;
}

/** The fences under `@example` of a file, in order. */
export function examplesOf(file: string): Example[] {
  const { text, comments } = parseFile(file);
  return comments.filter(isDoc).flatMap((comment) => fences(comment, file, lineAt(text, comment.start)));
}

/** Whether a comment is a TSDoc comment. */
export function isDoc(comment: Comment): boolean {
  return comment.type === "Block" && comment.value.startsWith("*");
}

function fences(comment: Comment, file: string, firstLine: number): Example[] {
  const found: Example[] = [];
  let inExample = false;
  let open: { line: number; lines: string[] } | undefined;
  comment.value.split("\n").forEach((raw, index) => {
    const line = raw.replace(/^\s*\* ?/, "");
    if (open) {
      if (line.trim() === "```") {
        found.push({ file, line: open.line, code: open.lines.join("\n"), commentEnd: comment.end });
        open = undefined;
      } else open.lines.push(line);
    } else if (/^\s*@\w+/.test(line)) inExample = line.trim().startsWith("@example");
    else if (inExample && /^\s*```ts\s*$/.test(line)) open = { line: firstLine + index, lines: [] };
  });
  return found;
}

export interface ExampleModule {
  /** A module that exports `shown`: for each expected text the value or error it was compared with. */
  readonly code: string;
  readonly expected: readonly string[];
}

/** What one statement of an example came to. */
export type Shown = { readonly value: unknown } | { readonly error: unknown };

/** Turns an example into a module that runs in the place of its file. */
export function exampleModule({ file, line, code }: Example): ExampleModule {
  const { statements, comments } = parse(`${file}:${line}`, code);
  const expected: string[] = [];
  const declaredNames = new Set<string>();
  let body = "";
  statements.forEach((statement, index) => {
    const next = statements[index + 1]?.start ?? code.length;
    const wanted = expectation(comments.filter(({ start }) => start >= statement.end && start < next));
    const source = code.slice(statement.start, statement.end);
    const names = topNames(statement);
    for (const name of names) declaredNames.add(name);
    if (wanted === undefined) body += `${source}\n`;
    else {
      expected.push(wanted);
      body += record(statement, source, names, wanted.startsWith("throws "), `${file}:${line}`);
    }
  });
  const imports = statements.filter(({ type }) => type === "ImportDeclaration");
  const rest = imports.length === 0 ? code : code.slice(imports.at(-1)?.end);
  const implicit = implicitImports(file, rest, declaredNames);
  return { code: `${implicit}export const shown = [];\n${body}`, expected };
}

function expectation(comments: readonly Comment[]): string | undefined {
  const first = comments.findIndex(({ type, value }) => type === "Line" && value.trimStart().startsWith("=>"));
  if (first < 0) return undefined;
  return comments
    .slice(first)
    .map(({ value }) => value.trim().replace(/^=>/, "").trim())
    .join(" ");
}

function record(
  statement: ESTree.Node,
  source: string,
  names: readonly string[],
  throws: boolean,
  place: string,
): string {
  if (throws) {
    const run = statement.type === "ExpressionStatement" ? `await (${source.replace(/;$/, "")});` : source;
    return `try { ${run}\nshown.push({ value: "nothing thrown" }); } catch (error) { shown.push({ error }); }\n`;
  }
  if (statement.type === "ExpressionStatement") return `shown.push({ value: (${source.replace(/;$/, "")}) });\n`;
  const [name] = names;
  if (statement.type === "VariableDeclaration" && name && names.length === 1)
    return `${source}\nshown.push({ value: ${name} });\n`;
  throw new Error(`${place}: "// =>" must follow an expression or a const with one name.`);
}

function topNames(statement: ESTree.Directive | ESTree.Statement): string[] {
  switch (statement.type) {
    case "ImportDeclaration":
      return statement.specifiers.map(({ local }) => local.name);
    case "VariableDeclaration":
      return statement.declarations.flatMap(({ id }) => patternNames(id));
    case "ClassDeclaration":
    case "FunctionDeclaration":
      return statement.id ? [statement.id.name] : [];
    default:
      return [];
  }
}

function patternNames(pattern: ESTree.BindingPattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "AssignmentPattern":
      return patternNames(pattern.left);
    case "ArrayPattern":
      return pattern.elements.flatMap((element) =>
        !element ? [] : patternNames(element.type === "RestElement" ? element.argument : element),
      );
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === "RestElement" ? property.argument : property.value),
      );
  }
}

/** Imports for what the code uses without importing it: exports of its file, its package and `@crease/tensor`. */
function implicitImports(file: string, code: string, taken: ReadonlySet<string>): string {
  const own = listPackages().find(({ folder }) => file.startsWith(`${folder}/`));
  if (!own) throw new Error(`${file}: not in a package.`);
  const sources: [specifier: string, names: readonly PublicName[]][] = [
    [`./${posix.basename(file)}`, exportsOf(file)],
    [own.name, publicNames(own.folder)],
  ];
  if (own.dependencies.includes("@crease/tensor")) sources.push(["@crease/tensor", publicNames("packages/tensor")]);
  const done = new Set(taken);
  let imports = "";
  for (const [specifier, names] of sources) {
    const used = names.filter(({ name, kind }) => kind !== "type" && !done.has(name) && uses(code, name));
    for (const { name } of used) done.add(name);
    if (used.length > 0) imports += `import { ${used.map(({ name }) => name).join(", ")} } from "${specifier}";\n`;
  }
  return imports;
}

function uses(code: string, name: string): boolean {
  return new RegExp(`(?<![\\w.$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(code);
}
