/** Page 2 in a browser: each tensor says what it is, slices are computed and seen, and mistakes are named. */
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { usePages } from "./openPage.ts";

const openPage = usePages();

/** The figure whose slice's code begins with the tensor's name. */
const figureOf = (page: Page, name: string): Locator =>
  page.locator(".figure", { has: page.locator("code", { hasText: new RegExp(`^${name}\\.slice`) }) });

/** The attributes in the order of the list: those of the whole, then those of the slice. */
const factsOf = (figure: Locator): Promise<string[]> => figure.locator(".tensors-facts dd").allTextContents();

/** The worker starts first, on a machine that may be busy. */
const patient = { timeout: 20_000 };

const axis = (figure: Locator, number: number): Locator => figure.getByLabel(new RegExp(`^${number}: `));

test("tensors of rank 0 to 5 tell their number of axes, shape, dtype and bytes", async () => {
  await using opened = await openPage("#/tensors");
  const { page, errors } = opened;
  const expected = [
    ["0", "[]", "float32", "4 bytes"],
    ["1", "[5]", "float32", "20 bytes"],
    ["2", "[3, 5]", "float32", "60 bytes"],
    ["3", "[250, 390, 3]", "float32", "1,170,000 bytes"],
    ["3", "[3, 280, 128]", "uint8", "107,520 bytes"],
    ["4", "[3, 120, 160, 3]", "uint8", "172,800 bytes"],
    ["5", "[2, 24, 54, 72, 3]", "uint8", "559,872 bytes"],
  ];
  for (const [i, name] of ["x", "v", "m", "prices", "tweets", "images", "films"].entries()) {
    const facts = page.locator(`.tensors-facts[aria-label="Attributes of ${name}"] dd`);
    await expect.poll(() => facts.allTextContents(), patient).toEqual(expected[i]);
  }
  await page.getByLabel("A number", { exact: true }).fill("0.1");
  await page.getByText("x.toString(); // 0.1").waitFor();
  await page.getByLabel("A number", { exact: true }).fill("much");
  await page.getByText("Type one number, such as 12 or -0.1.").waitFor();
  expect(errors).toEqual([]);
});

test("a slice is computed as typed and marked in the cells; the library's error text is shown", async () => {
  await using opened = await openPage("#/tensors");
  const { page, errors } = opened;
  const figure = figureOf(page, "m");
  const code = figure.locator("pre");
  await axis(figure, 0).fill("[null, null, -2]");
  await axis(figure, 1).fill("-1");
  await expect.poll(() => code.textContent(), patient).toBe("m.slice([null, null, -2], -1);\n// [2. 0.]");
  expect(await figure.locator("td.is-taken").allTextContents()).toEqual(["0", "2"]);
  await axis(figure, 1).fill("7");
  await figure
    .getByText("slice: index 7 is outside axis 1 of size 5, got float32[3,5]. Use an integer from -5 to 4.")
    .waitFor();
  await axis(figure, 1).fill("every");
  await figure.getByText("Write a number, [start, end], [start, end, step] or null.").waitFor();
  await figure.getByRole("button", { name: "A column" }).click();
  await expect.poll(() => code.textContent(), patient).toBe("m.slice(null, 1);\n// [78. 79. 80.]");
  // Other numbers in the vector.
  await page.getByLabel("Up to 12 numbers").fill("1.5, 2, 3, 4");
  await expect
    .poll(() => figureOf(page, "v").locator("pre").textContent(), patient)
    .toBe("v.slice([1, 4]);\n// [2. 3. 4.]");
  expect(errors).toEqual([]);
});

test("the reader's own text becomes a one-hot matrix", async () => {
  await using opened = await openPage("#/tensors");
  const { page, errors } = opened;
  const figure = figureOf(page, "tweets");
  await page.getByLabel("Your tweet").fill("aba 가");
  await figure.getByText("5 of 280 characters. Not in ASCII, so rows of zeros: 1.").waitFor();
  await axis(figure, 1).fill("[0, 5]");
  await axis(figure, 2).fill("[97, 99]");
  await expect
    .poll(() => figure.locator("pre").textContent(), patient)
    .toBe("tweets.slice(2, [0, 5], [97, 99]);\n// [[1 0]\n//  [0 1]\n//  [1 0]\n//  [0 0]\n//  [0 0]]");
  expect(errors).toEqual([]);
});

test("a picture is picked, sliced by hand, and replaced by the reader's own", async () => {
  await using opened = await openPage("#/tensors");
  const { page, errors } = opened;
  const figure = figureOf(page, "images");
  await figure.getByRole("button", { name: "0 Dusk" }).click();
  await expect.poll(() => axis(figure, 0).inputValue(), patient).toBe("0");
  const frame = figure.locator(".tensors-frame");
  await frame.scrollIntoViewIfNeeded();
  const box = await frame.boundingBox();
  if (box === null) throw new Error("There is no picture.");
  await page.mouse.move(box.x + box.width * 0.251, box.y + box.height * 0.251);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.749, box.y + box.height * 0.499, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => figure.locator("pre").textContent(), patient).toBe("images.slice(0, [30, 60], [40, 120]);");
  await expect
    .poll(async () => (await factsOf(figure)).slice(4), patient)
    .toEqual(["3", "[30, 80, 3]", "uint8", "7,200 bytes"]);
  const result = figure.locator("canvas.tensors-result");
  expect([await result.getAttribute("width"), await result.getAttribute("height")]).toEqual(["80", "30"]);
  // One red pixel as a file, scaled to the whole picture.
  const input = figure.locator("input[type=file]");
  await input.setInputFiles({ name: "poem.png", mimeType: "image/png", buffer: Buffer.from("Roses are red") });
  await figure.getByText("This file could not be read as a picture.").waitFor();
  const png = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 8;
    canvas.height = 6;
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.fillStyle = "rgb(250, 20, 30)";
    context.fillRect(0, 0, 8, 6);
    return canvas.toDataURL().split(",")[1] ?? "";
  });
  await input.setInputFiles({ name: "red.png", mimeType: "image/png", buffer: Buffer.from(png, "base64") });
  await expect.poll(async () => (await factsOf(figure))[1], patient).toBe("[4, 120, 160, 3]");
  await expect
    .poll(
      () =>
        result.evaluate((canvas: HTMLCanvasElement) => [
          ...(canvas.getContext("2d")?.getImageData(0, 0, 1, 1).data ?? []),
        ]),
      patient,
    )
    .toEqual([250, 20, 30, 255]);
  expect(errors).toEqual([]);
});

test("a finger draws the slice on the picture, and the page stays where it is", async () => {
  await using opened = await openPage("#/tensors", {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  const { page, errors } = opened;
  const figure = figureOf(page, "images");
  const frame = figure.locator(".tensors-frame");
  await frame.waitFor();
  await frame.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const before = await page.evaluate(() => scrollY);
  const box = await frame.boundingBox();
  if (box === null) throw new Error("There is no picture.");
  const touch = await page.context().newCDPSession(page);
  const at = (x: number, y: number) => ({ touchPoints: [{ x: box.x + box.width * x, y: box.y + box.height * y }] });
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", ...at(0.502, 0.126) });
  // Mostly upwards or downwards, as one scrolls.
  for (const y of [0.3, 0.5, 0.7, 0.874])
    await touch.send("Input.dispatchTouchEvent", { type: "touchMove", ...at(0.502 + y / 8, y) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await expect.poll(() => figure.locator("pre").textContent(), patient).toBe("images.slice(1, [15, 105], [80, 98]);");
  expect(await page.evaluate(() => scrollY)).toBe(before);
  expect(errors).toEqual([]);
});

test("a film is cut and played", async () => {
  await using opened = await openPage("#/tensors");
  const { page, errors } = opened;
  const figure = figureOf(page, "films");
  await axis(figure, 1).fill("[0, 24, 6]");
  await expect
    .poll(() => figure.locator(".tensors-strip li.is-taken span").allTextContents(), patient)
    .toEqual(["0", "6", "12", "18"]);
  await expect.poll(async () => (await factsOf(figure))[5], patient).toBe("[4, 54, 72, 3]");
  const frame = figure.getByLabel("Frame of the slice");
  expect(await frame.getAttribute("max")).toBe("3");
  await figure.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => frame.inputValue(), patient).not.toBe("0");
  await figure.getByRole("button", { name: "Stop" }).click();
  await figure.getByRole("button", { name: "A still" }).click();
  await frame.waitFor({ state: "detached" });
  expect(errors).toEqual([]);
});

test("a lost worker is said, and what was typed meanwhile is computed after the restart", async () => {
  await using opened = await openPage("#/tensors", {
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
  const { page, errors } = opened;
  const figure = figureOf(page, "m");
  await expect.poll(() => figure.locator("pre").textContent(), patient).toContain("79.");
  await page.evaluate(() => {
    const { kept } = globalThis as unknown as { kept: Worker[] };
    kept[0]?.dispatchEvent(new ErrorEvent("error", { message: "out of memory" }));
  });
  await page.getByText(/^The background computation has ended: out of memory\./).waitFor();
  await axis(figure, 0).fill("2");
  await axis(figure, 1).fill("4");
  await page.getByRole("button", { name: "Restart" }).click();
  await expect.poll(() => figure.locator("pre").textContent(), patient).toBe("m.slice(2, 4);\n// 2.0");
  expect(errors).toEqual([]);
});
