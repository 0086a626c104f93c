/** Configuration files: found, read as JSON or as a module, and checked. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, extname, isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { checkConfig } from "./checkConfig.ts";
import type { Config } from "./configSchema.ts";
import { dataSets } from "./data/dataSets.ts";
import { UsageError } from "./failure.ts";

/** Names that are looked for in the working directory, in this order. */
const fileNames = ["crease.config.ts", "crease.config.mjs", "crease.config.js", "crease.config.json"] as const;

/** The configuration file of the working directory; undefined where there is none. */
export function findConfigFile(): string | undefined {
  return fileNames.find((name) => existsSync(name));
}

/** The configuration in a file, its paths made absolute. @throws UsageError where it is missing or does not fit. */
export async function readConfigFile(path: string): Promise<Config> {
  const value = extname(path) === ".json" ? await readJson(path) : await defaultExportOf(path);
  const folder = dirname(resolve(path));
  return rooted(checkConfig(value, path), folder);
}

/** A configuration with all paths absolute; `data` and `model` are paths only where they look like one. */
export function rooted(config: Config, folder: string): Config {
  const { data, model, out } = config;
  return {
    ...config,
    ...(data !== undefined && looksLikePath(data, folder) ? { data: resolve(folder, data) } : {}),
    ...(typeof model === "string" && isModelFile(model) ? { model: resolve(folder, model) } : {}),
    ...(out !== undefined ? { out: resolve(folder, out) } : {}),
  };
}

/** True for what names a file or folder; a data set's name never does. */
function looksLikePath(data: string, folder: string): boolean {
  if (Object.hasOwn(dataSets, data)) return false;
  return isAbsolute(data) || /[/\\.]/.test(data) || existsSync(resolve(folder, data));
}

/** True for a model in a file; layers in words have no such ending. */
export function isModelFile(model: string): boolean {
  return /\.(ts|mts|mjs|js|json|keras|h5)$/.test(model);
}

/** What a module exports as its default. @throws UsageError where it cannot be read or has none. */
export async function defaultExportOf(path: string): Promise<unknown> {
  if (!existsSync(path)) throw new UsageError(`${path}: there is no such file. Check the path.`);
  if (/\.m?ts$/.test(path) && !process.features.typescript)
    throw new UsageError(
      `${path}: Node ${process.versions.node} does not read TypeScript. Use Node 22.18 or newer, or a .mjs file.`,
    );
  let module: { readonly default?: unknown };
  try {
    module = await import(pathToFileURL(resolve(path)).href);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${path}: it cannot be loaded (${problem}). Correct it; --debug shows where.`, { cause });
  }
  if (!("default" in module)) throw new UsageError(`${path}: it has no default export. Write \`export default ...\`.`);
  return module.default;
}

/** @throws UsageError where the file is missing or no JSON. */
export async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new UsageError(`${path}: it cannot be read. Check the path.`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${path}: it is no JSON (${(cause as Error).message}). Correct it.`, { cause });
  }
}
