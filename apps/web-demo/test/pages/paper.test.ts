/** Page 4 in a browser: the networks learn, training and depth are scrubbed, and it goes without WebGL. */
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { usePages } from "./openPage.ts";

const openPage = usePages();
const patient = 60_000;

const slider = (figure: Locator, name: string) => figure.getByRole("slider", { name, exact: true });

async function accuracyOf(page: Page, figure: string): Promise<number> {
  return Number.parseFloat((await page.locator(`${figure} dd`).nth(2).textContent()) ?? "");
}

/** What the pixels of a figure's canvas are. */
function pictureOf(page: Page, canvas: string): Promise<string> {
  return page
    .locator(canvas)
    .first()
    .screenshot()
    .then((picture) => picture.toString("base64"));
}

test("the ball is told apart, and training and depth are scrubbed", { timeout: patient }, async () => {
  await using opened = await openPage("#/paper-ball", { reducedMotion: "reduce" });
  const { page } = opened;
  const ball = page.locator(".paper-ball");
  await ball.getByRole("button", { name: "Train (paper ball)" }).click();
  await ball.getByRole("button", { name: "Train more" }).waitFor({ timeout: patient });
  expect(await accuracyOf(page, ".paper-ball")).toBeGreaterThan(90);
  const before = await pictureOf(page, ".paper-window canvas");
  await ball.getByRole("button", { name: "After layer 4" }).click();
  expect(await slider(ball, "Depth").inputValue()).toBe("4");
  await expect.poll(() => pictureOf(page, ".paper-window canvas"), { timeout: 20_000 }).not.toBe(before);
  await slider(ball, "Training").fill("0");
  expect(await ball.locator("dd").first().textContent()).toBe("0");
  expect(await accuracyOf(page, ".paper-ball")).toBeLessThan(80);
  await slider(ball, "Layers").fill("2");
  await expect.poll(() => ball.locator(".paper-layers li").count(), { timeout: 20_000 }).toBe(3);
  expect(opened.errors).toEqual([]);
});

test("training is held, and goes on", { timeout: patient }, async () => {
  await using opened = await openPage("#/paper-ball");
  const { page } = opened;
  const ball = page.locator(".paper-ball");
  const step = async (): Promise<number> => Number(await ball.locator("dd").first().textContent());
  await ball.getByRole("button", { name: "Train (paper ball)" }).click();
  await expect.poll(step, { timeout: 20_000 }).toBeGreaterThan(0);
  await ball.getByRole("button", { name: "Pause (paper ball)" }).click();
  const held = await step();
  await ball.getByRole("button", { name: "Train more" }).click();
  await expect.poll(step, { timeout: 20_000 }).toBeGreaterThan(held);
  await ball.getByRole("button", { name: "Pause (paper ball)" }).click();
  // A drag turns the ball, so do the sliders.
  const turn = await slider(ball, "Turn").inputValue();
  await page.locator(".paper-window").hover();
  await page.mouse.down();
  await page.mouse.move(300, 300, { steps: 3 });
  await page.mouse.up();
  expect(await slider(ball, "Turn").inputValue()).not.toBe(turn);
  expect(opened.errors).toEqual([]);
});

test("the spiral is pulled apart", { timeout: patient }, async () => {
  await using opened = await openPage("#/paper-ball");
  const { page } = opened;
  const spiral = page.locator(".paper-spiral");
  const before = await pictureOf(page, ".paper-spiral canvas");
  await spiral.getByRole("button", { name: "Train (spiral)" }).click();
  await spiral.getByRole("button", { name: "Train more" }).waitFor({ timeout: patient });
  expect(await accuracyOf(page, ".paper-spiral")).toBeGreaterThan(97);
  expect(await pictureOf(page, ".paper-spiral canvas")).not.toBe(before);
  await slider(spiral, "Turns").fill("2");
  await expect.poll(() => spiral.locator("dd").first().textContent(), { timeout: 20_000 }).toBe("0");
  expect(opened.errors).toEqual([]);
});

test("without WebGL a sentence says so, and the page goes on", { timeout: patient }, async () => {
  await using opened = await openPage("#/paper-ball", {
    before: () => {
      const original = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
        return kind.startsWith("webgl") ? null : Reflect.apply(original, this, [kind, ...rest]);
      } as typeof original;
    },
  });
  const { page } = opened;
  await page.getByText(/^This browser has no WebGL/).waitFor();
  const before = await pictureOf(page, ".paper-window canvas");
  await slider(page.locator(".paper-ball"), "Turn").fill("120");
  await expect.poll(() => pictureOf(page, ".paper-window canvas"), { timeout: 20_000 }).not.toBe(before);
  expect(opened.errors).toEqual([]);
});
