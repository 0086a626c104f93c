// The workspace as the checks see it: its packages and their source files.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const root: string = fileURLToPath(new URL("../../..", import.meta.url));

export interface Package {
  /** The npm name, as `@crease/tensor`. */
  readonly name: string;
  /** The folder from the root, as `packages/tensor`. */
  readonly folder: string;
  /** Names of `dependencies` and `peerDependencies`: what `src` may import. */
  readonly dependencies: readonly string[];
  /** Those of `@crease/*` and `crease` among `dependencies`: what a user gets with it. */
  readonly workspaceDependencies: readonly string[];
}

/** The packages of `packages/` and `apps/`. */
export function listPackages(): Package[] {
  return ["packages", "apps"].flatMap((parent) =>
    readdirSync(join(root, parent))
      .sort()
      .map((name) => `${parent}/${name}`)
      .filter((folder) => existsSync(join(root, folder, "package.json")))
      .map(readPackage),
  );
}

/** The packages with an `index.ts` to import; a command has none. */
export function listLibraries(): Package[] {
  return listPackages().filter(({ folder }) => existsSync(join(root, folder, "src/index.ts")));
}

function readPackage(folder: string): Package {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const direct = Object.keys(manifest.dependencies ?? {});
  return {
    name: manifest.name,
    folder,
    dependencies: [...direct, ...Object.keys(manifest.peerDependencies ?? {})],
    workspaceDependencies: direct.filter(isOurs),
  };
}

/** Whether a package name is one of this workspace. */
export function isOurs(name: string): boolean {
  return name === "crease" || name.startsWith("@crease/");
}

/** The source files of a package, as paths from the root with forward slashes. */
export function sourceFiles({ folder }: Package): string[] {
  const source = join(root, folder, "src");
  if (!existsSync(source)) return [];
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
