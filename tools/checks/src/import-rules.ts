// The import rules: one way between packages, no cycles between files, nothing undeclared, no Node modules in libraries.
import type { ESTree } from "vite";
import { resolveImport } from "./public-names.ts";
import { lineAt, parseFile, type Syntax } from "./syntax.ts";
import { isOurs, listPackages, type Package, sourceFiles } from "./workspace.ts";

const siblings = ["autograd", "layers", "losses", "metrics", "optimizers", "datasets"];
const libraries = ["backend", "files", "backend-cpu", "tensor", ...siblings, "models"];

/** Which folders of `packages/` each folder may import: the picture in ARCHITECTURE.md. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "packages/backend": [],
  "packages/files": ["backend"],
  "packages/backend-cpu": ["backend"],
  "packages/backend-wasm": ["backend"],
  "packages/backend-tfjs": ["backend"],
  "packages/backend-cuda": ["backend", "backend-tfjs"],
  "packages/tensor": ["backend", "backend-cpu"],
  "packages/backend-conformance": ["backend", "backend-cpu", "tensor", "autograd"],
  "packages/autograd": ["backend", "tensor"],
  "packages/layers": ["backend", "tensor"],
  "packages/losses": ["backend", "tensor"],
  "packages/metrics": ["backend", "tensor", "losses"],
  "packages/optimizers": ["backend", "tensor"],
  "packages/datasets": ["backend", "files", "tensor"],
  "packages/models": ["backend", "files", "tensor", ...siblings],
  "packages/crease": [...libraries, "backend-wasm"],
  "apps/cli": [...libraries, "backend-wasm", "backend-tfjs", "backend-cuda"],
  "apps/web-demo": [...libraries, "backend-wasm", "backend-tfjs", "crease"],
};

export interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  /** `static` runs the file when this one loads, `type` is erased, `dynamic` is an `import()` call. */
  readonly kind: "static" | "type" | "dynamic";
}

/** All imports of a file, re-exports included. */
export function importsOf(file: string, { text, statements }: Syntax = parseFile(file)): Import[] {
  const found: Import[] = [];
  const add = (node: { start: number }, specifier: string, kind: Import["kind"]) =>
    found.push({ file, line: lineAt(text, node.start), specifier, kind });
  for (const statement of statements) {
    if (statement.type === "ImportDeclaration") {
      add(statement, statement.source.value, statement.importKind === "type" ? "type" : "static");
    } else if (
      statement.type === "ExportAllDeclaration" ||
      (statement.type === "ExportNamedDeclaration" && statement.source)
    ) {
      add(statement, statement.source?.value ?? "", statement.exportKind === "type" ? "type" : "static");
    }
  }
  visit(statements, (node) => {
    if (node.type === "ImportExpression" && node.source.type === "Literal")
      add(node, String(node.source.value), "dynamic");
  });
  return found;
}

function visit(node: unknown, see: (node: ESTree.Node) => void): void {
  if (Array.isArray(node)) for (const item of node) visit(item, see);
  else if (typeof node === "object" && node !== null) {
    if ("type" in node) see(node as ESTree.Node);
    for (const value of Object.values(node)) visit(value, see);
  }
}

/** Every broken rule of the workspace as one line. */
export function importViolations(): string[] {
  const packages = listPackages();
  return packages
    .flatMap((pack) => [
      ...manifestViolations(pack),
      ...violationsOf(
        pack,
        sourceFiles(pack).flatMap((file) => importsOf(file)),
      ),
    ])
    .concat(findCycles(staticImports(packages)));
}

function allowedNames({ folder }: Package): readonly string[] | undefined {
  return mayImport[folder]?.map((name) => (name === "crease" ? name : `@crease/${name}`));
}

function manifestViolations(pack: Package): string[] {
  const allowed = allowedNames(pack);
  if (!allowed) return [`${pack.folder}: not in the import picture. Add its row to tools/checks/src/import-rules.ts.`];
  return pack.workspaceDependencies
    .filter((name) => !allowed.includes(name))
    .map((name) => `${pack.folder}/package.json: depends on ${name}, against the import picture.`);
}

/** The rules that `imports` of a package break, as one line each. */
export function violationsOf(pack: Package, imports: readonly Import[]): string[] {
  const allowed = allowedNames(pack) ?? [];
  const isLibrary = pack.folder.startsWith("packages/");
  return imports.flatMap(({ file, line, specifier, kind }) => {
    const place = `${file}:${line}: imports ${specifier}`;
    if (specifier.startsWith(".")) return /\.(?:tsx?|css)$/.test(specifier) ? [] : [`${place} without its ending.`];
    if (specifier.startsWith("node:")) {
      if (!isLibrary || kind === "dynamic") return [];
      return [`${place} when it loads. Libraries run in browsers too: use a guarded await import().`];
    }
    if (specifier === pack.name) return [`${place}, its own package. Import the file.`];
    if (isOurs(specifier) && !allowed.includes(specifier)) return [`${place}, against the import picture.`];
    const name = specifier
      .split("/")
      .slice(0, specifier.startsWith("@") ? 2 : 1)
      .join("/");
    return pack.dependencies.includes(name) ? [] : [`${place}, which its package.json does not list.`];
  });
}

/** For each file the files that it loads; type-only imports are left out, they may be mutual. */
function staticImports(packages: readonly Package[]): Map<string, string[]> {
  const edges = new Map<string, string[]>();
  for (const file of packages.flatMap(sourceFiles)) {
    const loaded = importsOf(file).filter(({ kind }) => kind === "static");
    edges.set(
      file,
      loaded.flatMap(({ specifier }) => resolveImport(file, specifier) ?? []),
    );
  }
  return edges;
}

/** Cycles in a graph of files, each as one line. */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) found.push(`import cycle: ${[...trail.slice(trail.indexOf(file)), file].join(" -> ")}`);
    else if (!done.has(file)) {
      for (const target of edges.get(file) ?? []) walk(target, [...trail, file]);
      done.add(file);
    }
  };
  for (const file of edges.keys()) walk(file, []);
  return found;
}
