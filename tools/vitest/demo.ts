// Global set-up of the tests of the web demo's pages: the built demo, served, and one Chromium for all of them.
import type { TestProject } from "vitest/node";
import { openDemo } from "../../apps/web-demo/scripts/openDemo.ts";
import { findChromium } from "./chromium.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the demo is served and where its browser listens; null where there is no Chromium. */
    demo: { readonly address: string; readonly browser: string } | null;
  }
}

/** Builds, serves and starts; ends both after the tests. */
export default async function demo(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (findChromium() === undefined) {
    project.provide("demo", null);
    return undefined;
  }
  const { address, endpoint, close } = await openDemo();
  project.provide("demo", { address, browser: endpoint });
  return close;
}
