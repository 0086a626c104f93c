/** Where the binding and what it is made of are kept. */
import { nodeBuiltin } from "@crease/backend";

/** `cuda` in the folder that `CREASE_CACHE` names, else in `crease` in the platform's place for caches. */
export function cacheFolder(): string {
  const { join } = nodeBuiltin("node:path");
  const { env } = globalThis.process;
  const home = nodeBuiltin("node:os").homedir();
  const cache = env.CREASE_CACHE || join(env.XDG_CACHE_HOME || join(home, ".cache"), "crease");
  return join(cache, "cuda");
}
