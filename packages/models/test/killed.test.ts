/** A process that is killed while it trains, again and again, and each time goes on from a whole checkpoint. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSafetensors } from "@crease/files";
import { expect, test } from "vitest";

/** Trains with a checkpoint after each step, says so with a dot, and prints the weights at the end. */
const program = `
import { Dense, Dropout, Input } from "@crease/layers";
import { BackupAndRestore, CSVLogger, LambdaCallback, Sequential } from "@crease/models";
import { randomNormal, setRandomSeed } from "@crease/tensor";
const folder = process.env.FOLDER;
setRandomSeed(1);
const model = new Sequential([Input({ shape: [3] }), new Dense(64), new Dropout(0.3), new Dense(1)]);
model.compile({ optimizer: "adam", loss: "mse" });
const say = new LambdaCallback({ onTrainBatchBegin: () => void process.stdout.write(".") });
const callbacks = [say, new CSVLogger(folder + "/history.csv"), new BackupAndRestore(folder + "/backup", { saveFreq: 1 })];
const [x, y] = [randomNormal([40, 3], { seed: 2 }), randomNormal([40, 1], { seed: 3 })];
await model.fit(x, y, { epochs: 8, batchSize: 8, verbose: 0, callbacks });
process.stdout.write(JSON.stringify(await Promise.all(model.getWeights().map((weight) => weight.array()))));
`;

/** What the program prints; killed after `steps` steps and some time where given. */
function train(folder: string, steps?: number): Promise<string> {
  const args = ["--conditions=@crease/source", "--input-type=module", "--eval", program];
  const child = spawn(process.execPath, args, { cwd: import.meta.dirname, env: { ...process.env, FOLDER: folder } });
  let text = "";
  let isDoomed = false;
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
    if (steps === undefined || isDoomed || text.length < steps) return;
    isDoomed = true;
    setTimeout(() => child.kill("SIGKILL"), Math.random() * 8);
  });
  let problem = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    problem += part;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code, signal) => {
      if (code === 0 || signal === "SIGKILL") resolve(text);
      else reject(new Error(problem));
    });
  });
}

test("it ends as one that was never killed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "crease-killed-"));
  try {
    const [whole, cut] = [join(folder, "whole"), join(folder, "cut")];
    for (const each of [whole, cut]) mkdirSync(each);
    const expected = (await train(whole)).replace(/^\.+/, "");
    for (let kill = 0; kill < 4; kill++) {
      await train(cut, 2 + Math.floor(Math.random() * 7));
      const { metadata } = readSafetensors(readFileSync(join(cut, "backup", "latest.safetensors")));
      expect(JSON.parse(metadata.checkpoint as string)).toHaveProperty("fit.epoch");
    }
    expect((await train(cut)).replace(/^\.+/, "")).toBe(expected);
    expect(readFileSync(join(cut, "history.csv"), "utf8")).toBe(readFileSync(join(whole, "history.csv"), "utf8"));
    expect(readdirSync(cut)).toEqual(["history.csv"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
