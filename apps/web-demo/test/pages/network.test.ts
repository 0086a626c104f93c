/** Page 1 in a browser: the network learns, is steered, reads what is drawn, is saved and loaded, and says what goes wrong. */
import { buffer } from "node:stream/consumers";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { usePages } from "./openPage.ts";

const openPage = usePages();
const patient = 180_000;

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });

/** The number that stands under a name. */
async function numberOf(page: Page, name: string): Promise<number> {
  const text = await page
    .locator(".network-numbers div", { has: page.getByText(name, { exact: true }) })
    .locator("dd")
    .textContent();
  return Number(text?.replaceAll(/[^\d.]/g, "") || Number.NaN);
}

/** Waits until MNIST is there, which makes starting possible. */
async function whenReady(page: Page): Promise<void> {
  await page.locator(".network-picker button").first().waitFor({ timeout: patient });
}

async function draw(page: Page, points: readonly (readonly [x: number, y: number])[]): Promise<void> {
  const pad = page.locator(".network-pad");
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error("There is no pad.");
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  const [first, ...rest] = points;
  if (first === undefined) return;
  await page.mouse.move(...at(first));
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...at(point), { steps: 6 });
  await page.mouse.up();
}

test("two epochs on wasm reach 95 % on the test digits; a drawn digit and a picked one are read", {
  timeout: patient,
}, async () => {
  await using opened = await openPage("#/first-network?epochs=2&backend=wasm");
  const { page } = opened;
  await whenReady(page);
  await button(page, "Start").click();
  // A one, drawn while the network learns.
  await draw(page, [
    [0.52, 0.15],
    [0.48, 0.85],
  ]);
  await button(page, "Train 2 more").waitFor({ timeout: patient });
  expect(await numberOf(page, "test accuracy")).toBeGreaterThan(95);
  expect(await numberOf(page, "step")).toBe(469_469);
  await page.getByText(/^It reads 1,/).waitFor();
  const ones = await page.getByRole("img", { name: /^\d+ of 512 units answer/ }).getAttribute("aria-label");
  await page
    .getByRole("button", { name: /^Test digit number \d+, labelled 0$/ })
    .first()
    .press("Enter");
  await page.getByText(/^It reads 0,/).waitFor();
  // A zero wakes other hidden units than a one.
  expect(await page.getByRole("img", { name: /^\d+ of 512 units answer/ }).getAttribute("aria-label")).not.toBe(ones);
  const counts = await page.locator(".network-confusion td").allTextContents();
  const total = counts.slice(1).reduce((sum, text) => sum + Number(text), 0);
  expect(total).toBe(10_000);
  expect(await page.locator(".network-wrong button").count()).toBe(12);
  // A wrong digit goes onto the pad, and is read as the figure says.
  const [, label, predicted] =
    /(\d) read as (\d)/.exec((await page.locator(".network-wrong button").first().getAttribute("aria-label")) ?? "") ??
    [];
  await page.locator(".network-wrong button").first().click();
  await page.getByText(new RegExp(`^It reads ${predicted},`)).waitFor();
  expect(await page.locator(".network-pad svg").getAttribute("aria-label")).toContain(`labelled ${label}`);
  expect(opened.errors).toEqual([]);
});

test("a run is stepped, held, resumed and reset; the settings are held with it", { timeout: patient }, async () => {
  await using opened = await openPage("#/first-network?units=16&epochs=50&backend=wasm");
  const { page } = opened;
  await whenReady(page);
  await button(page, "One step").click();
  await button(page, "Go on").waitFor();
  expect(await page.getByLabel("Hidden units").isDisabled()).toBe(true);
  await button(page, "One step").click();
  await expect.poll(() => numberOf(page, "step"), { timeout: patient }).toBe(2469);
  await button(page, "Go on").click();
  await expect.poll(() => numberOf(page, "step"), { timeout: patient }).toBeGreaterThan(3469);
  await button(page, "Pause").click();
  await button(page, "Go on").waitFor();
  // The step under way still ends, and what it gave is judged.
  await page.waitForTimeout(500);
  const held = await numberOf(page, "step");
  await page.waitForTimeout(500);
  expect(await numberOf(page, "step")).toBe(held);
  await button(page, "Reset").click();
  await button(page, "Start").waitFor();
  expect(await page.getByLabel("Hidden units").isDisabled()).toBe(false);
  expect(await page.getByText("There is no network yet").count()).toBe(1);
  // It goes on from nothing.
  await button(page, "One step").click();
  await expect.poll(() => numberOf(page, "step"), { timeout: patient }).toBe(1469);
  expect(opened.errors).toEqual([]);
});

test("the program follows the settings, numbers are checked, and a link brings them back", async () => {
  await using opened = await openPage("", { permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = opened;
  const code = page.locator(".code code");
  await page.getByLabel("Hidden units").fill("77");
  await page.getByLabel("Optimizer").selectOption("adam");
  await page.getByLabel("Activation").selectOption("tanh");
  expect(await code.textContent()).toContain('new Dense(77, { activation: "tanh" })');
  expect(await code.textContent()).toContain("new Adam({ learningRate: 0.001 })");
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code.textContent());
  await button(page, "Copy a link to these settings").click();
  await page.getByText("The link is copied.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.getByLabel("Hidden units").fill("7.5");
  await page.getByText("Type a whole number from 1 to 4096.").waitFor();
  expect(await button(page, "Start").isDisabled()).toBe(true);
  await page.goto(link);
  await page.reload();
  await expect.poll(() => page.getByLabel("Hidden units").inputValue()).toBe("77");
  expect(await page.getByLabel("Activation").inputValue()).toBe("tanh");
  expect(opened.errors).toEqual([]);
});

test("a link that cannot be meant says so, and the page goes on", async () => {
  await using opened = await openPage("#/first-network?units=abc&colour=red&epochs=3");
  const { page } = opened;
  await page.getByText("The address asks for units = “abc”, which cannot be. 512 is used instead.").waitFor();
  await page.getByText("The address asks for “colour”, which this page does not know.").waitFor();
  expect(await page.getByLabel("Epochs").inputValue()).toBe("3");
  expect(opened.errors).toEqual([]);
});

test("a network is saved and loaded; a file that is none is refused in words", { timeout: patient }, async () => {
  await using opened = await openPage("#/first-network?units=32&epochs=1&activation=tanh&backend=wasm");
  const { page } = opened;
  await whenReady(page);
  await button(page, "Start").click();
  await button(page, "Train 1 more").waitFor({ timeout: patient });
  const accuracy = await numberOf(page, "test accuracy");
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Save the network").click()]);
  expect(download.suggestedFilename()).toBe("digits.keras");
  const file = await buffer(await download.createReadStream());
  await page.reload();
  await whenReady(page);
  const input = page.locator("input[type=file]");
  await input.setInputFiles({ name: "poem.keras", mimeType: "text/plain", buffer: Buffer.from("Roses are red") });
  await page
    .getByText(/^This file could not be loaded, and the network is as it was\. .+ neither a \.keras nor/)
    .waitFor();
  await input.setInputFiles({ name: "digits.keras", mimeType: "application/zip", buffer: file });
  await page.getByText(/^The network from the file is here, with 32 hidden units\./).waitFor({ timeout: patient });
  expect(await numberOf(page, "test accuracy")).toBe(accuracy);
  expect(await page.getByLabel("Activation").inputValue()).toBe("tanh");
  await page
    .getByRole("button", { name: /^Test digit number \d+, labelled 1$/ })
    .first()
    .click();
  await page.getByText(/^It reads 1,/).waitFor();
  expect(opened.errors).toEqual([]);
});

test("a lost worker is said, and started again", { timeout: patient }, async () => {
  await using opened = await openPage("#/first-network?units=16&epochs=1&backend=wasm", {
    before: () => {
      const kept: Worker[] = [];
      const Original = Worker;
      Object.assign(globalThis, { kept });
      globalThis.Worker = class extends Original {
        constructor(...given: ConstructorParameters<typeof Worker>) {
          super(...given);
          kept.push(this);
        }
      };
    },
  });
  const { page } = opened;
  await whenReady(page);
  await button(page, "Start").click();
  await page.evaluate(() => {
    const { kept } = globalThis as unknown as { kept: Worker[] };
    kept[0]?.dispatchEvent(new ErrorEvent("error", { message: "out of memory" }));
  });
  await page.getByText(/^The background computation has ended: out of memory\./).waitFor();
  await button(page, "Restart").click();
  await whenReady(page);
  await button(page, "One step").click();
  await expect.poll(() => numberOf(page, "step"), { timeout: patient }).toBe(1469);
  expect(opened.errors).toEqual([]);
});

test("a worker that does not answer is said, and started again", { timeout: patient }, async () => {
  await using opened = await openPage("#/first-network?units=16&epochs=1&backend=wasm", {
    before: () => {
      const Original = Worker;
      // The first worker of the page is caught in a loop.
      globalThis.Worker = class extends Original {
        constructor(..._: ConstructorParameters<typeof Worker>) {
          super(URL.createObjectURL(new Blob(["for (;;);"], { type: "text/javascript" })));
          globalThis.Worker = Original;
        }
      };
    },
  });
  const { page } = opened;
  await page.getByText(/^The background computation has not answered/).waitFor({ timeout: patient });
  await button(page, "Restart").click();
  await whenReady(page);
  expect(await page.getByText(/^The background computation/).count()).toBe(0);
  await button(page, "One step").click();
  await expect.poll(() => numberOf(page, "step"), { timeout: patient }).toBe(1469);
  expect(opened.errors).toEqual([]);
});

test("memory that is refused ends the run in words, and a smaller one goes", { timeout: patient }, async () => {
  await using opened = await openPage("#/first-network?units=4096&batchSize=60000&epochs=1&backend=wasm");
  const { page } = opened;
  await whenReady(page);
  await button(page, "Start").click();
  await page.getByText(/^Training has ended early\. Try a smaller batch.+out of memory/).waitFor({ timeout: patient });
  await page.getByLabel("Hidden units").fill("16");
  await page.getByLabel("Batch size").fill("32");
  await button(page, "One step").click();
  await expect.poll(() => numberOf(page, "step"), { timeout: patient }).toBe(11_875);
  expect(opened.errors).toEqual([]);
});

test("without WASM SIMD and WebGL the page says what to choose, and trains in plain TypeScript", {
  timeout: patient,
}, async () => {
  await using opened = await openPage("#/first-network?units=4&batchSize=32", {
    before: () => {
      WebAssembly.validate = () => false;
      Reflect.deleteProperty(globalThis, "OffscreenCanvas");
    },
  });
  const { page } = opened;
  await whenReady(page);
  const backend = page.getByLabel("Computed by");
  expect(await backend.inputValue()).toBe("cpu");
  await backend.selectOption("webgl");
  await page.getByText("This browser has no WebGL for background work").waitFor();
  expect(await button(page, "Start").isDisabled()).toBe(true);
  await backend.selectOption("wasm");
  await page.getByText("This browser has WebAssembly without SIMD").waitFor();
  await backend.selectOption("cpu");
  await button(page, "One step").click();
  await expect.poll(() => numberOf(page, "step"), { timeout: patient }).toBe(11_875);
  expect(opened.errors).toEqual([]);
});

test("served without the headers for threads, it computes on one without an error", { timeout: patient }, async () => {
  await using opened = await openPage("", {}, async (page) => {
    await page.route("**/*", async (route) => {
      const response = await route.fetch();
      const { "cross-origin-opener-policy": _, "cross-origin-embedder-policy": __, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
  });
  const { page } = opened;
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await whenReady(page);
  expect(await page.getByLabel("Computed by").inputValue()).toBe("wasm");
  await page.getByLabel("Computed by").selectOption("wasm-threads");
  await page.getByText("Threads need a page that is cross-origin isolated").waitFor();
  await page.getByLabel("Computed by").selectOption("wasm");
  await button(page, "One step").click();
  await expect.poll(() => numberOf(page, "step"), { timeout: patient }).toBe(1469);
  expect(opened.errors).toEqual([]);
});

test("the first page needs at most 150 kB of JavaScript, compressed, and MNIST at most 12 MB", {
  timeout: patient,
}, async () => {
  const { gzipSync } = await import("node:zlib");
  const scripts: Promise<number>[] = [];
  let digits = 0;
  await using opened = await openPage("", {}, (page) => {
    page.context().on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.endsWith(".js")) scripts.push(response.body().then((body) => gzipSync(body).length));
      if (pathname.endsWith(".gz")) digits += Number(response.headers()["content-length"]);
    });
  });
  await whenReady(opened.page);
  const sizes = await Promise.all(scripts);
  expect(sizes.length).toBeGreaterThan(4);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(150_000);
  expect(digits).toBeGreaterThan(10_000_000);
  expect(digits).toBeLessThanOrEqual(12_000_000);
});
