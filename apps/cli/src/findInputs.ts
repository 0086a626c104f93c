/** What people give to predict from: files, folders and stdin, told apart by what they are. */
import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { DataError } from "@crease/backend";
import type { CsvSource } from "@crease/datasets";
import { UsageError } from "./failure.ts";

/** An image that can be read. */
export interface ImageFile {
  readonly name: string;
  read(): Promise<Uint8Array>;
}

/** Images, or rows. */
export type FoundInputs =
  | { readonly kind: "images"; readonly files: readonly ImageFile[] }
  | { readonly kind: "rows"; readonly source: CsvSource };

const isImageName = (name: string): boolean => /\.(png|jpe?g)$/i.test(name);
const isTableName = (name: string): boolean => /\.[ct]sv$/i.test(name);

/** Finds what the paths name. @throws UsageError for a mixture and for files of other kinds; DataError for what is missing. */
export async function findInputs(paths: readonly string[]): Promise<FoundInputs> {
  const tables = paths.filter(isTableName);
  if (tables.length > 0) {
    if (paths.length > 1)
      throw new UsageError(`predict takes images, or one CSV, not ${paths.join(" ")}. Give one after the other.`);
    await stat(paths[0] as string);
    return { kind: "rows", source: paths[0] as string };
  }
  const files: ImageFile[] = [];
  for (const path of paths) {
    if (path === "-") {
      const bytes = await readStdin();
      if (isImage(bytes)) files.push({ name: "stdin", read: async () => bytes });
      else if (paths.length === 1) return { kind: "rows", source: bytes };
      else throw new UsageError("stdin holds no image. Give a CSV on stdin alone.");
    } else files.push(...(await imagesAt(path)));
  }
  return { kind: "images", files };
}

async function imagesAt(path: string): Promise<ImageFile[]> {
  const isFolder = (await stat(path)).isDirectory();
  if (!isFolder && isImageName(path)) return [imageFile(path)];
  if (!isFolder)
    throw new UsageError(
      `${path} is of no kind to predict from (${extname(path) || "no ending"}). Give .png or .jpg images, a folder of them, or a .csv.`,
    );
  const inside = (await readdir(path, { recursive: true })).filter(isImageName).sort();
  if (inside.length === 0)
    throw new DataError({ op: path, problem: "the folder holds no images", fix: "Put .png or .jpg files into it" });
  return inside.map((name) => imageFile(join(path, name)));
}

function imageFile(path: string): ImageFile {
  return { name: path, read: () => readFile(path) };
}

async function readStdin(): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of process.stdin) parts.push(part as Uint8Array);
  const bytes = Buffer.concat(parts);
  if (bytes.length === 0)
    throw new DataError({ op: "stdin", problem: "nothing came", fix: "Pipe an image or a CSV into it" });
  return bytes;
}

/** True for the first bytes of PNG and JPEG files. */
function isImage(bytes: Uint8Array): boolean {
  return (bytes[0] === 0x89 && bytes[1] === 0x50) || (bytes[0] === 0xff && bytes[1] === 0xd8);
}
