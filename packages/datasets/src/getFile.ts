/** Files from the web, fetched once and kept. */
import { DataError, isNode, nodeBuiltin, ValueError } from "@crease/backend";
import { cacheFolder } from "./cacheFolder.ts";
import { downloadPieces, type OnProgress } from "./download.ts";
import { extractArchive } from "./extractArchive.ts";
import { checkHash, hashedPieces } from "./fileHash.ts";
import { writeWhole } from "./writeWhole.ts";

/** What to fetch and where to keep it. */
export interface GetFileOptions {
  /** The address, or several that are tried in turn. */
  readonly origin: string | URL | readonly (string | URL)[];
  /** The name of the kept file. Default: the last part of the first address. */
  readonly fname?: string;
  /** SHA-256 (64 hexadecimal digits) or MD5 (32) of the file. Without it, a kept file is taken as it is. */
  readonly fileHash?: string;
  /** The folder in the cache. Default "datasets". */
  readonly cacheSubdir?: string;
  /** The cache. Default: `CREASE_CACHE`, else the platform's place for caches. */
  readonly cacheDir?: string;
  /** Whether to take a zip or tar archive apart (`.tar`, `.tar.gz`), into a folder whose path is the result. Default false. */
  readonly extract?: boolean;
  /** Fetches the file even where it is kept. Default false. */
  readonly forceDownload?: boolean;
  /** The most bytes to take. Default 2^34. */
  readonly limit?: number;
  /** Ends the download early. */
  readonly signal?: AbortSignal;
  /** Is told how many bytes have come, of how many where the server says so; not called for a kept file. */
  readonly onProgress?: OnProgress;
}

/**
 * The path of a file from the web (Keras 3 `get_file`): fetched where the cache does not have it, or has it with another
 * digest. It is written beside its place, checked, and only then given its name, so that a kept file is always whole.
 * With `extract`, the path of a folder with what the archive holds. Node only.
 *
 * @throws DataError where no address has the file, or not the right one, and where the cache cannot be written; the
 * signal's reason where it was aborted; ValueError for a name with a path in it, and for a digest that is none.
 * @example
 * ```ts
 * import { getFile } from "@crease/datasets";
 * const { mkdtemp, readFile, rm } = await import("node:fs/promises");
 * const { tmpdir } = await import("node:os");
 * const cacheDir = await mkdtemp(`${tmpdir()}/crease-`);
 * const fileHash = "900150983cd24fb0d6963f7d28e17f72";
 * const path = await getFile({ origin: "data:text/plain,abc", fname: "abc.txt", fileHash, cacheDir });
 * const text = await readFile(path, "utf8");
 * await rm(cacheDir, { recursive: true });
 * text; // => abc
 * ```
 */
export async function getFile(options: GetFileOptions): Promise<string> {
  const op = "getFile";
  const path = await getFileFor(op, options);
  return options.extract ? extractArchive(op, path) : path;
}

/** `getFile` for whoever asks. */
export async function getFileFor(op: string, options: GetFileOptions): Promise<string> {
  const {
    origin,
    fileHash,
    cacheSubdir = "datasets",
    forceDownload = false,
    limit = 2 ** 34,
    signal,
    onProgress,
  } = options;
  if (!isNode()) throw new ValueError({ op, problem: "there are no files here", fix: "Use `fetch`" });
  signal?.throwIfAborted();
  const addresses = (Array.isArray(origin) ? origin : [origin]).map(String);
  const hash = fileHash === undefined ? undefined : checkHash(op, fileHash);
  const name = plainName(op, options.fname, addresses);
  const { join } = nodeBuiltin("node:path");
  const folder = join(options.cacheDir ?? cacheFolder(), cacheSubdir);
  const path = join(folder, name);
  if (!forceDownload && (await isKept(op, path, hash))) return path;
  const failures: DataError[] = [];
  for (const url of addresses) {
    const pieces = downloadPieces({ op, url, limit, signal, onProgress });
    const fix = "Use another address, or correct `fileHash`";
    try {
      await writeWhole(path, hashedPieces(pieces, { op, where: url, fix }, hash));
      return path;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof DataError)) throw unwritable(op, name, folder, error as Error);
      failures.push(error);
    }
  }
  if (failures.length === 1) throw failures[0];
  throw new DataError({
    op,
    problem: failures.map(({ problem }) => problem).join("; ") || "no address is given",
    fix: "Check the addresses and the connection",
    cause: new AggregateError(failures),
  });
}

/** Whether the cache has the file, with the right digest where one is known. */
async function isKept(op: string, path: string, hash: string | undefined): Promise<boolean> {
  const pieces = nodeBuiltin("node:fs").createReadStream(path, { highWaterMark: 2 ** 20 });
  try {
    for await (const _ of hashedPieces(pieces, { op, where: path, fix: "Delete it" }, hash)) if (!hash) return true;
    return true;
  } catch {
    // Missing, unreadable or damaged: a new copy is fetched, and says so if it cannot take the place.
    return false;
  } finally {
    pieces.destroy();
  }
}

/** The name to keep the file under, which must not lead out of its folder. */
function plainName(op: string, fname: string | undefined, addresses: readonly string[]): string {
  const name = fname ?? /([^/?#]*)(?:[?#].*)?$/.exec(addresses[0] ?? "")?.[1] ?? "";
  if (/^[^/\\:\0]+$/.test(name) && name !== "." && name !== "..") return name;
  throw new ValueError({
    op,
    problem: `${JSON.stringify(name)} cannot name a file`,
    fix: "Give a name without a path by `fname`, and the folder by `cacheDir` and `cacheSubdir`",
  });
}

function unwritable(op: string, name: string, folder: string, cause: Error): DataError {
  return new DataError({
    op,
    problem: `${name} could not be written to ${folder} (${cause.message})`,
    fix: "Name another folder by `cacheDir` or CREASE_CACHE",
    cause,
  });
}
