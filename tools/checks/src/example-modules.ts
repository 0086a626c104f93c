// A vite plugin: `<source file>?example=2` is the third example of that file, as a module.
import { relative, sep } from "node:path";
import type { Plugin } from "vite";
import { exampleModule, examplesOf } from "./examples.ts";
import { root } from "./workspace.ts";

/** The plugin; vitest.config.ts lists it. */
export function exampleModules(): Plugin {
  return {
    name: "crease-example-modules",
    enforce: "pre",
    load(id) {
      const [path, query] = id.split("?example=");
      if (!path || query === undefined) return null;
      const example = examplesOf(relative(root, path).split(sep).join("/"))[Number(query)];
      return example ? exampleModule(example).code : null;
    },
  };
}
