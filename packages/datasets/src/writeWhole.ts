/** Files that are there whole or not at all. */
import { nodeBuiltin } from "./nodeBuiltin.ts";

/** Writes a file under a temporary name beside `path`, brings it to the disk and renames it; Node only. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
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
