/** Screenshots of every page, light and dark, desktop and phone, English and Korean, into `runs/demo-shots/`. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { argv } from "node:process";
import { chromium } from "playwright-core";
import { openDemo } from "./openDemo.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "runs", "demo-shots");
const screens = [
  { name: "desktop", width: 1280, height: 900, isMobile: false },
  { name: "phone", width: 360, height: 780, isMobile: true },
] as const;
const schemes = ["light", "dark"] as const;
const languages = ["en", "ko"] as const;

/** Only pages, screens, schemes and languages whose name contains this text; all without it. */
const wanted = argv[2] ?? "";

await mkdir(folder, { recursive: true });
const demo = await openDemo();
const browser = await chromium.connect(demo.endpoint);
for (const screen of screens)
  for (const colorScheme of schemes)
    for (const locale of languages) {
      const { name, isMobile, ...viewport } = screen;
      const context = await browser.newContext({ viewport, isMobile, hasTouch: isMobile, colorScheme, locale });
      const page = await context.newPage();
      await page.goto(demo.address);
      const paths = await page
        .locator(".site-nav a")
        .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      for (const path of paths) {
        const file = `${path?.slice(2)}-${name}-${colorScheme}-${locale}.png`;
        if (!file.includes(wanted)) continue;
        await page.goto(`${demo.address}${path}`);
        await page.locator(".page-loading").waitFor({ state: "detached" });
        // Whatever a page computes when it opens.
        await page.waitForTimeout(1500);
        await page.screenshot({ path: join(folder, file), fullPage: true });
        console.log(file);
      }
      await context.close();
    }
await browser.close();
await demo.close();
