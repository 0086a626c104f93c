/** `crease predict` as a process: pictures of digits as people have them, rows of a CSV, stdin. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { mnist } from "@crease/datasets";
import { encode } from "fast-png";
import { describe, expect, test } from "vitest";
import { digitPixels } from "../src/digitImage.ts";
import { hasTerminals, runCrease, runInTerminal, temporaryFolder } from "./runCrease.ts";
import { trainedRuns } from "./trainedRuns.ts";

const crease = trainedRuns({
  digits: ["mnist", "--limit", "6000", "--epochs", "2", "--units", "128"],
  prices: ["houses.csv", "--target", "price", "--epochs", "2"],
  flowers: ["iris", "--epochs", "3"],
});

/** JPEG files of digits on paper, made by the script beside them. */
const photos = fileURLToPath(new URL("photos", import.meta.url));

/** The first test digits of MNIST. */
async function testDigits(count: number): Promise<{ readonly pixels: Uint8Array; readonly labels: readonly number[] }> {
  const [, [x, y]] = await mnist.loadData();
  return {
    pixels: (await x.slice([0, count]).data()) as Uint8Array,
    labels: Array.from((await y.slice([0, count]).data()) as Uint8Array),
  };
}

/** A page of 220 x 170 with a digit drawn five times as large at one of its sides, in colour where it has channels. */
function page(digit: Uint8Array, channels: 1 | 3 | 4, isDark: boolean): Uint8Array {
  const [width, height, scale] = [220, 170, 5];
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = [Math.floor((x - 70) / scale), Math.floor((y - 10) / scale)];
      const ink = u >= 0 && u < 28 && v >= 0 && v < 28 ? (digit[v * 28 + u] as number) : 0;
      const at = (y * width + x) * channels;
      const value = isDark ? 15 + 0.85 * ink : 240 - 0.85 * ink;
      if (channels === 4) data.set([20, 20, 60, ink], at);
      else data.fill(value, at, at + channels);
    }
  return encode({ width, height, channels, depth: 8, data });
}

describe("digits in PNG files", () => {
  test("are found on light and dark paper, in colour and see-through, wherever they stand", async () => {
    const { pixels, labels } = await testDigits(24);
    const folder = await temporaryFolder();
    for (const [i] of labels.entries()) {
      const digit = pixels.subarray(i * 784, (i + 1) * 784);
      const files = {
        raw: encode({ width: 28, height: 28, channels: 1, depth: 8, data: digit }),
        light: page(digit, 1, false),
        dark: page(digit, 3, true),
        clear: page(digit, 4, false),
      };
      for (const [kind, bytes] of Object.entries(files))
        await writeFile(join(folder, `${kind}-${String(i).padStart(2, "0")}.png`), bytes);
    }
    const { code, stdout } = await crease("predict", "digits", folder, "--json");
    expect(code).toBe(0);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(96);
    for (const kind of ["raw", "light", "dark", "clear"]) {
      const guesses = lines.filter(({ input }) => input.includes(`${kind}-`)).map((line) => Number(line.class));
      // The model itself is right in about nine of ten.
      expect(guesses.filter((guess, i) => guess === labels[i]).length, kind).toBeGreaterThanOrEqual(19);
    }
    const table = await crease("predict", "digits/model.keras", join(folder, "raw-00.png"), "--top", "2");
    expect(table.stdout).toMatch(/^\S+raw-00\.png {2}\d {2}[■·]{10} +[\d.]+% {2}\d [\d.]+%\n$/);
    const csv = await crease("predict", "digits", join(folder, "raw-00.png"), "--csv");
    expect(csv.stdout).toMatch(/^input,prediction,probability,0,1,2,3,4,5,6,7,8,9\n/);
  });

  test.skipIf(!hasTerminals)("are drawn where somebody looks", async () => {
    const folder = await temporaryFolder();
    const { pixels } = await testDigits(1);
    await writeFile(join(folder, "seven.png"), page(pixels, 1, false));
    const model = await temporaryFolder();
    const run = await crease(
      "train",
      "mnist",
      "--limit",
      "300",
      "--epochs",
      "1",
      "--out",
      join(model, "run"),
      "--quiet",
    );
    expect(run.code).toBe(0);
    const { stdout } = await runInTerminal(["predict", join(model, "run"), join(folder, "seven.png")], 80);
    expect(stdout).toContain("█");
    expect(stdout).toMatch(/seven\.png: \d \(\d+%\)/);
  });

  test("are centred by their weight; a page of one shade holds none", async () => {
    const data = new Uint8Array(100 * 50).fill(255);
    for (let y = 2; y < 42; y++) data.fill(0, y * 100 + 90, y * 100 + 94);
    const digit = digitPixels({ width: 100, height: 50, data }) as Float32Array;
    const rows = Array.from({ length: 28 }, (_, y) => digit.slice(y * 28, (y + 1) * 28).reduce((a, b) => a + b, 0));
    // Forty pixels tall and four wide: twenty and two, in the middle.
    expect(rows).toEqual(Array.from({ length: 28 }, (_, y) => (y >= 4 && y < 24 ? 2 : 0)));
    expect([12, 13, 14, 15].map((x) => digit[14 * 28 + x])).toEqual([0, 1, 1, 0]);
    expect(digitPixels({ width: 30, height: 30, data: new Uint8Array(900).fill(200) })).toBeUndefined();
    const folder = await temporaryFolder();
    const blank = join(folder, "blank.png");
    await writeFile(blank, encode({ width: 30, height: 30, channels: 1, depth: 8, data: new Uint8Array(900) }));
    expect(await crease("predict", "digits", blank)).toMatchObject({
      code: 3,
      stdout: "",
      stderr: expect.stringContaining("there is no digit in it, only one shade."),
    });
  });

  test("are not looked for where a run was trained on other images of that size", async () => {
    const folder = await temporaryFolder();
    const shade = (value: number): Uint8Array =>
      encode({ width: 30, height: 30, channels: 1, depth: 8, data: new Uint8Array(900).fill(value) });
    for (const [name, value] of Object.entries({ dark: 20, light: 230 })) {
      await mkdir(join(folder, "shades", name), { recursive: true });
      for (let i = 0; i < 10; i++) await writeFile(join(folder, "shades", name, `${i}.png`), shade(value + i));
    }
    const run = join(folder, "run");
    const like = ["--image-size", "28x28", "--channels", "1", "--epochs", "5", "--out", run, "--quiet"];
    expect(await crease("train", join(folder, "shades"), ...like)).toMatchObject({ code: 0 });
    const { stdout } = await crease("predict", run, join(folder, "shades", "light", "3.png"), "--json");
    expect(JSON.parse(stdout)).toMatchObject({ class: "light" });
  });

  test("come through stdin", async () => {
    const { pixels } = await testDigits(1);
    const folder = await temporaryFolder();
    const run = await crease(
      "train",
      "mnist",
      "--limit",
      "300",
      "--epochs",
      "1",
      "--out",
      join(folder, "run"),
      "--quiet",
    );
    expect(run.code).toBe(0);
    const inputs = [page(pixels, 1, false), await readFile(join(photos, "seven.jpg"))];
    const ends = await Promise.all(
      inputs.map((input) => runCrease(["predict", join(folder, "run"), "-", "--json"], { input })),
    );
    for (const { code, stdout } of ends) {
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ input: "stdin", class: expect.stringMatching(/^\d$/) });
    }
  });
});

test("digits are found in JPEG files: colour, progressive, grey, with another ending", async () => {
  const { code, stdout } = await crease("predict", "digits", photos, "--json");
  expect(code).toBe(0);
  const guesses = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))
    .map(({ input, class: guess }) => [basename(input), guess]);
  expect(Object.fromEntries(guesses)).toEqual({ "one.JPEG": "1", "seven.jpg": "7", "two.jpg": "2", "zero.jpg": "0" });
});

test("rows mean what they meant in training: the run's encoding, no target needed, columns by name", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "new.csv");
  await writeFile(file, "\ufeffcolour,size\r\nred,60\r\nblue,60\r\nred,60\r\n");
  const { code, stdout } = await crease("predict", "prices", file, "--csv");
  expect(code).toBe(0);
  const [header, ...rows] = stdout.trimEnd().split("\n");
  expect(header).toBe("input,prediction");
  const values = rows.map((row) => Number(row.split(",")[1]));
  expect(values).toHaveLength(3);
  expect(values[0]).toBe(values[2]);
  expect(values[0]).not.toBe(values[1]);
  const plain = join(folder, "plain.csv");
  await writeFile(plain, "a,b,c,d\n5.1,3.5,1.4,0.2\n6.3,3.3,6,2.5\n");
  const flowers = await crease("predict", "flowers", plain, "--json");
  expect(
    flowers.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).class),
  ).toEqual([expect.stringMatching(/setosa/), expect.stringMatching(/virginica|versicolor/)]);
});

test("refuses what the model does not take", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "bad.csv"), "size,colour\nmany,red\n");
  await writeFile(join(folder, "empty.csv"), "size,colour\n");
  await writeFile(join(folder, "no.png"), "no picture");
  const bad = (name: string): string => join(folder, name);
  const refusals: readonly (readonly [args: readonly string[], code: number, text: string])[] = [
    [["digits"], 2, "predict from what?"],
    [["digits", "nowhere.png"], 3, "nowhere.png: there is no such file or folder."],
    [["digits", "houses.csv"], 2, "was trained on images. Give it .png or .jpg files."],
    [["digits", bad("no.png")], 3, "no.png"],
    [["prices", bad("bad.csv")], 3, "many"],
    [["prices", bad("empty.csv")], 3, "."],
    [["prices", bad("no.png")], 2, "takes no images but [4]. Give it a CSV."],
    [["flowers", "houses.csv"], 2, "takes 4 numbers in a row, and the CSV has 3 columns: size, colour, price."],
    [["digits", "digits/config.json"], 2, "is of no kind to predict from (.json)."],
    [["prices", "houses.csv", bad("no.png")], 2, "predict takes images, or one CSV"],
    [["prices", "houses.csv", "--json", "--csv"], 2, "two forms of one output"],
  ];
  const ends = await Promise.all(refusals.map(([args]) => crease("predict", ...args)));
  ends.forEach(({ code, stdout, stderr }, i) => {
    const [, expected, text] = refusals[i] as (typeof refusals)[number];
    expect(stderr).toContain(text);
    expect(stderr).toMatch(/^crease: .*\.\n$/);
    expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
  });
});
