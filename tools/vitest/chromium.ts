// Finds the Chromium that browser tests use; never downloads one.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

/** The path in `CREASE_CHROMIUM`, else the first Chromium or Chrome on PATH, else undefined. */
export function findChromium(): string | undefined {
  const named = process.env.CREASE_CHROMIUM;
  if (named) {
    if (!isExecutable(named))
      throw new Error(`CREASE_CHROMIUM: no program at ${named}. Name an executable Chromium, or unset it.`);
    return named;
  }
  const folders = (process.env.PATH ?? "").split(delimiter);
  return ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
