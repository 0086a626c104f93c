/** `crease evaluate` as a process: runs and model files, their own data and others. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCrease, temporaryFolder } from "./runCrease.ts";
import { houses, trainedRuns } from "./trainedRuns.ts";

const crease = trainedRuns({
  digits: ["mnist", "--limit", "400", "--epochs", "2", "--units", "32"],
  prices: ["houses.csv", "--target", "price", "--epochs", "3"],
});

/** What a run's log says of its end. */
async function resultOf(run: string): Promise<{ readonly [name: string]: number }> {
  const { stdout } = await crease("evaluate", run, "--json");
  return JSON.parse(stdout.trimEnd());
}

test("judges a run on its own data as the training did", async () => {
  const { code, stdout } = await crease("evaluate", "digits");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^digits\/model\.keras on 400 test samples of mnist\nwasm on \d+ threads?\n/);
  const matrix = stdout.split("\n").filter((line) => /^ {2}\d /.test(line));
  expect(matrix).toHaveLength(10);
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  const counts = matrix.flatMap((line) => (line.slice(3, 55).match(/\d+/g) ?? []).map(Number));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(400);
  const diagonal = matrix.reduce((sum, line, i) => sum + (Number(line.slice(5 + 5 * i, 10 + 5 * i)) || 0), 0);
  expect(Number(/accuracy +(\S+)/.exec(stdout)?.[1])).toBeCloseTo(diagonal / 400, 4);
});

test("gives programs numbers and classes, also for a model file and the run's best epoch", async () => {
  const own = await resultOf("digits");
  const file = JSON.parse((await crease("evaluate", "digits/model.keras", "mnist", "--limit", "400", "--json")).stdout);
  expect(own).toMatchObject({ event: "result", part: "test", samples: 400, accuracy: expect.any(Number) });
  expect(file.accuracy).toBe(own.accuracy);
  expect(file.classes).toHaveLength(10);
  const best = await crease("evaluate", "digits", "--best", "--metrics", "sparseTopKCategoricalAccuracy", "--json");
  expect(JSON.parse(best.stdout)).toMatchObject({ sparseTopKCategoricalAccuracy: expect.any(Number) });
});

test("reads another CSV with the encoding of the run", async () => {
  const folder = await temporaryFolder();
  const [header = "", ...rows] = houses;
  // Other columns in front, fewer rows, and only one colour: its encoding must not change.
  const red = rows.filter((row) => row.includes("red"));
  const file = join(folder, "red.csv");
  await writeFile(file, [`note,${header}`, ...red.map((row) => `x,${row}`)].join("\n"));
  const { code, stdout } = await crease("evaluate", "prices", file);
  expect(code).toBe(0);
  expect(stdout).toContain("on 20 samples of red.csv");
  const whole = join(folder, "all.csv");
  await writeFile(whole, houses.join("\n"));
  const all = JSON.parse((await crease("evaluate", "prices", whole, "--json")).stdout);
  const parts = await Promise.all(
    ["train", "validation"].map((part) => crease("evaluate", "prices", "--part", part, "--json")),
  );
  const [train, held] = parts.map(({ stdout }) => JSON.parse(stdout));
  expect(all.samples).toBe(train.samples + held.samples);
  const mean = (train.loss * train.samples + held.loss * held.samples) / all.samples;
  expect(all.loss / mean).toBeCloseTo(1, 4);
  await writeFile(file, "size,colour\n3,red");
  expect(await crease("evaluate", "prices", file)).toMatchObject({
    code: 3,
    stdout: "",
    stderr: expect.stringContaining('has no column "price". Judging needs it; to predict it use crease predict.'),
  });
});

test("refuses what does not fit, before and after it looks at files", async () => {
  const refusals: readonly (readonly [args: readonly string[], code: number, text: string])[] = [
    [[], 2, "evaluate what? Give a run such as runs/mnist-1, or a .keras file."],
    [["nowhere"], 3, "there is no such file or folder."],
    [["digits", "--parts", "test"], 2, "unknown option --parts. Did you mean"],
    [["digits", "iris"], 2, "it was built for 784 features and got 4"],
    [["prices", "iris"], 2, "iris has classes to predict, and the model predicts numbers."],
    [["digits", "--part", "validation"], 2, "mnist has no validation samples. It has train and test."],
    [["houses.csv"], 2, "houses.csv is no model."],
    [["digits", "--metrics", "accuracyy"], 2, "accuracyy"],
  ];
  const ends = await Promise.all(refusals.map(([args]) => crease("evaluate", ...args)));
  ends.forEach(({ code, stdout, stderr }, i) => {
    const [, expected, text] = refusals[i] as (typeof refusals)[number];
    expect(stderr).toContain(text);
    expect(stderr).toMatch(/^crease: .*\.\n$/);
    expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
  });
});

test("judges models with layers of the user's own by the module that made them, whole or stopped", async () => {
  const folder = await temporaryFolder();
  const module = join(folder, "model.mjs");
  await writeFile(
    module,
    `export default ({ layers, models, inputShape, outputs }) => {
      class Twice extends layers.Dense {
        static className = "Twice";
        call(x, options) { return super.call(x.mul(2), options); }
      }
      return new models.Sequential([layers.Input({ shape: inputShape }), new Twice(outputs, { activation: "softmax" })]);
    };`,
  );
  const run = join(folder, "run");
  const trained = await crease("train", "iris", "--model", module, "--epochs", "2", "--out", run, "--plain");
  const expected = /test accuracy (\S+)/.exec(trained.stdout)?.[1];
  const whole = await crease("evaluate", run);
  expect(Number(/accuracy +(\S+)/.exec(whole.stdout)?.[1]).toFixed(4)).toBe(expected);
  await rm(join(run, "model.keras"));
  const stopped = await crease("evaluate", run);
  expect(stopped.stdout).toContain("checkpoints/last.safetensors on 30 test samples");
  expect(/accuracy +(\S+)/.exec(stopped.stdout)?.[1]).toBe(/accuracy +(\S+)/.exec(whole.stdout)?.[1]);
  expect(await crease("convert", run, join(folder, "x.keras"))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("classes of its own, so no file holds all of it."),
  });
});

test("says which file is damaged", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "model.keras");
  await writeFile(file, (await readFile(new URL("./runCrease.ts", import.meta.url))).subarray(0, 50));
  expect(await runCrease(["evaluate", file, "mnist"])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("model.keras"),
  });
});
