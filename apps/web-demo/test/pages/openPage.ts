/** Opens pages of the served demo in a browser, and collects what goes wrong in them. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, inject } from "vitest";

/** A page and everything that its console or an uncaught error said. */
export interface OpenedPage extends AsyncDisposable {
  readonly page: Page;
  /** Empty unless something went wrong. */
  readonly errors: readonly string[];
}

/** Opens `path` (`#/...`; the first page without one) in a context of its own. */
export type OpenPage = (
  path?: string,
  options?: OpenOptions,
  /** Sees the page before anything is loaded in it. */
  prepare?: (page: Page) => unknown,
) => Promise<OpenedPage>;

/** How a page is opened. */
export interface OpenOptions extends BrowserContextOptions {
  /** Runs in the page before its own scripts. */
  readonly before?: () => void;
}

/** Call it once in a test file. Where there is no Chromium, each test of the file is skipped with the reason. */
export function usePages(): OpenPage {
  const demo = inject("demo");
  let browser: Browser;
  beforeAll(async () => {
    if (demo !== null) browser = await chromium.connect(demo.browser);
  });
  afterAll(() => browser?.close());
  beforeEach((context) => {
    if (demo === null) context.skip("no Chromium: set CREASE_CHROMIUM or put chromium on PATH");
  });
  return async (path = "", { before, ...options } = {}, prepare = () => undefined) => {
    const context = await browser.newContext({ locale: "en", ...options });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("console", (message) => {
      // Without a graphics card Chromium reads the picture back, and says that this is slow.
      if (message.text().includes("GPU stall due to ReadPixels")) return;
      if (["error", "warning"].includes(message.type())) errors.push(`${message.type()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => errors.push(`uncaught: ${error.message}`));
    if (before !== undefined) await page.addInitScript(before);
    await prepare(page);
    await page.goto(`${demo?.address}${path}`);
    await page.locator(".page-loading").waitFor({ state: "detached" });
    await page.locator("h1").waitFor();
    return { page, errors, [Symbol.asyncDispose]: () => context.close() };
  };
}
