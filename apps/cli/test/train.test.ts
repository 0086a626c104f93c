/** Trainings by the command, in processes of their own. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Dense, Input } from "@crease/layers";
import { Sequential } from "@crease/models";
import { zeros } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { runCrease, temporaryFolder } from "./runCrease.ts";

const small = ["train", "mnist", "--limit", "300", "--units", "16", "--batch-size", "50"];
/** So many epochs that it has to be stopped. */
const endless = [...small, "--epochs", "1000000", "--json"];

/** Expects a weights file, and nothing beside it, that fits the network that `small` trains. */
async function expectWeights(folder: string, file: string): Promise<void> {
  expect(await readdir(folder)).toEqual([file]);
  const model = new Sequential([
    Input({ shape: [784] }),
    new Dense(16, { activation: "relu" }),
    new Dense(10, { activation: "softmax" }),
  ]);
  await model.loadWeights(join(folder, file));
  const probabilities = await model.apply(zeros([1, 784])).data();
  expect(Array.from(probabilities as Float32Array).reduce((sum, p) => sum + p)).toBeCloseTo(1);
}

test("tells people how it went, and saves the weights in a new folder", async () => {
  const folder = await temporaryFolder();
  const args = [...small, "--epochs", "2", "--seed", "7"];
  const { code, stdout, stderr } = await runCrease(args, { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(
    /^Training on 300 digits: 16 hidden units, rmsprop at 0\.001\.\nSeed 7, backend wasm on \d+ threads?\.\n/,
  );
  expect(stdout).toMatch(/\nEpoch 1\/2\n6\/6 - .* - loss: \d\.\d{4} - accuracy: \d\.\d{4}\nEpoch 2\/2\n6\/6 - /);
  expect(stdout).toMatch(/\nThe weights are in runs\/mnist\.safetensors\.\n/);
  expect(stdout.match(/[✓✗] \d \(\d+%\)/g)).toHaveLength(10);
  expect(stdout).toMatch(/\ntest accuracy 0\.\d{4}\n$/);
  // No control character but the line feed; lines as wide as a terminal.
  expect(stdout).not.toMatch(/(?!\n)\p{Cc}/u);
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  await expectWeights(join(folder, "runs"), "mnist.safetensors");
});

describe("with --json", () => {
  test("tells programs, the same for the same seed, and people on stderr", async () => {
    const folder = await temporaryFolder();
    const args = [...small, "--optimizer", "ADAM", "--learning-rate", "0.002", "--epochs", "2", "--json", "--out"];
    const [first, second, other] = await Promise.all([
      runCrease([...args, "a", "--seed", "5"], { cwd: folder }),
      runCrease([...args, "b", "--seed", "5"], { cwd: folder }),
      runCrease([...args, "c"], { cwd: folder }),
    ]);
    expect(first.code).toBe(0);
    const events = first.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).toEqual(["start", "epoch", "epoch", "result"]);
    expect(events[0]).toMatchObject({ epochs: 2, batchSize: 50, optimizer: "adam", learningRate: 0.002, units: 16 });
    expect(events[0]).toMatchObject({ data: "mnist", trainSamples: 300, testSamples: 300, seed: 5, backend: "wasm" });
    expect(events[2]).toEqual({ event: "epoch", epoch: 2, loss: expect.any(Number), accuracy: expect.any(Number) });
    expect(events[3]).toMatchObject({ weights: "a", testLoss: expect.any(Number), testAccuracy: expect.any(Number) });
    expect(second.stdout.replaceAll('"b"', '"a"')).toBe(first.stdout);
    expect(await readFile(join(folder, "b"))).toEqual(await readFile(join(folder, "a")));
    expect(await readFile(join(folder, "c"))).not.toEqual(await readFile(join(folder, "a")));
    // The seed that was drawn is told, so that the run can be repeated.
    expect(other.stderr).toMatch(new RegExp(`\\nSeed ${JSON.parse(other.stdout.split("\n")[0] as string).seed},`));
    expect(first.stderr).toMatch(/\ntest accuracy 0\.\d{4}\n$/);
  });

  test("both backends train alike", async () => {
    const cwd = await temporaryFolder();
    const args = [...small, "--epochs", "3", "--json", "--seed", "5", "--backend"];
    const runs = await Promise.all(["cpu", "wasm"].map((backend) => runCrease([...args, backend], { cwd })));
    const [cpu, wasm] = runs.map(({ stdout }) => JSON.parse(stdout.trimEnd().split("\n").at(-1) as string));
    expect(wasm.testLoss).toBeCloseTo(cpu.testLoss, 4);
    expect(Math.abs(wasm.testAccuracy - cpu.testAccuracy) * 300).toBeLessThanOrEqual(1.001);
  });

  test("ends without a word when nobody reads on", async () => {
    const folder = await temporaryFolder();
    const { code, stderr } = await runCrease(endless, { cwd: folder, onOutput: ({ stdout }) => stdout.destroy() });
    expect(code).toBe(141);
    expect(stderr).not.toMatch(/EPIPE|Error/);
  });
});

test("a training that diverges exits with 5, saves nothing and says what to try", async () => {
  const folder = await temporaryFolder();
  const args = [...small, "--optimizer", "sgd", "--learning-rate", "1e20"];
  const { code, stderr } = await runCrease(args, { cwd: folder });
  expect(code).toBe(5);
  expect(stderr).toMatch(
    /^crease: training diverged: the loss is \S+ after step \d+ of epoch 1\..*--learning-rate\.\n$/,
  );
  expect(existsSync(join(folder, "runs", "mnist.safetensors"))).toBe(false);
});

describe("asked to stop", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s it finishes the step, saves, and exits with %i", async (signal, expected) => {
    const folder = await temporaryFolder();
    let isSent = false;
    const { code, stdout, stderr } = await runCrease(endless, {
      cwd: folder,
      onOutput: (child, text) => {
        if (isSent || !text.includes('"epoch"')) return;
        isSent = true;
        child.kill(signal);
      },
    });
    expect(code).toBe(expected);
    expect(JSON.parse(stdout.trimEnd().split("\n").at(-1) as string)).toMatchObject({
      event: "stopped",
      epoch: expect.any(Number),
      step: expect.any(Number),
      steps: 6,
      weights: "runs/mnist.safetensors",
    });
    expect(stderr).toMatch(/Stopping after this step; again to leave at once\.\n/);
    expect(stderr).toMatch(/Stopped after step \d of 6 in epoch \d+\.\nThe weights so far are in runs\/mnist\./);
    await expectWeights(join(folder, "runs"), "mnist.safetensors");
  });

  test("twice it leaves at once", async () => {
    const folder = await temporaryFolder();
    let isSent = false;
    // One step an epoch, and no short one: both signals come before it is done.
    const { code, stdout, stderr } = await runCrease(["train", "mnist", "--limit", "2000", "--batch-size", "2000"], {
      cwd: folder,
      onOutput: (child, text) => {
        if (isSent || !text.includes("Epoch 1/5")) return;
        isSent = true;
        child.kill("SIGINT");
        setTimeout(() => child.kill("SIGINT"), 20);
      },
    });
    expect({ code, stderr }).toEqual({ code: 130, stderr: "Stopping after this step; again to leave at once.\n" });
    expect(stdout).not.toMatch(/Stopped|weights/);
    expect(existsSync(join(folder, "runs", "mnist.safetensors"))).toBe(false);
  });
});
