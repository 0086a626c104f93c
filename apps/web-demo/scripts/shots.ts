/** Screenshots of every page, as it opens and in use, light and dark, desktop and phone, English and Korean, into `runs/demo-shots/`. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { argv } from "node:process";
import { chromium, type Page } from "playwright-core";
import { openDemo } from "./openDemo.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "runs", "demo-shots");
const screens = [
  { name: "desktop", width: 1280, height: 900, isMobile: false },
  { name: "phone", width: 360, height: 780, isMobile: true },
] as const;
const schemes = ["light", "dark"] as const;
const languages = ["en", "ko"] as const;

/** Uses the page as a reader would, by path; the others show all they have when they open. */
const uses: { readonly [path: string]: (page: Page) => Promise<void> } = {
  async "first-network"(page) {
    await page.locator(".network-picker button").nth(13).click({ timeout: 60_000 });
    await page.locator(".network-buttons .button-main").click();
    await page.getByText("469 / 469").waitFor({ timeout: 120_000 });
    await page.waitForTimeout(3000);
    await page.locator(".network-buttons .button-main").click();
  },
  async "paper-ball"(page) {
    for (const figure of await page.locator(".figure").all()) await figure.locator(".button-main").click();
    await page.waitForTimeout(20_000);
    for (const figure of await page.locator(".figure").all()) await figure.locator(".button-main").click();
    await page.locator(".paper-layers button").last().click();
  },
  async descent(page) {
    await page.locator(".descent-graph").scrollIntoViewIfNeeded();
    for (let step = 0; step < 7; step++) await page.locator(".descent-graph .button-main").click();
    await page.waitForTimeout(4000);
  },
};

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
      const links = page.locator(".site-nav a");
      await links.first().waitFor();
      const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      for (const path of paths) {
        const route = path?.slice(2) ?? "";
        const use = uses[route];
        const files = [route, ...(use ? [`${route}-in-use`] : [])].map(
          (start) => `${start}-${name}-${colorScheme}-${locale}.png`,
        );
        if (!files.some((file) => file.includes(wanted))) continue;
        await page.goto(`${demo.address}${path}`);
        await page.locator(".page-loading").waitFor({ state: "detached" });
        // Whatever a page computes when it opens.
        await page.waitForTimeout(1500);
        for (const [i, file] of files.entries()) {
          if (i === 1) await use?.(page);
          await page.evaluate(() => scrollTo(0, 0));
          await page.screenshot({ path: join(folder, file), fullPage: true });
          console.log(file);
        }
      }
      await context.close();
    }
await browser.close();
await demo.close();
