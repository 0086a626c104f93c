/** Archives taken apart into a folder. */
import { DataError, nodeBuiltin } from "@crease/backend";
import { readZip } from "@crease/files";
import { gunzipPieces } from "./gunzipPieces.ts";
import { type TarFile, tarFiles } from "./tarFiles.ts";

/** The most bytes of one file in an archive, and of all together. */
const largestFile = 2 ** 32;
const largestArchive = 2 ** 35;

/**
 * The files of a zip or tar archive, the latter compressed by gzip or not, in a folder beside it, which is there whole or
 * not at all. Links are left out; a name that leads out of the folder is refused.
 *
 * @returns The folder: the archive's path with `_extracted` behind it.
 * @throws DataError where the archive is of another kind, damaged, or too large.
 */
export async function extractArchive(op: string, archive: string): Promise<string> {
  const { mkdir, rename, rm, stat, writeFile } = nodeBuiltin("node:fs/promises");
  const { dirname, join } = nodeBuiltin("node:path");
  const folder = `${archive}_extracted`;
  const temporary = `${folder}.${globalThis.crypto.randomUUID()}.tmp`;
  try {
    let size = 0;
    await mkdir(temporary);
    for await (const { name, bytes } of filesIn(op, archive)) {
      size += bytes.length;
      if (size > largestArchive || !isInside(name)) {
        const problem = `${archive} holds ${isInside(name) ? "too much" : `"${name}", which leads out of the folder`}`;
        throw new DataError({ op, problem, fix: "Do not trust it" });
      }
      const path = join(temporary, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
    // What an earlier call left, or one that runs at the same time: the newer one takes its place.
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    const isThere = await stat(folder).then(
      () => true,
      () => false,
    );
    if (!isThere || error instanceof DataError) throw error;
  }
  return folder;
}

async function* filesIn(op: string, archive: string): AsyncGenerator<TarFile, void, undefined> {
  const { open, readFile } = nodeBuiltin("node:fs/promises");
  const file = await open(archive);
  const start = new Uint8Array(512);
  await file.read(start, 0, 512, 0).finally(() => file.close());
  const pieces = (): AsyncIterable<Uint8Array> => nodeBuiltin("node:fs").createReadStream(archive);
  const options = { op, where: archive, limit: (name: string) => (name === "" ? undefined : largestFile) };
  if (start[0] === 0x50 && start[1] === 0x4b) {
    for (const [name, bytes] of await readZip(await readFile(archive), { name: archive, maxEntries: 1e6 }))
      yield { name, bytes };
  } else if (start[0] === 0x1f && start[1] === 0x8b)
    yield* tarFiles(gunzipPieces(pieces(), { op, where: archive, fix: "Get it again" }), options);
  else yield* tarFiles(pieces(), options);
}

function isInside(name: string): boolean {
  return !/^[/\\]|^[a-z]:|\0/i.test(name) && !name.split(/[/\\]/).includes("..");
}
