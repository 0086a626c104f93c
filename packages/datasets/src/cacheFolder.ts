/** Where downloaded data sets are kept. */
import { nodeBuiltin } from "@crease/backend";

/**
 * The folder that downloads are kept in: the one that `CREASE_CACHE` names, else `crease` in the place that the platform
 * has for caches. Each data set has a folder in it. Node only.
 *
 * @example
 * ```ts
 * import { cacheFolder } from "@crease/datasets";
 * typeof cacheFolder(); // => string
 * ```
 */
export function cacheFolder(): string {
  const { join } = nodeBuiltin("node:path");
  const home = nodeBuiltin("node:os").homedir();
  const { env, platform } = globalThis.process;
  if (env.CREASE_CACHE) return env.CREASE_CACHE;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, "crease");
  if (platform === "darwin") return join(home, "Library", "Caches", "crease");
  if (platform === "win32") return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "crease", "Cache");
  return join(home, ".cache", "crease");
}
