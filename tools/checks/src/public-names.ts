// What a package exports by name, followed through its `index.ts` to the file where each name is declared.
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import type { ESTree } from "vite";
import { parseFile } from "./syntax.ts";
import { listPackages, root } from "./workspace.ts";

export type Kind = "class" | "function" | "const" | "type" | "namespace";

export interface PublicName {
  readonly name: string;
  readonly kind: Kind;
  /** The file that declares it, and its name there. */
  readonly file: string;
  readonly local: string;
}

/** The public names of a package folder, sorted. */
export function publicNames(folder: string): PublicName[] {
  return exportsOf(`${folder}/src/index.ts`);
}

/** The names that a file exports, its re-exports included, sorted. */
export function exportsOf(file: string): PublicName[] {
  return [...namesOf(file, new Set()).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function namesOf(file: string, seen: ReadonlySet<string>): Map<string, PublicName> {
  const names = new Map<string, PublicName>();
  if (seen.has(file) || !existsSync(join(root, file))) return names;
  const within = new Set([...seen, file]);
  for (const statement of parseFile(file).statements) {
    if (statement.type === "ExportAllDeclaration") {
      const target = resolveImport(file, statement.source.value);
      if (statement.exported) {
        const name = nameOf(statement.exported);
        names.set(name, { name, kind: "namespace", file, local: name });
      } else if (target)
        for (const [name, found] of namesOf(target, within)) if (!names.has(name)) names.set(name, found);
    } else if (statement.type === "ExportNamedDeclaration") {
      if (statement.declaration)
        for (const found of declared(statement.declaration, file)) names.set(found.name, found);
      for (const specifier of statement.specifiers) {
        const name = nameOf(specifier.exported);
        const local = nameOf(specifier.local);
        const target = statement.source ? resolveImport(file, statement.source.value) : file;
        const found = target && target !== file ? namesOf(target, within).get(local) : undefined;
        const isType = statement.exportKind === "type" || specifier.exportKind === "type";
        const origin = found ?? { kind: "const" as const, file, local };
        names.set(name, { ...origin, name, kind: isType ? "type" : origin.kind });
      }
    }
  }
  return names;
}

/** The names that an exported declaration introduces. */
export function declared(declaration: ESTree.Declaration, file: string): PublicName[] {
  const one = (name: string, kind: Kind): PublicName[] => [{ name, kind, file, local: name }];
  switch (declaration.type) {
    case "FunctionDeclaration":
    case "TSDeclareFunction":
      return declaration.id ? one(declaration.id.name, "function") : [];
    case "ClassDeclaration":
      return declaration.id ? one(declaration.id.name, "class") : [];
    case "VariableDeclaration":
      return declaration.declarations.flatMap(({ id, init }) =>
        id.type !== "Identifier" ? [] : one(id.name, init?.type === "ArrowFunctionExpression" ? "function" : "const"),
      );
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return one(declaration.id.name, "type");
    default:
      return [];
  }
}

/** The file that an import means, from the root; undefined for anything outside this workspace. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  const found = listPackages().find(({ name }) => name === specifier);
  return found && `${found.folder}/src/index.ts`;
}

function nameOf(node: ESTree.ModuleExportName): string {
  return node.type === "Literal" ? node.value : node.name;
}
