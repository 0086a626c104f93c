/** What holds for every page: it opens without a complaint, is accessible, fits a phone, and speaks both languages. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { type OpenedPage, usePages } from "./openPage.ts";

const openPage = usePages();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** Calls `look` on every page that the navigation lists. */
async function onEveryPage(options: Parameters<typeof openPage>[1], look: (opened: OpenedPage) => Promise<void>) {
  await using first = await openPage("", options);
  const paths = await first.page
    .locator(".site-nav a")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(paths.length).toBeGreaterThan(0);
  for (const path of paths) {
    await using opened = await openPage(path, options);
    // What a page computes at once.
    await opened.page.waitForLoadState("networkidle");
    await look(opened);
    expect(opened.errors, path).toEqual([]);
  }
}

/** The serious findings of axe, each as a line. */
async function seriousFindings({ page }: OpenedPage): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } };
    interface Finding {
      readonly impact: string;
      readonly id: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
    }
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  });
}

test("light, on a desktop: opens without a complaint, nothing serious for axe", async () => {
  await onEveryPage({}, async (opened) => {
    expect(await opened.page.locator("h1").count()).toBe(1);
    expect(await seriousFindings(opened)).toEqual([]);
  });
});

test("dark, in Korean, on a phone: the same, and nothing scrolls sideways", async () => {
  await onEveryPage({ ...phone, colorScheme: "dark", locale: "ko-KR" }, async (opened) => {
    const { page } = opened;
    expect(await page.locator("html").getAttribute("lang")).toBe("ko");
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
    expect(await page.locator("main").textContent()).toMatch(/[가-힣]/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await seriousFindings(opened)).toEqual([]);
  });
});

test("the language is switched and kept", async () => {
  await using opened = await openPage();
  const { page } = opened;
  expect(await page.title()).toBe("A first network · Crease");
  await page.getByRole("button", { name: "한국어" }).click();
  await page.getByRole("heading", { name: "첫 신경망" }).waitFor();
  await page.getByText("층이 두 개인 신경망이").first().waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "첫 신경망" }).waitFor();
  expect(await page.title()).toBe("첫 신경망 · Crease");
  expect(opened.errors).toEqual([]);
});

test("an address without a page says so and lists the pages; the keyboard finds the content", async () => {
  await using opened = await openPage();
  const { page } = opened;
  await page.evaluate(() => {
    location.hash = "#/nowhere";
  });
  await page.getByText("There is no page at this address").waitFor();
  await page.getByRole("main").getByRole("link", { name: "A first network" }).click();
  await page.getByRole("heading", { level: 1, name: "A first network" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
});
