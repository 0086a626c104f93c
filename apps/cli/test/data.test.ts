/** Trainings on all kinds of data and models, by the command. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { disposeElement } from "@crease/datasets";
import { writeNpz } from "@crease/files";
import { Dense, Input } from "@crease/layers";
import { Sequential } from "@crease/models";
import { tensor } from "@crease/tensor";
import { encode } from "fast-png";
import { beforeAll, describe, expect, test } from "vitest";
import { loadCsv } from "../src/data/csvData.ts";
import { dataSets } from "../src/data/dataSets.ts";
import { multiHot } from "../src/data/textSets.ts";
import { runCrease, temporaryFolder } from "./runCrease.ts";

interface Trained {
  readonly start: Record<string, unknown>;
  readonly result: Record<string, number>;
  /** What people are told. */
  readonly talk: string;
  /** `data.json` of the run. */
  readonly data: Record<string, unknown>;
}

/** Trains and returns what it told; fails unless it ends with 0. */
async function train(cwd: string, ...args: string[]): Promise<Trained> {
  const { code, stdout, stderr } = await runCrease(["train", ...args, "--json", "--plain", "--seed", "1"], { cwd });
  expect(code, stderr).toBe(0);
  const events = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const result = events.at(-1);
  return {
    start: events[0],
    result,
    talk: stderr,
    data: JSON.parse(await readFile(join(cwd, result.folder, "data.json"), "utf8")),
  };
}

async function expectRefusal(cwd: string, args: readonly string[], code: number, message: RegExp): Promise<void> {
  const ended = await runCrease(["train", ...args], { cwd });
  expect(ended.stderr).toMatch(message);
  expect(ended.stderr).toMatch(/^crease: .*[.]\n$/);
  expect(ended).toMatchObject({ code, stdout: "" });
}

/** Houses whose price follows from size and town. */
const towns = ["Busan", "Jeju", "Seoul"];
const houses = [
  "id,size,town,garden,price",
  ...Array.from({ length: 400 }, (_, i) => {
    const [size, town] = [40 + ((i * 37) % 160), i % 3];
    return `h${i},${size},${i % 50 === 7 ? "" : towns[town]},${i % 2 === 0 ? "yes" : "no"},${1000 * size * (town + 1)}`;
  }),
].join("\n");

describe("a CSV file", () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await (await import("node:fs/promises")).mkdtemp(join((await import("node:os")).tmpdir(), "crease-cli-"));
    await writeFile(join(cwd, "houses.csv"), houses);
    return () => import("node:fs/promises").then(({ rm }) => rm(cwd, { recursive: true }));
  });

  test.each([1, 2, 3])("counts the rows that are trained on and validated with, by seed %d", async (seed) => {
    const path = join(cwd, "houses.csv");
    const data = await loadCsv({ data: path, target: "price", validationSplit: 0.031, batchSize: 1, seed });
    for (const part of ["train", "validation"] as const) {
      let count = 0;
      for await (const batch of data.batches(part, 1)) {
        disposeElement(batch);
        count++;
      }
      expect(data.counts[part]).toBe(count);
    }
  });

  test("with numbers to predict: columns are shown, outputs are in the target's own units", async () => {
    const { start, result, talk, data } = await train(cwd, "houses.csv", "--target", "price", "--epochs", "30");
    expect(talk).toContain("houses.csv: 400 rows, 5 columns.\n");
    expect(talk).toMatch(/\n {2}size {4}integer: 40 to 199\n/);
    expect(talk).toMatch(/\n {2}town {4}category: 3 values, Busan, Jeju, Seoul, 8 missing\n/);
    expect(talk).toMatch(/\n {2}price {3}integer, the target: 41000 to 594000\n/);
    expect(start).toMatchObject({ loss: "meanSquaredError", metrics: ["meanAbsoluteError"], trainSamples: 320 });
    expect(result.validationMeanAbsoluteError).toBeLessThan(40_000);
    expect(data).toMatchObject({ task: { kind: "numbers", outputs: 1 }, input: { kind: "table" }, inputShape: [5] });
  });

  test("with classes to predict, from some columns", async () => {
    const args = ["houses.csv", "--target", "town", "--features", "size,price", "--epochs", "30"];
    const { start, result, data } = await train(cwd, ...args);
    expect(start).toMatchObject({ loss: "sparseCategoricalCrossentropy", model: "64 relu, 64 relu, 3 softmax" });
    expect(result.validationAccuracy).toBeGreaterThan(0.8);
    expect(data).toMatchObject({ task: { kind: "classes", classes: 3, names: towns }, inputShape: [2] });
  });

  test("with yes and no to predict, without validation", async () => {
    const args = ["houses.csv", "--target", "garden", "--validation-split", "0", "--epochs", "1", "--metrics", "auc"];
    const { start, data } = await train(cwd, ...args);
    expect(start).toMatchObject({
      loss: "binaryCrossentropy",
      validationSamples: 0,
      metrics: ["auc"],
      monitor: "loss",
    });
    expect(data.task).toEqual({ kind: "classes", classes: 2, names: ["false", "true"] });
  });

  test("is refused where it cannot be meant", async () => {
    await writeFile(join(cwd, "empty.csv"), "");
    await writeFile(join(cwd, "torn.csv"), "a,b\n1,2\n3\n");
    await expectRefusal(
      cwd,
      ["houses.csv"],
      2,
      /which column of houses\.csv is to be predicted\? .*: id, size, town, garden, price\./,
    );
    await expectRefusal(cwd, ["houses.csv", "--target", "prise"], 2, /Did you mean "price"\?/);
    await expectRefusal(
      cwd,
      ["houses.csv", "--target", "price", "--limit", "5"],
      2,
      /"limit" does nothing with a CSV file, which takes target, features, task/,
    );
    await expectRefusal(cwd, ["empty.csv", "--target", "a"], 3, /^crease: empty\.csv: it is empty\. Give a CSV/);
    await expectRefusal(cwd, ["torn.csv", "--target", "b"], 3, /^crease: torn\.csv: line 3 .*Add the missing cells/);
    await expectRefusal(cwd, ["none.csv", "--target", "b"], 3, /^crease: none\.csv: there is no such file or folder\./);
  });

  test("as spreadsheets leave it: BOM, CRLF, semicolons, commas in numbers, quotes, missing cells", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i},5;"a ""${i % 3}""; b";${i % 7 === 0 ? "" : i};"${i % 2}"`);
    await writeFile(join(cwd, "sheet.csv"), `\ufeffsize;name;"with, comma";hit\r\n${rows.join("\r\n")}\r\n\r\n`);
    const { talk, start } = await train(cwd, "sheet.csv", "--target", "size", "--epochs", "1");
    expect(talk).toContain("sheet.csv: 40 rows, 4 columns.\n");
    expect(talk).toMatch(/\n {2}size +number, the target: \d+\.5 to 3\d\.5\n/);
    expect(talk).toMatch(/\n {2}name +category: 3 values, a "0"; b, a "1"; b, a "2"; b\n/);
    expect(talk).toMatch(/\n {2}with, comma +integer: \d to 3\d, 6 missing\n/);
    expect(start).toMatchObject({ trainSamples: 32, validationSamples: 8 });
  });

  test("without names its columns are counted", async () => {
    await writeFile(join(cwd, "plain.csv"), Array.from({ length: 20 }, (_, i) => `${i},${i * i}`).join("\n"));
    const { talk } = await train(cwd, "plain.csv", "--target", "column2", "--epochs", "1");
    expect(talk).toContain("plain.csv: 20 rows, 2 columns.\n");
  });

  test("that is broken is refused by its line, with what the command can do about it", async () => {
    const broken: readonly (readonly [text: string, code: number, message: RegExp])[] = [
      ["a,b\n1,2\nx,3\n4,5\n6,7\n8,9\n", 3, /: line 3, column "a": "x" is no number, .*\. Correct the cell\.\n$/],
      ['a,b\n1,"2\n3,4\n', 3, /: line 2, cell 2: the quote is never closed\./],
      ["a,b\n", 3, /: it has a header but no rows\. Add rows\.\n$/],
      ["a,b\n1,2\n", 2, /: validationSplit 0\.2 of 1 row holds (none|all) back\./],
      ["1,2\n3,4\n5,6\n", 2, /: it has no column "b"\. Known names: column1, column2\.\n$/],
      ["a,b\n1,\n2,\n", 3, /: it has no value of the target "b" in any row\. Fill it in\.\n$/],
    ];
    for (const [text, code, message] of broken) {
      await writeFile(join(cwd, "broken.csv"), text);
      await expectRefusal(cwd, ["broken.csv", "--target", "b"], code, message);
    }
  });
});

describe("an npz file", () => {
  const count = 200;
  const x = Float32Array.from({ length: count * 4 }, (_, i) => Math.sin(i * i));
  const isAbove = Int32Array.from({ length: count }, (_, i) =>
    (x[4 * i] as number) > (x[4 * i + 1] as number) ? 1 : 0,
  );
  const inputs = { dtype: "float32", shape: [count, 4], data: x } as const;

  test("with classes in x and y", async () => {
    const cwd = await temporaryFolder();
    const y = { dtype: "int32", shape: [count], data: isAbove } as const;
    await writeFile(
      join(cwd, "a.npz"),
      writeNpz(
        new Map<string, typeof inputs | typeof y>([
          ["x", inputs],
          ["y", y],
        ]),
      ),
    );
    const { start, result, talk } = await train(
      cwd,
      "a.npz",
      "--epochs",
      "40",
      "--optimizer",
      "adam",
      "--learning-rate",
      "0.01",
    );
    expect(talk).toMatch(/^Inputs "x" float32\[200,4\], targets "y" int32\[200\]\.\n/);
    expect(start).toMatchObject({ loss: "binaryCrossentropy", trainSamples: 160, validationSamples: 40 });
    expect(result.validationAccuracy).toBeGreaterThan(0.85);
  });

  test("with pictures and numbers to train on and to test with", async () => {
    const cwd = await temporaryFolder();
    const bytes = {
      dtype: "uint8",
      shape: [count, 2, 2],
      data: Uint8Array.from(x, (value) => 128 + 127 * value),
    } as const;
    const y = { dtype: "float32", shape: [count, 2], data: x.slice(0, 2 * count) } as const;
    const arrays = new Map<string, typeof bytes | typeof y>([
      ["x_train", bytes],
      ["y_train", y],
      ["x_test", bytes],
      ["y_test", y],
    ]);
    await writeFile(join(cwd, "b.npz"), writeNpz(arrays));
    const { start, result, talk, data } = await train(cwd, "b.npz", "--epochs", "1", "--limit", "50");
    expect(talk).toContain("Bytes are divided by 255.");
    expect(start).toMatchObject({ loss: "meanSquaredError", trainSamples: 50, validationSamples: 0, testSamples: 50 });
    expect(result).toHaveProperty("testMeanAbsoluteError");
    expect(data).toMatchObject({ task: { kind: "numbers", outputs: 2 }, inputShape: [2, 2] });
  });

  test("is refused where it does not fit", async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, "z.npz"), writeNpz(new Map([["z", inputs]])));
    await writeFile(join(cwd, "short.npz"), "PK");
    await expectRefusal(cwd, ["z.npz"], 3, /z\.npz: it holds z\. Call the arrays x and y/);
    await expectRefusal(cwd, ["short.npz"], 3, /short\.npz/);
  });
});

test("a folder of images", async () => {
  const cwd = await temporaryFolder();
  for (const [name, level] of [
    ["dark", 40],
    ["light", 210],
  ] as const) {
    await mkdir(join(cwd, "photos", name), { recursive: true });
    for (let i = 0; i < 15; i++) {
      const data = Uint8Array.from({ length: 8 * 6 }, (_, j) => level + ((i * j) % 40));
      await writeFile(
        join(cwd, "photos", name, `${i}.png`),
        encode({ width: 8, height: 6, channels: 1, depth: 8, data }),
      );
    }
  }
  const args = ["photos", "--image-size", "4x5", "--channels", "1", "--batch-size", "8", "--epochs", "60"];
  const { start, result, talk, data } = await train(cwd, ...args);
  expect(talk).toMatch(/^photos: 30 images of 2 classes, dark, light, as 4 x 5 x 1\.\n/);
  expect(start).toMatchObject({ trainSamples: 24, validationSamples: 6 });
  expect(result.validationAccuracy).toBe(1);
  expect(data).toMatchObject({ inputShape: [4, 5, 1], task: { names: ["dark", "light"] } });
  await mkdir(join(cwd, "none"));
  await expectRefusal(cwd, ["none"], 3, /none/);
});

describe("data sets that come with the package train to something sensible", () => {
  const included = Object.keys(dataSets).filter((name) => dataSets[name]?.isDownloaded === false);
  test.each(included)("%s", async (name) => {
    const { result } = await train(await temporaryFolder(), name);
    expect(result.testAccuracy).toBeGreaterThan(0.85);
  });
});

test("texts become rows that say which words they have", async () => {
  const rows = multiHot(tensor([[2], [0]], { dtype: "int32" }), [[1, 3, 1], [0], [2]], 4);
  expect(await rows.array()).toEqual([
    [0, 0, 1, 0],
    [0, 1, 0, 1],
  ]);
});

describe("a model", () => {
  const small = ["iris", "--epochs", "1"];

  test("of words, with all words", async () => {
    const words = "16 relu, batchnorm, noise 0.1, 8 tanh, dropout 0.2, layernorm, 3 softmax";
    const { start } = await train(await temporaryFolder(), ...small, "--model", words);
    expect(start).toMatchObject({ model: words, parameters: 4 * 16 + 16 + 64 + 16 * 8 + 8 + 16 + 8 * 3 + 3 });
  });

  test("of two outputs for two classes", async () => {
    const { start } = await train(await temporaryFolder(), "moons", "--epochs", "1", "--model", "8 relu, 2 softmax");
    expect(start.loss).toBe("sparseCategoricalCrossentropy");
  });

  test("as JSON, and a saved one to go on from", async () => {
    const cwd = await temporaryFolder();
    const model = new Sequential([Input({ shape: [4] }), new Dense(5), new Dense(3, { activation: "softmax" })]);
    await writeFile(join(cwd, "model.json"), JSON.stringify(model));
    const first = await train(cwd, "iris", "--epochs", "20", "--model", "model.json");
    expect(first.start.parameters).toBe(43);
    const second = await train(cwd, "iris", "--epochs", "1", "--model", "runs/iris-1/model.keras");
    expect(second.result.testLoss).toBeLessThan(1.1 * (first.result.testLoss as number));
  });

  test("in a module, with a layer of its own", async () => {
    const cwd = await temporaryFolder();
    await writeFile(
      join(cwd, "model.mjs"),
      `export default ({ layers, models, inputShape, outputs }) => {
        class Twice extends layers.Layer { call(x) { return x.mul(2); } }
        return new models.Sequential([layers.Input({ shape: inputShape }), new Twice(), new layers.Dense(outputs, { activation: "softmax" })]);
      };`,
    );
    const { start, data } = await train(cwd, ...small, "--model", "model.mjs");
    expect(start.parameters).toBe(15);
    expect(data.name).toBe("iris");
    expect(await runCrease(["resume", "runs/iris-1", "--epochs", "2", "--quiet"], { cwd })).toMatchObject({ code: 0 });
  });

  test.each<[string, string, RegExp]>([
    [
      "of other outputs",
      "8 relu, 4 softmax",
      /it gives \[4\] for each sample, and the data need \[3\]\. End it with "3 softmax"/,
    ],
    ["that is no file", "none.ts", /none\.ts: there is no such file/],
    ["that is no model", "no.mjs", /no\.mjs: its default export is no model/],
    ["of no class", "no.json", /no\.json: .*unknown layer "Dens"/],
    ["that throws", "throws.mjs", /throws\.mjs: .*no luck/],
  ])("%s is refused", async (_, model, message) => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, "no.mjs"), "export default 3;");
    await writeFile(join(cwd, "throws.mjs"), 'export default () => { throw new Error("no luck"); };');
    await writeFile(join(cwd, "no.json"), JSON.stringify({ class_name: "Dens", config: {} }));
    await expectRefusal(cwd, [...small, "--model", model], 2, message);
  });
});
