/** Files in and out: by paths in Node, as bytes anywhere. */
import { DataError, isNode, nodeBuiltin, ValueError } from "@crease/backend";
import { writeWhole } from "@crease/datasets";

/** Where a file comes from: a path in Node, the bytes themselves, or what browsers give for a file. */
export type FileSource = string | Uint8Array | ArrayBuffer | Blob;

/** What messages call bytes without a name. */
const unnamed = "the file";

/** The bytes of a file, with the name that messages give it. @throws DataError where a path cannot be read; ValueError for no source at all. */
export async function readSource(
  op: string,
  source: FileSource,
): Promise<{ readonly file: string; readonly bytes: Uint8Array }> {
  if (source instanceof Uint8Array) return { file: unnamed, bytes: source };
  if (source instanceof ArrayBuffer) return { file: unnamed, bytes: new Uint8Array(source) };
  if (source instanceof Blob) {
    const { name } = source as Blob & { readonly name?: string };
    return { file: name ?? unnamed, bytes: new Uint8Array(await source.arrayBuffer()) };
  }
  if (typeof source !== "string")
    throw new ValueError({ op, problem: "this is no file", fix: "Give a path, or the bytes of a file" });
  requireFiles(op);
  const { readFile } = nodeBuiltin("node:fs/promises");
  try {
    return { file: source, bytes: await readFile(source) };
  } catch (cause) {
    throw new DataError({ op, problem: `${source} cannot be read`, fix: "Check the path", cause });
  }
}

/** @throws ValueError where there are no files to name by paths. */
function requireFiles(op: string): void {
  if (isNode()) return;
  throw new ValueError({
    op,
    problem: "there are no paths here",
    fix: "Give a file's bytes or a Blob to load; to save take the bytes of `encodeModel` or `encodeWeights`",
  });
}

/** Writes a file, whole or not at all. @throws DataError where the path cannot be written; ValueError in browsers. */
export async function writeFile(op: string, path: string, bytes: Uint8Array): Promise<void> {
  requireFiles(op);
  try {
    await writeWhole(path, bytes);
  } catch (cause) {
    throw new DataError({
      op,
      problem: `${path} cannot be written`,
      fix: "Check the path, its folder and the space on its disk",
      cause,
    });
  }
}

/** True for the bytes of a zip archive. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** True for the bytes of an HDF5 file. */
export function isHdf5(bytes: Uint8Array): boolean {
  return bytes[0] === 0x89 && bytes[1] === 0x48 && bytes[2] === 0x44 && bytes[3] === 0x46;
}
