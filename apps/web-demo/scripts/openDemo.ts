/** The built demo, served, and a Chromium: for tests, screenshots and measurements. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type LaunchOptions } from "playwright-core";
import { build, preview } from "vite";
import { findChromium } from "../../../tools/vitest/chromium.ts";

const folder = join(import.meta.dirname, "..");
const configFile = join(folder, "vite.config.ts");

/** A served demo and a browser to look at it. */
export interface OpenDemo {
  /** The address of the first page, with its slash. */
  readonly address: string;
  /** What `chromium.connect` takes. */
  readonly endpoint: string;
  /** The browser's version. */
  readonly browser: string;
  /** Ends both. */
  close(): Promise<void>;
}

/** Builds into a folder of its own, serves on a free port, starts the browser. @throws Error without a Chromium. */
export async function openDemo(): Promise<OpenDemo> {
  const options = browserOptions();
  const outDir = await mkdtemp(join(tmpdir(), "crease-demo-"));
  await build({ root: folder, configFile, logLevel: "warn", build: { outDir, emptyOutDir: true } });
  const server = await preview({
    root: folder,
    configFile,
    logLevel: "warn",
    build: { outDir },
    preview: { port: 0, strictPort: false, host: "127.0.0.1" },
  });
  const [address] = server.resolvedUrls?.local ?? [];
  if (address === undefined) throw new Error("The preview server has no address.");
  const browser = await chromium.launchServer(options);
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
    await rm(outDir, { recursive: true });
  };
  const endpoint = browser.wsEndpoint();
  const connection = await chromium.connect(endpoint);
  const version = connection.version();
  await connection.close();
  return { address, endpoint, browser: version, close };
}

/** How a browser is started here. @throws Error without a Chromium. */
export function browserOptions(): LaunchOptions {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("No Chromium: set CREASE_CHROMIUM or put chromium on PATH.");
  return {
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  };
}
