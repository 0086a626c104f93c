/** Files that travel both ways: Keras writes models, we load, train and write them, Keras loads and trains ours. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { encodeModel, encodeWeights, loadModel } from "@crease/models";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tolerances } from "../../../testdata/tolerances.ts";
import { expectToGoOn, type KerasCase, readCases } from "./keras/cases.ts";

const python = process.env.CREASE_PYTHON;
const script = join(import.meta.dirname, "keras", "models.py");

async function run(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3" };
  const { stdout } = await promisify(execFile)(python as string, [script, ...args], { env, maxBuffer: 2 ** 26 });
  return stdout;
}

interface Difference {
  readonly before: number;
  readonly after?: number;
  readonly iterations?: number;
}

// Python with Keras 3 and h5py is no part of the repository's tools; CREASE_PYTHON names one.
describe.skipIf(python === undefined)(
  "files between Keras and here (skipped unless CREASE_PYTHON names a Python with Keras)",
  () => {
    let folder = "";
    let cases: Record<string, KerasCase> = {};
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "crease-keras-"));
      await run("write", folder);
      cases = readCases(folder);
    });
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    test("Keras's predict the same here, and go on with training as there", async () => {
      expect(Object.keys(cases).length).toBeGreaterThan(20);
      for (const kerasCase of Object.values(cases))
        for (const file of kerasCase.files.filter((name) => !name.endsWith(".weights.h5")))
          await expectToGoOn(readFileSync(join(folder, file)), kerasCase, file);
    });

    test("ours predict the same in Keras, and go on with training as here", async () => {
      const index: Record<string, unknown> = {};
      for (const [name, kerasCase] of Object.entries(cases)) {
        const model = await loadModel(join(folder, kerasCase.files[0] as string));
        const written = [`ours-${name}.keras`, `ours-${name}.h5`];
        const weights = [`ours-${name}.weights.h5`, `ours-${name}-legacy.h5`];
        writeFileSync(join(folder, written[0] as string), await encodeModel(model));
        if (written[1] !== undefined)
          writeFileSync(join(folder, written[1]), await encodeModel(model, { format: "h5" }));
        writeFileSync(join(folder, weights[0] as string), await encodeWeights(model, { format: "weights.h5" }));
        writeFileSync(join(folder, weights[1] as string), await encodeWeights(model, { format: "h5" }));
        index[name] = { ...kerasCase, written, weights };
        model.dispose();
      }
      writeFileSync(join(folder, "index.json"), JSON.stringify(index));
      const report = JSON.parse((await run("check", folder)).split("\n").at(-2) as string) as Record<
        string,
        Difference
      >;
      const { absolute, relative } = tolerances.models.values;
      // Predictions here are not larger than 10.
      const largest = absolute + 10 * relative;
      expect(Object.keys(report).length).toBeGreaterThan(80);
      for (const [file, { before, after = 0, iterations }] of Object.entries(report)) {
        expect(before, `${file} as loaded`).toBeLessThan(largest);
        expect(after, `${file} after training`).toBeLessThan(largest);
        if (iterations !== undefined) expect(iterations, `${file} steps`).toBe(5);
      }
    });
  },
);
