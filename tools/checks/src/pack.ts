// Packs packages with what they depend on and installs the tarballs in a fresh folder, as a user would get them.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { listPackages, type Package, root } from "./workspace.ts";

/** A Node program and its version. */
export interface Node {
  readonly path: string;
  readonly version: string;
}

/**
 * The repository's own Node, the machine's (the first on PATH outside `node_modules`) and those that CREASE_NODES names
 * (paths, separated as in PATH), each version once.
 */
export function listNodes(): Node[] {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const machine = folders.map((folder) => join(folder, "node")).find((path) => version(path));
  const named = (process.env.CREASE_NODES ?? "").split(delimiter);
  const paths = [join(root, "node_modules/node/bin/node"), machine ?? "", ...named].filter((path) => path !== "");
  const nodes = paths.map(describeNode);
  return nodes.filter((node, i) => nodes.findIndex((other) => other.version === node.version) === i);
}

function describeNode(path: string): Node {
  return { path, version: version(path) ?? "unknown" };
}

function version(path: string): string | undefined {
  try {
    return execFileSync(path, ["--version"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

/** The named packages and every workspace package that they depend on, sorted by name. */
export function closure(names: readonly string[]): Package[] {
  const packages = listPackages();
  const found = new Map<string, Package>();
  const add = (name: string): void => {
    const pack = packages.find((candidate) => candidate.name === name);
    if (!pack || found.has(name)) return;
    found.set(name, pack);
    pack.workspaceDependencies.forEach(add);
  };
  names.forEach(add);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A folder outside the repository with the packed packages installed. */
export interface Installed {
  readonly folder: string;
  /** Writes a file into the folder. */
  write(file: string, text: string): void;
  /** Runs a program there and returns what it prints; throws with its messages if it fails. */
  run(program: string, args: readonly string[]): string;
  remove(): void;
}

/**
 * Installs the tarballs of `names` and of what they depend on, and no others; `extra` names packages of the registry (none: works offline).
 * With `node`, npm's own scripts and the commands run with that Node.
 */
export function installPacked(
  names: readonly string[],
  extra: Readonly<Record<string, string>> = {},
  node?: Node,
): Installed {
  const folder = mkdtempSync(join(tmpdir(), "crease-packed-"));
  const overrides: Record<string, string> = {};
  for (const pack of closure(names))
    overrides[pack.name] = `file:${packOne(pack, join(folder, "tarballs", pack.folder))}`;
  const dependencies = { ...Object.fromEntries(names.map((name) => [name, overrides[name]])), ...extra };
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ private: true, type: "module", dependencies, overrides }),
  );
  const path = node ? join(node.path, "..") + delimiter + process.env.PATH : process.env.PATH;
  const run = (program: string, args: readonly string[]): string => {
    try {
      return execFileSync(program, args, {
        cwd: folder,
        encoding: "utf8",
        stdio: "pipe",
        env: { ...cleanEnvironment(), PATH: path },
      });
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      throw new Error(`${program} ${args.join(" ")} failed:\n${stdout ?? ""}\n${stderr ?? String(error)}`);
    }
  };
  const offline = Object.keys(extra).length === 0 ? ["--offline"] : [];
  run("npm", ["install", "--no-audit", "--no-fund", ...offline]);
  return {
    folder,
    run,
    write: (file, text) => writeFileSync(join(folder, file), text),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The environment without what vitest and npm added for their own children. */
function cleanEnvironment(): Record<string, string | undefined> {
  const keep = Object.entries(process.env).filter(
    ([name]) => !/^(?:VITEST|NODE_ENV|NODE_OPTIONS|CREASE_|npm_(?:package|lifecycle|command))/.test(name),
  );
  return Object.fromEntries(keep);
}

function packOne(pack: Package, destination: string): string {
  mkdirSync(destination, { recursive: true });
  execFileSync("pnpm", ["pack", "--pack-destination", destination], { cwd: join(root, pack.folder), stdio: "pipe" });
  const [tarball] = readdirSync(destination);
  if (!tarball) throw new Error(`${pack.name}: pnpm pack wrote no tarball.`);
  return join(destination, tarball);
}
