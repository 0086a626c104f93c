/** The binary version of the CIFAR archives: records of label bytes and three planes of 32 by 32 pixels. */
import { type Backend, DataError } from "@crease/backend";
import { type Tensor, tensor } from "@crease/tensor";
import { gunzipPieces } from "./gunzipPieces.ts";
import { joinBytes } from "./joinBytes.ts";
import { findFile, type NamedFile, type NamedFileOptions } from "./namedFile.ts";
import { tarFiles } from "./tarFiles.ts";

/** Where `loadData` looks for the archive and where it puts the tensors. */
export interface CifarOptions extends NamedFileOptions {
  /** Where the tensors live. Default: the default backend. */
  readonly backend?: Backend;
}

/** What the records of an archive are, and which of its files hold them. */
export interface CifarArchive extends NamedFile {
  /** The files to train on, in order. */
  readonly train: readonly string[];
  readonly test: string;
  /** Label bytes before the pixels of each record, and the one to take. */
  readonly labels: number;
  readonly label: number;
}

/** Images uint8 `[n, 32, 32, 3]` and labels uint8 `[n, 1]`. */
export type CifarPart = [images: Tensor, labels: Tensor];

const side = 32;
const plane = side * side;
const largestFile = 2 ** 28;

/**
 * Images and labels of an archive.
 *
 * @throws DataError where it is missing, damaged, cannot be fetched or lacks a file.
 */
export async function loadCifar(
  archive: CifarArchive,
  options: CifarOptions,
): Promise<[train: CifarPart, test: CifarPart]> {
  const { op } = archive;
  const { where, pieces } = await findFile(archive, options);
  const wanted = [...archive.train, archive.test];
  const found = new Map<string, { readonly images: Uint8Array; readonly labels: Uint8Array }>();
  const unpacked = gunzipPieces(pieces(), { op, where, fix: "Get the original file" });
  const limit = (name: string): number | undefined => (wanted.includes(name) ? largestFile : undefined);
  for await (const { name, bytes } of tarFiles(unpacked, { op, where, limit }))
    found.set(name, readRecords(bytes, archive, `${name} in ${where}`));
  const part = (names: readonly string[]): CifarPart => {
    const files = names.map((name) => {
      const file = found.get(name);
      if (file !== undefined) return file;
      throw new DataError({ op, problem: `${where} holds no ${name}`, fix: "Get the binary version of the archive" });
    });
    const labels = joinBytes(files.map((file) => file.labels));
    const place = options.backend === undefined ? {} : { backend: options.backend };
    const images = tensor(joinBytes(files.map((file) => file.images)), {
      shape: [labels.length, side, side, 3],
      ...place,
    });
    return [images, tensor(labels, { shape: [labels.length, 1], ...place })];
  };
  return [part(archive.train), part([archive.test])];
}

/** Planes of red, green and blue become three numbers for each pixel. */
function readRecords(
  bytes: Uint8Array,
  { op, labels: labelBytes, label }: CifarArchive,
  where: string,
): { readonly images: Uint8Array; readonly labels: Uint8Array } {
  const recordBytes = labelBytes + 3 * plane;
  const count = bytes.length / recordBytes;
  if (!Number.isInteger(count))
    throw new DataError({
      op,
      problem: `${where} has ${bytes.length} bytes, no multiple of the ${recordBytes} of a record`,
      fix: "Get the original file",
    });
  const images = new Uint8Array(count * 3 * plane);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const start = i * recordBytes;
    labels[i] = bytes[start + label] as number;
    for (let channel = 0; channel < 3; channel++) {
      const from = start + labelBytes + channel * plane;
      const to = i * 3 * plane + channel;
      for (let j = 0; j < plane; j++) images[to + 3 * j] = bytes[from + j] as number;
    }
  }
  return { images, labels };
}
