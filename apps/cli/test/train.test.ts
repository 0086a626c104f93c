/** Trainings by the command, in processes of their own. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readSafetensors } from "@crease/files";
import { describe, expect, test } from "vitest";
import { runCrease, temporaryFolder } from "./runCrease.ts";

const small = ["train", "mnist", "--limit", "300", "--units", "16", "--batch-size", "50", "--plain"];
/** So many epochs that it has to be stopped. */
const endless = [...small, "--epochs", "1000000", "--json"];

function json(folder: string, file: string): Promise<Record<string, unknown>> {
  return readFile(join(folder, file), "utf8").then(JSON.parse);
}

function lines(text: string): Record<string, unknown>[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("tells people how it went, and keeps everything in a folder of the run", async () => {
  const folder = await temporaryFolder();
  const args = [...small, "--epochs", "2", "--seed", "7", "--validation-split", "0.1"];
  const { code, stdout, stderr } = await runCrease(args, { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(
    /^Training on 270 samples of mnist, validating with 30: 16 relu, 10 softmax\.\nRMSprop at 0\.001, sparseCategoricalCrossentropy, 12730 parameters\.\nSeed 7, backend wasm on \d+ threads?, in runs\/mnist-1\.\n/,
  );
  expect(stdout).toMatch(/\nEpoch 1\/2\n6\/6 - .* - loss: \d\.\d{4} - accuracy: .* - valLoss: .*\nEpoch 2\/2\n6\/6 - /);
  expect(stdout).toMatch(/\nThe model is in runs\/mnist-1\/model\.\w+\.\n/);
  expect(stdout.match(/[✓✗] \d \(\d+%\)/g)).toHaveLength(10);
  expect(stdout).toMatch(/\ntest loss \d\.\d{4}\ntest accuracy 0\.\d{4}\n$/);
  // No control character but the line feed.
  expect(stdout).not.toMatch(/(?!\n)\p{Cc}/u);

  const run = join(folder, "runs", "mnist-1");
  expect(await json(run, "config.json")).toMatchObject({
    ...{ data: "mnist", model: "16 relu, 10 softmax", optimizer: "rmsprop", loss: "sparseCategoricalCrossentropy" },
    ...{ metrics: ["accuracy"], epochs: 2, batchSize: 50, seed: 7, backend: "wasm", monitor: "valLoss", limit: 300 },
  });
  expect(await json(run, "data.json")).toMatchObject({ name: "mnist", task: { kind: "classes", classes: 10 } });
  expect(await json(run, "environment.json")).toMatchObject({
    crease: expect.stringMatching(/^\d+\.\d+\.\d+/),
    backend: expect.stringMatching(/^wasm on/),
    command: args,
  });
  const log = lines(await readFile(join(run, "log.jsonl"), "utf8"));
  expect(log.map(({ event }) => event)).toEqual(["start", "epoch", "epoch", "result"]);
  for (const { time } of log) expect(Date.now() - Date.parse(time as string)).toBeLessThan(600_000);
  const [header, ...rows] = (await readFile(join(run, "history.csv"), "utf8")).trimEnd().split("\n");
  expect(header).toBe("epoch,loss,accuracy,valLoss,valAccuracy");
  expect(rows.map((row) => row.split(",").map(Number))).toEqual(
    [1, 2].map((i) => [i - 1, log[i]?.loss, log[i]?.accuracy, log[i]?.valLoss, log[i]?.valAccuracy]),
  );
  expect((await readdir(join(run, "checkpoints"))).sort()).toEqual(["best.safetensors", "last.safetensors"]);
});

test("repeats a run by its configuration, in a folder of its own", async () => {
  const folder = await temporaryFolder();
  const first = await runCrease([...small, "--epochs", "1", "--optimizer", "adam", "--json"], { cwd: folder });
  const again = await runCrease(["train", "--config", "runs/mnist-1/config.json", "--json", "--quiet"], {
    cwd: folder,
  });
  expect(again).toMatchObject({ code: 0, stderr: "" });
  const numbers = (text: string): unknown => lines(text).map(({ loss, testLoss }) => loss ?? testLoss);
  expect(numbers(again.stdout)).toEqual(numbers(first.stdout));
  expect(await json(join(folder, "runs", "mnist-2"), "config.json")).toEqual(
    await json(join(folder, "runs", "mnist-1"), "config.json"),
  );
});

test("is quiet where it is asked to be", async () => {
  const folder = await temporaryFolder();
  const ended = await runCrease([...small, "--epochs", "1", "--quiet"], { cwd: folder });
  expect(ended).toMatchObject({ code: 0, stdout: "", stderr: "" });
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
    expect(events[0]).toMatchObject({ epochs: 2, batchSize: 50, optimizer: "adam", learningRate: 0.002 });
    expect(events[0]).toMatchObject({ data: "mnist", trainSamples: 300, testSamples: 300, seed: 5, backend: "wasm" });
    expect(events[2]).toEqual({ event: "epoch", epoch: 2, loss: expect.any(Number), accuracy: expect.any(Number) });
    expect(events[3]).toMatchObject({ folder: "a", testLoss: expect.any(Number), testAccuracy: expect.any(Number) });
    expect(second.stdout.replaceAll('"b"', '"a"')).toBe(first.stdout);
    const weights = (run: string): Promise<Buffer> => readFile(join(folder, run, "checkpoints", "best.safetensors"));
    expect(await weights("b")).toEqual(await weights("a"));
    expect(await weights("c")).not.toEqual(await weights("a"));
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
    /^crease: training diverged: the loss is \S+ after step \d+ of epoch 1\..*--learning-rate, or --optimizer adam\.\n$/,
  );
  expect(await readdir(join(folder, "runs", "mnist-1"))).not.toContain("model.keras");
});

test("a training that diverges leaves the last checkpoint that makes sense", async () => {
  const folder = await temporaryFolder();
  const args = [...small, "--optimizer", "sgd", "--learning-rate", "1e20", "--checkpoint-every", "1", "--out", "run"];
  expect(await runCrease(args, { cwd: folder })).toMatchObject({ code: 5 });
  const { tensors } = readSafetensors(await readFile(join(folder, "run", "checkpoints", "last.safetensors")));
  expect(tensors.size).toBeGreaterThan(3);
  for (const { data } of tensors.values()) expect((data as Float32Array).every(Number.isFinite)).toBe(true);
});

describe("asked to stop", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s it finishes the step, writes a checkpoint, and exits with %i", async (signal, expected) => {
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
      folder: "runs/mnist-1",
    });
    expect(stderr).toMatch(/Stopping after this step; again to leave at once\.\n/);
    expect(stderr).toMatch(/Stopped after step \d of 6 in epoch \d+\.\nGo on with: crease resume runs\/mnist-1\n$/);
    expect(await readdir(join(folder, "runs", "mnist-1", "checkpoints"))).toContain("last.safetensors");
  });

  test("twice it leaves at once", async () => {
    const folder = await temporaryFolder();
    let isSent = false;
    // One step an epoch, and no short one: both signals come before it is done.
    const { code, stdout, stderr } = await runCrease(
      ["train", "mnist", "--limit", "2000", "--batch-size", "2000", "--epochs", "5"],
      {
        cwd: folder,
        onOutput: (child, text) => {
          if (isSent || !text.includes("Epoch 1/5")) return;
          isSent = true;
          child.kill("SIGINT");
          setTimeout(() => child.kill("SIGINT"), 20);
        },
      },
    );
    expect({ code, stderr }).toEqual({ code: 130, stderr: "Stopping after this step; again to leave at once.\n" });
    expect(stdout).not.toMatch(/Stopped|The model/);
    expect(await readdir(join(folder, "runs", "mnist-1"))).not.toContain("model.keras");
  });
});
