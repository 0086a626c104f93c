/** Files that are there whole or not at all. */
import { nodeBuiltin } from "@crease/backend";

/**
 * Writes a file under a temporary name beside `path`, brings it to the disk and renames it, so that `path` holds the
 * old content or the new one whatever happens. Missing folders are made. Node only.
 *
 * @throws The file system's error, or one that comes out of `bytes`; nothing is left of the new file then.
 * @example
 * ```ts
 * import { writeWhole } from "@crease/datasets";
 * const { mkdtemp, readFile, rm } = await import("node:fs/promises");
 * const { tmpdir } = await import("node:os");
 * const folder = await mkdtemp(`${tmpdir()}/crease-`);
 * await writeWhole(`${folder}/a/digits`, new Uint8Array([7, 2, 1]));
 * const bytes = new Uint8Array(await readFile(`${folder}/a/digits`));
 * await rm(folder, { recursive: true });
 * bytes; // => [7, 2, 1]
 * ```
 */
export async function writeWhole(path: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  const { mkdir, open, rename, rm } = nodeBuiltin("node:fs/promises");
  const { dirname } = nodeBuiltin("node:path");
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${globalThis.crypto.randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
