/** Measures how smooth page 1 is while it trains: through requestAnimationFrame in the page. */
import { chromium } from "playwright-core";
import type { BackendName } from "../src/compute/backendNames.ts";
import type { OpenDemo } from "./openDemo.ts";

/** One value for each window of time. */
export interface Frames {
  /** Frames a second. */
  readonly rates: readonly number[];
  /** The longest time between two frames, in ms. */
  readonly longest: readonly number[];
  /** Digits trained a second, as the page says. */
  readonly trained: readonly number[];
}

/** Trains page 1's own network on a backend and counts frames in windows of some seconds. */
export async function measureFrames(
  { address, endpoint }: OpenDemo,
  backend: BackendName,
  windows: number,
  seconds: number,
): Promise<Frames> {
  const browser = await chromium.connect(endpoint);
  try {
    const page = await browser.newPage({ locale: "en" });
    await page.goto(`${address}#/first-network?epochs=100&backend=${backend}`);
    await page.locator(".network-picker button").first().waitFor({ timeout: 120_000 });
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.locator(".network-confusion").waitFor({ timeout: 120_000 });
    const [rates, longest, trained]: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i < windows; i++) {
      const times = await page.evaluate(async (duration) => {
        const next = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
        const seen = [await next()];
        const end = (seen[0] as number) + duration;
        while ((seen.at(-1) as number) < end) seen.push(await next());
        return seen;
      }, 1000 * seconds);
      const frames = times.slice(1).map((time, at) => time - (times[at] as number));
      rates.push((1000 * frames.length) / ((times.at(-1) as number) - (times[0] as number)));
      longest.push(Math.max(...frames));
      const speed = await page
        .locator(".network-numbers div", { hasText: "digits a second" })
        .locator("dd")
        .textContent();
      trained.push(Number(speed?.replaceAll(/\D/g, "")));
    }
    return { rates, longest, trained };
  } finally {
    await browser.close();
  }
}
