/** What is known of an installed binding, and its removal. */
import { nodeBuiltin } from "@crease/backend";
import { bindingFileIn } from "./build.ts";
import { cacheFolder } from "./cacheFolder.ts";
import type { Device } from "./device.ts";
import { packageFolderIn } from "./tfjsNode.ts";

/** An installed binding. */
export interface BindingStatus {
  /** The folder that all of it is in. */
  readonly cacheFolder: string;
  /** The native module. */
  readonly file: string;
  /** tfjs-node-gpu's folder: what needs tfjs itself may `require` it from there. */
  readonly packageFolder: string;
  /** The folder of the libtensorflow that it was built against. */
  readonly libtensorflow: string;
  /** Its version. */
  readonly version: string;
  /** What the libtensorflow was asked for: it may compute on CPUs only. */
  readonly device: Device;
  /** Where it came from: `folder`, `python` or `wheel`. */
  readonly origin: "folder" | "python" | "wheel";
}

/** Where to look. */
export interface StatusOptions {
  /** The folder that the binding is in. Default: `cuda` in the folder that `CREASE_CACHE` names, else in the user's caches. */
  readonly cacheFolder?: string;
}

/** The parts of a status that are written down. */
type Written = Pick<BindingStatus, "libtensorflow" | "version" | "device" | "origin">;

function noteIn(cache: string): string {
  return nodeBuiltin("node:path").join(cache, "binding.json");
}

/** Writes down what was installed. */
export function noteBinding(cache: string, { libtensorflow, version, device, origin }: Written): void {
  const text = JSON.stringify({ libtensorflow, version, device, origin }, null, 2);
  nodeBuiltin("node:fs").writeFileSync(noteIn(cache), `${text}\n`);
}

/**
 * The installed binding; undefined where there is none, where a part of it is gone, or outside Node.
 *
 * @example
 * ```ts
 * import { bindingStatus } from "@crease/backend-cuda";
 * bindingStatus({ cacheFolder: "no/such/folder" }); // => undefined
 * ```
 */
export function bindingStatus({ cacheFolder: cache = cacheFolder() }: StatusOptions = {}): BindingStatus | undefined {
  const { existsSync, readFileSync } = nodeBuiltin("node:fs");
  const packageFolder = packageFolderIn(cache);
  const file = bindingFileIn(packageFolder);
  const note = noteIn(cache);
  if (!existsSync(file) || !existsSync(note)) return undefined;
  const written = JSON.parse(readFileSync(note, "utf8")) as Written;
  if (!existsSync(written.libtensorflow)) return undefined;
  return { cacheFolder: cache, file, packageFolder, ...written };
}

/**
 * Removes the binding and all that was fetched for it; a libtensorflow of the user's own stays.
 *
 * @returns Whether there was anything.
 * @example
 * ```ts
 * import { removeBinding } from "@crease/backend-cuda";
 * removeBinding({ cacheFolder: "no/such/folder" }); // => false
 * ```
 */
export function removeBinding({ cacheFolder: cache = cacheFolder() }: StatusOptions = {}): boolean {
  const { existsSync, readdirSync, rmSync, rmdirSync } = nodeBuiltin("node:fs");
  const { join } = nodeBuiltin("node:path");
  if (!existsSync(cache)) return false;
  // Only what an installation makes: the folder may be one that somebody named and keeps other things in.
  const ours = readdirSync(cache).filter((name) =>
    /^(binding\.json|downloads|scratch|tfjs-node-gpu-.*|libtensorflow-.*)$/.test(name),
  );
  for (const name of ours) rmSync(join(cache, name), { recursive: true, force: true });
  if (readdirSync(cache).length === 0) rmdirSync(cache);
  return ours.length > 0;
}
