/** SHA-256 digests of files, and whether an installed wheel's files are what the wheel says that they are. */
import { nodeBuiltin } from "@crease/backend";
import { refusal } from "./refusal.ts";

/** The SHA-256 of a file. */
async function sha256(file: string, encoding: "hex" | "base64url"): Promise<string> {
  const hash = nodeBuiltin("node:crypto").createHash("sha256");
  for await (const chunk of nodeBuiltin("node:fs").createReadStream(file, { highWaterMark: 2 ** 20 }))
    hash.update(chunk as Uint8Array);
  return hash.digest(encoding);
}

/** Makes sure of a file's SHA-256. @throws BackendError where it is another one. */
export async function checkDigest(file: string, hex: string): Promise<void> {
  const found = await sha256(file, "hex");
  if (found !== hex)
    throw refusal(`${file} has the SHA-256 ${found} instead of ${hex}`, `Delete it and install again: rm "${file}"`);
}

/**
 * Compares the libraries of an installed wheel with the digests in its RECORD.
 *
 * @throws BackendError for a file that differs or is not listed.
 */
export async function checkRecord(record: string, files: readonly string[], reinstall: string): Promise<void> {
  const { dirname, join, relative, sep } = nodeBuiltin("node:path");
  const site = dirname(dirname(record));
  const lines = nodeBuiltin("node:fs").readFileSync(record, "utf8").split("\n");
  for (const file of files) {
    const name = relative(site, file).replaceAll(sep, "/");
    const digest = lines.find((line) => line.startsWith(`${name},`))?.match(/,sha256=([\w-]+),/)?.[1];
    if (digest === undefined) throw refusal(`${record} does not list ${name}`, reinstall);
    if (digest !== (await sha256(join(site, name), "base64url")))
      throw refusal(`${file} is not what its wheel installed: its SHA-256 is not that of ${record}`, reinstall);
  }
}
