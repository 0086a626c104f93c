/** A libtensorflow on this machine: its two libraries and the headers of its C interface. */
import { nodeBuiltin } from "@crease/backend";
import { refusal } from "./refusal.ts";

/** The version of TensorFlow that is fetched, and that was tried. */
export const wantedVersion: string = "2.21.0";

/** Where a libtensorflow is. */
export interface Libtensorflow {
  /** The folder with the libraries. */
  readonly folder: string;
  /** The file with the C functions. */
  readonly library: string;
  readonly framework: string;
  readonly include: string;
}

const names: readonly (readonly [string, string])[] = [
  ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"],
  ["libtensorflow.so.2", "libtensorflow_framework.so.2"],
];

/**
 * The libtensorflow in a folder: of the Python package (the folder `tensorflow` in site-packages, or what holds it), or
 * an unpacked libtensorflow archive with `lib` and `include`.
 *
 * @throws BackendError saying what is missing.
 */
export function libtensorflowIn(folder: string): Libtensorflow {
  const { join, resolve } = nodeBuiltin("node:path");
  const { existsSync, realpathSync } = nodeBuiltin("node:fs");
  const root = resolve(folder);
  const places = [
    [root, join(root, "include")],
    [join(root, "tensorflow"), join(root, "tensorflow", "include")],
    [join(root, "lib"), join(root, "include")],
  ] as const;
  for (const [libraries, include] of places)
    for (const [library, framework] of names) {
      if (!existsSync(join(libraries, library)) || !existsSync(join(libraries, framework))) continue;
      if (!existsSync(join(include, "tensorflow", "c", "eager", "c_api.h")))
        throw refusal(
          `${libraries} has ${library}, but ${include} has no tensorflow/c/eager/c_api.h`,
          "Put the headers there that came with the library",
        );
      // The CUDA libraries are looked for beside the place where the library really is.
      return { folder: realpathSync(libraries), library, framework, include };
    }
  throw refusal(
    `there is no libtensorflow_cc.so.2 or libtensorflow.so.2 with its libtensorflow_framework.so.2 in ${root}`,
    "Name the folder `tensorflow` of an installed Python package or an unpacked libtensorflow archive",
  );
}
