/** Page 3 in a browser: operations follow what is typed, and the plane follows its arrows. */
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { usePages } from "./openPage.ts";

const openPage = usePages();

/** The figure under a heading. */
const figureUnder = (page: Page, heading: string): Locator =>
  page.locator(`h2:text-is("${heading}") ~ .figure`).first();

/** What is seen of an element, as a text that changes with it. */
const looksOf = async (element: Locator): Promise<string> => (await element.screenshot()).toString("base64");

/** The worker starts first, on a machine that may be busy. */
const patient = { timeout: 20_000 };

test("elementwise operations follow the numbers and the choice", async () => {
  await using opened = await openPage("#/operations");
  const { page, errors } = opened;
  const figure = figureUnder(page, "Element by element");
  const code = figure.locator("pre");
  await expect.poll(() => code.textContent(), patient).toBe("a.add(b);\n// [[11. 18. 33.]\n//  [-3.  6. -5.]]");
  await figure.getByLabel("a, row 0, column 1").fill("2.5");
  await expect.poll(() => code.textContent(), patient).toContain("22.5");
  await figure.getByLabel("a, row 0, column 1").fill("-");
  expect(await figure.getByLabel("a, row 0, column 1").getAttribute("aria-invalid")).toBe("true");
  await figure.getByLabel("relu").check({ force: true });
  await expect.poll(() => code.textContent(), patient).toBe("a.relu();\n// [[1.  2.5 3. ]\n//  [0.  5.  0. ]]");
  expect(await figure.locator("td.is-hot").allTextContents()).toEqual(["0", "0"]);
  expect(errors).toEqual([]);
});

test("shapes meet axis by axis, and the library says where they do not fit", async () => {
  await using opened = await openPage("#/operations");
  const { page, errors } = opened;
  const figure = figureUnder(page, "Broadcasting");
  await figure.getByLabel("Shape of a").fill("2, 1, 4");
  await figure.getByLabel("Shape of b").fill("[3, 1]");
  await expect.poll(() => figure.locator("tbody tr").nth(2).textContent(), patient).toBe("a + b234");
  expect(await figure.locator(".operations-verdicts td").allTextContents()).toEqual([
    "",
    "b gets a new axis, repeated 2 times",
    "a is repeated 3 times",
    "b is repeated 4 times",
  ]);
  await expect.poll(() => figure.locator("pre").textContent(), patient).toContain("// [2, 3, 4]");
  await figure.getByLabel("Shape of b").fill("[3, 5]");
  await figure.getByText(/^ShapeError: add: .+ int32\[2,1,4\] and int32\[3,5\]\..+/).waitFor();
  expect(await figure.locator("td.is-clash").first().textContent()).toBe("4");
  await figure.getByLabel("Shape of b").fill("three");
  await figure.getByText("Type whole numbers with commas").waitFor();
  await figure.getByLabel("Shape of b").fill("[1000, 1000, 4]");
  await figure.getByText("That is more than a million elements.").waitFor();
  await figure.getByRole("button", { name: "[3, 1] + [1, 5]" }).click();
  await figure.locator(".operations-grid").last().waitFor();
  const sums = await figure.locator(".operations-grid").last().locator("td").allTextContents();
  expect(sums).toEqual([0, 1, 2].flatMap((row) => [0, 1, 2, 3, 4].map((column) => String(row + 10 * column))));
  expect(errors).toEqual([]);
});

test("the dot product is stepped, picked and played", async () => {
  await using opened = await openPage("#/operations");
  const { page, errors } = opened;
  const figure = figureUnder(page, "The dot product");
  const numbers = async (selector: string): Promise<number[]> =>
    (await figure.locator(`${selector} td`).allTextContents()).map((text) => Number(text.replace("−", "-")));
  const value = async (): Promise<number> =>
    Number((await figure.locator(".operations-parts strong").textContent())?.replace("−", "-").replace("=", ""));
  await figure.getByLabel("Columns of a, rows of b").fill("3");
  await expect.poll(() => figure.locator(".operations-dot-a p").textContent(), patient).toBe("a [3, 3]");
  const [a, b] = [await numbers(".operations-dot-a"), await numbers(".operations-dot-b")];
  const dot = (row: number, column: number): number =>
    [0, 1, 2].reduce((sum, k) => sum + (a[3 * row + k] ?? 0) * (b[3 * k + column] ?? 0), 0);
  await figure.getByRole("button", { name: "Next" }).click();
  await figure.getByText("Row 0 of a times column 1 of b:").waitFor();
  expect(await value()).toBe(dot(0, 1));
  await figure.getByRole("button", { name: "row 2, column 0 of the result" }).click();
  expect(await value()).toBe(dot(2, 0));
  expect(await figure.locator("td.is-first").count()).toBe(3);
  await figure.getByRole("button", { name: "Play" }).click();
  await figure.getByText("Row 2 of a times column 1 of b:").waitFor();
  expect(errors).toEqual([]);
});

test("the matrix's arrows are moved by keyboard, pointer and sliders", async () => {
  await using opened = await openPage("#/operations", { reducedMotion: "reduce" });
  const { page, errors } = opened;
  const figure = figureUnder(page, "What they do to space");
  const code = figure.locator("pre");
  await figure.getByLabel("Rotation").check({ force: true });
  await figure.getByLabel("Angle").fill("90");
  await expect.poll(() => code.textContent(), patient).toContain("[[0, -1], [1, 0]]");
  const x = figure.getByRole("slider", { name: /^x: / });
  expect(await x.getAttribute("aria-valuetext")).toBe("(0.00, 1.00)");
  const before = await looksOf(figure.locator("canvas"));
  await x.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowUp");
  expect(await x.getAttribute("aria-valuetext")).toBe("(0.10, 1.50)");
  expect(await code.textContent()).toContain("[[0.1, -1], [1.5, 0]]");
  expect(await figure.getByLabel("Any affine").isChecked()).toBe(true);
  await expect.poll(() => looksOf(figure.locator("canvas")), patient).not.toBe(before);
  const y = figure.getByRole("slider", { name: /^y: / });
  await y.scrollIntoViewIfNeeded();
  const [box, plane] = [await y.boundingBox(), await figure.locator(".operations-plane").boundingBox()];
  if (box === null || plane === null) throw new Error("There is no handle.");
  const unit = plane.width / 6;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 2 * unit, box.y + box.height / 2 - unit, { steps: 5 });
  await page.mouse.up();
  const [right = 0, up = 0] = ((await y.getAttribute("aria-valuetext")) ?? "").match(/-?[\d.]+/g)?.map(Number) ?? [];
  expect(Math.abs(right - 1)).toBeLessThan(0.05);
  expect(Math.abs(up - 1)).toBeLessThan(0.05);
  await figure.getByLabel("Affine + relu").check({ force: true });
  await expect.poll(() => code.textContent(), patient).toContain(".relu();");
  await figure.getByLabel("b[0]").fill("-1");
  expect(await code.textContent()).toContain("const b = tensor([-1, 0]);");
  await figure.getByLabel("Letter", { exact: true }).check({ force: true });
  await figure.getByLabel("Character").fill("R");
  const letter = await looksOf(figure.locator("canvas"));
  await figure.getByLabel("Picture", { exact: true }).check({ force: true });
  await expect.poll(() => looksOf(figure.locator("canvas")), patient).not.toBe(letter);
  expect(errors).toEqual([]);
});

test("layers without relu are one affine map; with it depth is gone through", async () => {
  await using opened = await openPage("#/operations");
  const { page, errors } = opened;
  const figure = figureUnder(page, "Layer upon layer");
  const depth = figure.getByLabel("Depth");
  await expect.poll(() => depth.getAttribute("max"), patient).toBe("8");
  await figure.getByLabel("Layers", { exact: true }).fill("2");
  await expect.poll(() => depth.getAttribute("max"), patient).toBe("4");
  await depth.fill("4");
  expect(await depth.getAttribute("aria-valuetext")).toBe("layer 2: relu");
  const before = await looksOf(figure.locator("canvas"));
  await figure.getByRole("button", { name: "New weights" }).click();
  await expect.poll(() => looksOf(figure.locator("canvas")), patient).not.toBe(before);
  await figure.getByLabel("relu after each layer").uncheck();
  await figure.getByText(/^Layers: 2\. Together they are one: y = \[\[/).waitFor();
  await expect.poll(() => depth.getAttribute("max"), patient).toBe("2");
  await figure.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => depth.inputValue(), patient).toBe("2");
  await figure.getByRole("button", { name: "Play" }).waitFor();
  expect(errors).toEqual([]);
});

test("on a phone the widest broadcast still fits", async () => {
  await using opened = await openPage("#/operations", { viewport: { width: 360, height: 740 }, hasTouch: true });
  const { page, errors } = opened;
  const figure = figureUnder(page, "Broadcasting");
  await figure.getByLabel("Shape of a").fill("[6, 1]");
  await figure.getByLabel("Shape of b").fill("[8]");
  await expect.poll(() => figure.locator(".operations-grid").last().locator("td").count(), patient).toBe(48);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await figure.getByLabel("Shape of a").fill("[1, 2, 3, 1, 1, 2]");
  await expect.poll(() => figure.locator(".operations-verdicts td").count(), patient).toBe(7);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(errors).toEqual([]);
});
