// Installs the pinned tools and packages with the pinned pnpm; does nothing when they are up to date.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { root, run } from "./run.mjs";

const stamp = join(root, "node_modules", ".crease-installed");

/** The files that decide what an install does: the lockfile and every package.json of the workspace. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const name of ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"])
    hash.update(readFileSync(join(root, name)));
  for (const folder of ["packages", "apps", "tools", "."]) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const file = join(root, folder, entry.name, "package.json");
      if (entry.isDirectory() && entry.name !== "node_modules" && existsSync(file))
        hash.update(file.slice(root.length)).update(readFileSync(file));
    }
  }
  return hash.digest("hex");
}

/**
 * Brings `node_modules` in line with the lockfile; throws if that fails.
 * @returns {Promise<void>}
 */
export async function install() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  // Once installed, pnpm is at hand without asking a registry.
  const [command, prefix] = existsSync(join(root, "node_modules", ".bin", "pnpm"))
    ? ["pnpm", []]
    : ["npx", ["-y", packageManager]];
  const status = await run(command, [...prefix, "install", "--frozen-lockfile"]);
  if (status !== 0) throw new Error(`install: pnpm ended with status ${status}. Is the package registry reachable?`);
  writeFileSync(stamp, wanted);
}

if (argv[1] === fileURLToPath(import.meta.url)) await install();
