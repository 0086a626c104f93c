// The files that other software wrote, in test/fixtures.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The bytes of one. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(import.meta.dirname, "fixtures", name)));
}
