/** `crease inspect` as a process: what it says of a model, its weights and its picture. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Variable } from "@crease/tensor";
import { expect, test } from "vitest";
import { weightFacts } from "../src/weightFacts.ts";
import { temporaryFolder } from "./runCrease.ts";
import { trainedRuns } from "./trainedRuns.ts";

const crease = trainedRuns({
  digits: ["mnist", "--limit", "300", "--epochs", "1", "--units", "16"],
  prices: ["houses.csv", "--target", "price", "--epochs", "2", "--model", "8 relu, batchnorm, 1 linear"],
});

test("shows layers, training and the spread of weights in 80 columns", async () => {
  const { code, stdout } = await crease("inspect", "digits");
  expect(code).toBe(0);
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  expect(stdout).toMatch(/^digits\/model\.keras\n/);
  expect(stdout).toContain("takes       784 numbers, images of 28 x 28 x 1");
  expect(stdout).toContain("predicts    one of 10 classes");
  expect(stdout).toContain("parameters  12,730");
  expect(stdout).toContain("training    1 epochs, batches of 128, rmsprop, sparseCategoricalCrossentropy");
  expect(stdout).toContain("layers.0.kernel float32 [784,16]");
  expect(stdout).toMatch(/-0\.\d{4} [ ▁▂▃▄▅▆▇█]{24} 0\.\d{4} +mean -?\S+ ± 0\.\d{4}/);
});

test("gives programs the same, and tells trained weights from others", async () => {
  const { stdout } = await crease("inspect", "prices", "--json");
  const { parameters, trainable, weights, data, task } = JSON.parse(stdout);
  expect({ parameters, trainable, data }).toEqual({
    parameters: 40 + 32 + 9,
    trainable: 40 + 16 + 9,
    data: "houses.csv",
  });
  expect(task).toMatchObject({ kind: "numbers" });
  for (const { count, histogram, shape } of weights) {
    expect(shape.reduce((a: number, b: number) => a * b, 1)).toBe(count);
    expect(histogram.reduce((a: number, b: number) => a + b, 0)).toBe(count);
  }
});

test("draws the layers as SVG, in a file or on stdout", async () => {
  const file = join(await temporaryFolder(), "model.svg");
  const written = await crease("inspect", "digits/model.keras", "--svg", file);
  expect(written).toMatchObject({ code: 0, stderr: `The picture is in ${file}.\n` });
  const shown = await crease("inspect", "digits", "--svg", "-");
  expect(shown.stdout).toBe(await readFile(file, "utf8"));
  expect(shown.stdout).toMatch(/^<svg .*<\/svg>\n$/s);
});

test("refuses what is no model", async () => {
  const ends = await Promise.all([
    crease("inspect"),
    crease("inspect", "digits", "prices"),
    crease("inspect", "digits", "--svg", "picture.png"),
    crease("inspect", "digits", "--svg", "houses.csv/picture.svg"),
    crease("inspect", "houses.csv"),
  ]);
  expect(ends.map(({ code }) => code)).toEqual([2, 2, 2, 3, 2]);
  for (const { stdout, stderr } of ends)
    expect([stdout, stderr]).toEqual(["", expect.stringMatching(/^crease: .*\.\n$/)]);
});

test("counts each number once, also where all are equal or none is finite", async () => {
  const facts = async (values: number[]): Promise<unknown> => weightFacts("w", new Variable(values), 4);
  expect(await facts([0, 1, 2, 3, 4, 4])).toMatchObject({ least: 0, most: 4, zeros: 1, histogram: [1, 1, 1, 3] });
  expect(await facts([7, 7])).toMatchObject({ mean: 7, stddev: 0, histogram: [0, 0, 2, 0] });
  expect(await facts([Number.NaN, Number.POSITIVE_INFINITY])).toMatchObject({
    least: null,
    notFinite: 2,
    histogram: [],
  });
});
