/** The built demo, served, and a Chromium: for tests, screenshots and measurements. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { build, preview } from "vite";
import { findChromium } from "../../../tools/vitest/chromium.ts";

const folder = join(import.meta.dirname, "..");
const configFile = join(folder, "vite.config.ts");
const root = join(folder, "..", "..");

/** A served demo and a browser to look at it. */
export interface OpenDemo {
  /** The address of the first page, with its slash. */
  readonly address: string;
  /** What `chromium.connect` takes. */
  readonly endpoint: string;
  /** Ends both. */
  close(): Promise<void>;
}

/** Builds where a source is newer than the build, serves on a free port, starts the browser. @throws Error without a Chromium. */
export async function openDemo(): Promise<OpenDemo> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("No Chromium: set CREASE_CHROMIUM or put chromium on PATH.");
  if (isStale()) await build({ root: folder, configFile, logLevel: "warn" });
  const server = await preview({
    root: folder,
    configFile,
    logLevel: "warn",
    preview: { port: 0, strictPort: false, host: "127.0.0.1" },
  });
  const [address] = server.resolvedUrls?.local ?? [];
  if (address === undefined) throw new Error("The preview server has no address.");
  const browser = await chromium.launchServer({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
  };
  return { address, endpoint: browser.wsEndpoint(), close };
}

function isStale(): boolean {
  const ours = ["src", "public", "plugins", "index.html", "vite.config.ts"].map((name) => join(folder, name));
  const packages = readdirSync(join(root, "packages")).map((name) => join(root, "packages", name, "src"));
  const newest = Math.max(...[...ours, ...packages].map(newestIn));
  return newestIn(join(folder, "dist", "index.html")) <= newest;
}

/** The latest time of change in ms of a file, or of all files in a folder; 0 where there is none. */
function newestIn(path: string): number {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
