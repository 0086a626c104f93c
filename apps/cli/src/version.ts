/** The version of the command. */
import { readFile } from "node:fs/promises";

/** What `crease --version` shows: the version in the package's manifest. */
export async function version(): Promise<string> {
  const manifest = await readFile(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
