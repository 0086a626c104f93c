/** Page 5 in a browser: the race follows its settings, the graph is walked, the tapes give what the chapter says. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { usePages } from "./openPage.ts";

const openPage = usePages();
const patient = { timeout: 20_000 };
const still = { reducedMotion: "reduce" } as const;

const slider = (page: Page, name: string) => page.getByRole("slider", { name, exact: true });

/** The losses in the list, by optimizer; "diverged" where there is none. */
async function lossesOf(page: Page): Promise<Record<string, string>> {
  return page
    .locator(".descent-runners li")
    .evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((row) => [
          row.querySelector("label")?.textContent?.trim(),
          row.querySelector(".descent-loss")?.textContent,
        ]),
      ),
    );
}

/** Waits for a whole race whose losses are others than `before`. */
async function raceAfter(page: Page, before: Record<string, string> = {}): Promise<Record<string, string>> {
  const isNew = (losses: Record<string, string>): boolean =>
    Object.values(losses).length === 6 &&
    !Object.values(losses).includes("–") &&
    JSON.stringify(losses) !== JSON.stringify(before);
  await expect.poll(async () => isNew(await lossesOf(page)), patient).toBe(true);
  return lossesOf(page);
}

test("all arrive in the valley; a rate too large makes SGD diverge, and small batches change the way", {
  timeout: 60_000,
}, async () => {
  await using opened = await openPage("#/descent", still);
  const { page } = opened;
  const full = await raceAfter(page);
  for (const name of ["SGD", "Momentum", "Nesterov", "Adam"]) expect(Number(full[name])).toBeLessThan(0.1);
  await page.getByRole("radio", { name: "One" }).check();
  const one = await raceAfter(page, full);
  expect(Number(one.SGD)).toBeGreaterThan(Number(full.SGD));
  await page.getByRole("button", { name: "Other batches" }).click();
  const others = await raceAfter(page, one);
  await slider(page, "Learning rate").fill("0");
  expect((await raceAfter(page, others)).SGD).toBe("diverged");
  expect(opened.errors).toEqual([]);
});

test("the start moves by keys, by sliders and by a click; a wave has minima to get stuck in", {
  timeout: 60_000,
}, async () => {
  await using opened = await openPage("#/descent", still);
  const { page } = opened;
  const first = await raceAfter(page);
  const handle = page.locator(".descent-handle");
  await handle.press("ArrowRight");
  const second = await raceAfter(page, first);
  expect(await slider(page, "Start: w").inputValue()).not.toBe("-0.6");
  await page.locator(".descent-map").click({ position: { x: 200, y: 100 } });
  await raceAfter(page, second);
  const before = await handle.getAttribute("aria-label");
  await slider(page, "Start: b").fill("-1");
  expect(await handle.getAttribute("aria-label")).not.toBe(before);
  await page.getByLabel("Model", { exact: true }).selectOption("wave");
  await expect.poll(async () => Number((await lossesOf(page)).SGD), patient).toBeGreaterThan(0.5);
  // The step can be scrubbed back to the start, where all are equal.
  await slider(page, "Step").fill("0");
  expect(new Set(Object.values(await lossesOf(page))).size).toBe(1);
  expect(opened.errors).toEqual([]);
});

test("a race plays by itself, and is held", { timeout: 60_000 }, async () => {
  await using opened = await openPage("#/descent");
  const { page } = opened;
  const step = slider(page, "Step");
  await expect.poll(async () => Number(await step.inputValue()), patient).toBeGreaterThan(3);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  expect(opened.errors).toEqual([]);
});

test("the worked example is walked forwards and back with the chapter's numbers", { timeout: 60_000 }, async () => {
  await using opened = await openPage("#/descent", still);
  const { page } = opened;
  const text = page.locator(".descent-graph-text");
  const next = page.getByRole("button", { name: "Next step" });
  const expected = [
    "x1 = w · x = 6",
    "x2 = x1 + b = 7",
    "loss = |y_true − x2| = 3",
    "grad(loss, x2) = 1",
    "grad(x2, x1) = 1, and grad(x2, b) = 1",
    "grad(x1, w) = x = 2",
    "grad(loss, w) = 1 · 1 · 2 = 2",
  ];
  await expect.poll(() => text.textContent(), patient).toContain("w = 3, b = 1, x = 2");
  for (const part of expected) {
    await next.click();
    expect(await text.textContent()).toContain(part);
  }
  expect(await next.isDisabled()).toBe(true);
  expect(await page.locator(".descent-edge text").allTextContents()).toEqual(["×3", "×2", "×1", "×1", "×1", "×−1"]);
  // Below the right answer the loss falls when x2 grows.
  await slider(page, "w").fill("-2");
  await expect.poll(() => text.textContent(), patient).toContain("grad(loss, w) = −1 · 1 · 2 = −2");
  expect(opened.errors).toEqual([]);
});

test("the programs end in what the chapter prints", { timeout: 60_000 }, async () => {
  await using opened = await openPage("#/descent", still);
  const { page } = opened;
  const code = page.locator(".descent-example code");
  await expect.poll(() => code.first().textContent(), patient).toContain("// => 2.0");
  const all = (await code.allTextContents()).join("\n");
  expect(all).toContain("[[2. 2.]");
  expect(all).toContain("speed; // => 19.6");
  expect(all).toContain("outer.gradient(speed, time); // => 9.8");
  expect(opened.errors).toEqual([]);
});
