/** Where an npm package that holds data is installed. */
import { isNode, nodeBuiltin } from "@crease/backend";

/**
 * The folder of an installed package, as seen from the working directory, else from here; undefined where there is none.
 * The package is only looked for, none of its code runs.
 */
export function packageFolder(name: string): string | undefined {
  if (!isNode()) return undefined;
  const { createRequire } = nodeBuiltin("node:module");
  const { dirname, join } = nodeBuiltin("node:path");
  const places = [() => join(globalThis.process.cwd(), "package.json"), () => import.meta.url];
  for (const place of places) {
    try {
      return dirname(createRequire(place()).resolve(`${name}/package.json`));
    } catch {
      // Not installed there, or the working directory is gone: the next place may have it.
    }
  }
  return undefined;
}
