/** The built demo, served, in a Chromium: for tests, screenshots and measurements. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { build, preview } from "vite";
import { findChromium } from "../../../tools/vitest/chromium.ts";

const folder = join(import.meta.dirname, "..");

/** What must be newer than the build. */
const sources = ["apps/web-demo/src", "apps/web-demo/public", "apps/web-demo/plugins", "apps/web-demo/index.html"];
const root = join(folder, "..", "..");

/** A served demo and a browser to look at it. */
export interface OpenDemo extends AsyncDisposable {
  /** The address of the first page, with its slash. */
  readonly address: string;
  readonly browser: Browser;
}

/** Builds the demo where a source is newer than the build. */
export async function buildDemo(): Promise<void> {
  const packages = readdirSync(join(root, "packages")).map((name) => `packages/${name}/src`);
  const newest = Math.max(...[...sources, ...packages].map((path) => newestIn(join(root, path))));
  if (newestIn(join(folder, "dist", "index.html")) > newest) return;
  await build({ root: folder, configFile: join(folder, "vite.config.ts"), logLevel: "warn" });
}

/** Builds, serves on a free port, and starts the browser. @throws Error where there is no Chromium. */
export async function openDemo(): Promise<OpenDemo> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("No Chromium: set CREASE_CHROMIUM or put chromium on PATH.");
  await buildDemo();
  const server = await preview({
    root: folder,
    configFile: join(folder, "vite.config.ts"),
    logLevel: "warn",
    preview: { port: 0, strictPort: false, host: "127.0.0.1" },
  });
  const browser = await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error("The preview server has no address.");
  return {
    address,
    browser,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server.close();
    },
  };
}

/** The latest time of change in ms of a file, or of all files in a folder; 0 where there is none. */
function newestIn(path: string): number {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return 0;
  if (!entry.isDirectory()) return entry.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
