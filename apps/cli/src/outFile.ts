/** The file that a run leaves behind. */
import { randomUUID } from "node:crypto";
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { DataError } from "@crease/backend";

/** Makes the folder of `path` and tries to write there. @throws DataError where the file could not be written later. */
export async function prepareOutFile(path: string): Promise<void> {
  await explained(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    const old = await stat(path).catch(() => undefined);
    if (old !== undefined && !old.isFile()) throw new Error("it is there and is no file");
    const probe = `${path}.${randomUUID()}.tmp`;
    await writeFile(probe, "", { flag: "wx" });
    await rm(probe);
  });
}

/** Calls `write`, which writes `path`. @throws DataError where the file system refuses. */
export async function explained(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    throw new DataError({
      op: "--out",
      problem: `${path} cannot be written (${cause instanceof Error ? cause.message : cause})`,
      fix: "Name a file in a folder that you may write to, on a disk with room",
      cause,
    });
  }
}
