/** Measures how smooth page 1 is while it trains: frames a second and the longest frame, through requestAnimationFrame. */
import { argv } from "node:process";
import { chromium } from "playwright-core";
import { openDemo } from "./openDemo.ts";

const seconds = 6;
const backends = argv.length > 2 ? argv.slice(2) : ["wasm", "wasm-threads"];

const demo = await openDemo();
const browser = await chromium.connect(demo.endpoint);
for (const backend of backends) {
  const page = await browser.newPage({ locale: "en" });
  await page.goto(`${demo.address}#/first-network?epochs=100&backend=${backend}`);
  await page.locator(".network-picker button").first().waitFor({ timeout: 120_000 });
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.locator(".network-confusion").waitFor({ timeout: 120_000 });
  const frames = await page.evaluate(async (duration) => {
    const times: number[] = [];
    const end = performance.now() + duration;
    while (performance.now() < end) times.push(await new Promise<number>((resolve) => requestAnimationFrame(resolve)));
    return times.slice(1).map((time, i) => time - (times[i] as number));
  }, seconds * 1000);
  const total = frames.reduce((sum, frame) => sum + frame, 0);
  const sorted = [...frames].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(0);
  const speed = await page.locator(".network-numbers dd").nth(3).textContent();
  console.log(
    `${backend}: ${((1000 * frames.length) / total).toFixed(0)} frames/s while training at ${speed} digits/s; frames of ${at(0.5)} ms (median), ${at(0.99)} ms (99 %), ${at(1)} ms (longest)`,
  );
  await page.close();
}
await browser.close();
await demo.close();
