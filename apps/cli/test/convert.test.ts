/** `crease convert` as a process: every form into every other, and back to the same predictions. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readNpz } from "@crease/files";
import { expect, test } from "vitest";
import { temporaryFolder } from "./runCrease.ts";
import { trainedRuns } from "./trainedRuns.ts";

const crease = trainedRuns({ flowers: ["iris", "--epochs", "2", "--model", "8 relu, batchnorm, 3 softmax"] });

/** What a model predicts for two rows. */
async function predictions(model: string, rows: string): Promise<string> {
  const { code, stdout, stderr } = await crease("predict", model, rows, "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

test("goes through all forms and back with the same predictions", async () => {
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder, name);
  await writeFile(at("rows.csv"), "a,b,c,d\n5.1,3.5,1.4,0.2\n6.3,3.3,6,2.5\n");
  const steps = [
    ["flowers", at("one.keras")],
    [at("one.keras"), at("two.h5")],
    [at("two.h5"), at("three.npz")],
    [at("three.npz"), at("four.safetensors")],
    [at("four.safetensors"), at("five.keras"), "--model", at("one.keras")],
    [at("five.keras"), at("six.weights.h5")],
    [at("six.weights.h5"), at("seven.keras"), "--model", "flowers"],
  ];
  for (const step of steps) expect(await crease("convert", ...step, "--quiet")).toMatchObject({ code: 0, stderr: "" });
  const [first, ...others] = await Promise.all(
    ["one.keras", "two.h5", "five.keras", "seven.keras"].map((name) => predictions(at(name), at("rows.csv"))),
  );
  for (const other of others) expect(other).toBe(first);
  const arrays = await readNpz(await readFile(at("three.npz")), { name: "three.npz" });
  expect(arrays.get("layers.0.kernel")?.shape).toEqual([4, 8]);
});

test("says what it wrote, and does not write over a file unasked", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "weights.npz");
  const first = await crease("convert", "flowers/model.keras", file);
  expect(first.stdout).toMatch(/weights\.npz: weights of 99 numbers, [\d.]+ kB\.\n$/);
  expect(await crease("convert", "flowers", file)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("is there already. Give another name, or --force."),
  });
  const forced = await crease("convert", "flowers", file, "--force", "--json");
  expect(JSON.parse(forced.stdout)).toMatchObject({ event: "converted", what: "weights", parameters: 99 });
});

test("refuses what does not go together", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "w.npz");
  await crease("convert", "flowers", file);
  await writeFile(join(folder, "bad.h5"), "no HDF5");
  const refusals: readonly (readonly [args: readonly string[], code: number, text: string])[] = [
    [["flowers"], 2, "convert what into what?"],
    [["flowers", "model.onnx"], 2, "model.onnx ends as no file of models."],
    [["nowhere.keras", "x.h5"], 3, "there is no such file or folder."],
    [[file, join(folder, "x.keras")], 2, "holds weights without a model."],
    [[join(folder, "bad.h5"), join(folder, "x.keras")], 3, "bad.h5"],
    [["flowers", join(folder, "bad.h5", "x.keras")], 3, "cannot be written"],
  ];
  const ends = await Promise.all(refusals.map(([args]) => crease("convert", ...args)));
  ends.forEach(({ code, stdout, stderr }, i) => {
    const [, expected, text] = refusals[i] as (typeof refusals)[number];
    expect(stderr).toContain(text);
    expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
  });
});
