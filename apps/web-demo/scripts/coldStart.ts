/** Measures how long page 1 takes to be there for a reader who comes for the first time. */
import { chromium } from "playwright-core";
import { browserOptions } from "./openDemo.ts";

/**
 * Milliseconds from the navigation until the page answers, in a browser of its own with nothing in its cache: the
 * heading is there, and a number typed into a setting shows in the code below. MNIST, which comes later, is not waited for.
 */
export async function measureColdStart(address: string): Promise<number> {
  const browser = await chromium.launch(browserOptions());
  try {
    const page = await browser.newPage({ locale: "en" });
    await page.addInitScript(() => {
      const typed = "77";
      const look = (): void => {
        const field = document.querySelector<HTMLInputElement>(".network-settings input:not(:disabled)");
        const code = document.querySelector(".code code")?.textContent ?? "";
        if (field && field.value !== typed) {
          field.value = typed;
          field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
        if (document.querySelector("h1") && code.includes(`Dense(${typed}`))
          Object.assign(globalThis, { usableAfter: performance.now() });
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(address, { waitUntil: "commit" });
    const answer = await page.waitForFunction(() => (globalThis as { usableAfter?: number }).usableAfter);
    return (await answer.jsonValue()) as number;
  } finally {
    await browser.close();
  }
}
