/** Runs that were stopped or killed, and go on as if they never had been. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectToSurviveKills, outcome } from "./killedRuns.ts";
import { runCrease, temporaryFolder } from "./runCrease.ts";
import { smallRun as args } from "./smallRun.ts";

const backends: readonly (readonly string[])[] = [
  ["--backend", "cpu"],
  ["--backend", "wasm", "--threads", "1"],
  ["--backend", "wasm", "--threads", "2"],
];

/** The last step of `log.jsonl` that says where the run was stopped. */
async function stoppedAt(run: string): Promise<{ readonly epoch: number; readonly step: number }> {
  const events = (await readFile(join(run, "log.jsonl"), "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  return events.find(({ event }) => event === "stopped");
}

/** Trains twice, once whole and once stopped after its first epoch and resumed, and expects the same of both. */
async function expectSameWhenStopped(cwd: string, train: readonly string[], steps: number): Promise<void> {
  expect(await runCrease([...train, "--out", "whole", "--quiet"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  let isSent = false;
  const stopped = await runCrease([...train, "--out", "parts", "--json"], {
    cwd,
    onOutput: (child, text) => {
      if (!isSent && text.includes('"epoch"')) isSent = child.kill("SIGINT");
    },
  });
  expect(stopped.code).toBe(130);
  const { epoch, step } = await stoppedAt(join(cwd, "parts"));
  expect((epoch - 1) * steps + step).toBeLessThan(4 * steps);
  const resumed = await runCrease(["resume", "parts", "--quiet"], { cwd });
  expect(resumed).toMatchObject({ code: 0, stdout: "", stderr: "" });
  expect(await outcome(join(cwd, "parts"))).toEqual(await outcome(join(cwd, "whole")));
}

describe("a run that was stopped ends with the same bits", () => {
  test.each(backends)("on %s %s %s %s", async (...where) => {
    await expectSameWhenStopped(await temporaryFolder(), [...args, "--epochs", "4", ...where], 60);
  });

  test("on the rows of a CSV", async () => {
    const cwd = await temporaryFolder();
    const rows = Array.from({ length: 400 }, (_, i) => `${(i * 37) % 101},${i % 3 === 0 ? "a" : "b"},${i % 2 === 0}`);
    await writeFile(join(cwd, "a.csv"), ["number,letter,flag", ...rows, ""].join("\n"));
    const train = ["train", "a.csv", "--target", "flag", "--batch-size", "4", "--seed", "2", "--epochs", "4"];
    await expectSameWhenStopped(cwd, train, 80);
  });
});

test("an ended run takes more epochs, and then has what a longer one has", async () => {
  const cwd = await temporaryFolder();
  const train = args.filter((arg) => arg !== "--patience" && arg !== "50");
  await runCrease([...train, "--epochs", "3", "--out", "long"], { cwd });
  await runCrease([...train, "--epochs", "2", "--out", "short"], { cwd });
  const again = await runCrease(["resume", "short"], { cwd });
  expect(again).toMatchObject({ code: 2, stdout: "" });
  expect(again.stderr).toMatch(/short has ended\. Give more --epochs than 2 to train on\./);
  expect(await runCrease(["resume", "short", "--epochs", "3", "--quiet"], { cwd })).toMatchObject({
    code: 0,
    stderr: "",
  });
  expect(await outcome(join(cwd, "short"))).toEqual(await outcome(join(cwd, "long")));
});

test("data that changed meanwhile are refused", async () => {
  const cwd = await temporaryFolder();
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${i % 7},${i % 2 === 0 ? "even" : "odd"}`);
  const write = (some: readonly string[]) => writeFile(join(cwd, "a.csv"), ["n,rest,kind", ...some, ""].join("\n"));
  await write(rows);
  const train = ["train", "a.csv", "--target", "kind", "--epochs", "2", "--out", "run", "--quiet"];
  expect(await runCrease(train, { cwd })).toMatchObject({ code: 0, stderr: "" });
  await write(rows.slice(1));
  const { code, stderr } = await runCrease(["resume", "run", "--epochs", "3"], { cwd });
  expect(stderr).toMatch(/^crease: run: .*a\.csv has changed since the run began\. Bring the data back/);
  expect(code).toBe(3);
});

describe("what is missing or damaged is said", () => {
  test.each<[string, (run: string) => Promise<void>, number, RegExp]>([
    [
      "a checkpoint cut short",
      (run) => writeFile(join(run, "checkpoints", "last.safetensors"), "short"),
      3,
      /last\.safetensors has 5 bytes/,
    ],
    [
      "a configuration cut short",
      (run) => writeFile(join(run, "config.json"), '{"data":'),
      3,
      /config\.json: it cannot be read as JSON/,
    ],
    [
      "a configuration without a seed",
      (run) => writeFile(join(run, "config.json"), '{"data":"mnist"}'),
      3,
      /it lacks model, /,
    ],
    [
      "an unknown key",
      (run) => writeFile(join(run, "config.json"), '{"dat":"mnist"}'),
      2,
      /unknown key "dat"\. Did you mean "data"/,
    ],
  ])("%s", async (_, damage, expected, message) => {
    const cwd = await temporaryFolder();
    await runCrease([...args, "--epochs", "1", "--out", "run"], { cwd });
    await damage(join(cwd, "run"));
    const { code, stdout, stderr } = await runCrease(["resume", "run", "--epochs", "2", "--quiet"], { cwd });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^crease: .*\.\n$/);
    expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
  });
});

test("a full disk ends with 3, and the run goes on once there is room", async () => {
  const cwd = await temporaryFolder();
  const train = [...args, "--epochs", "3"];
  await runCrease([...train, "--out", "whole"], { cwd });
  const { length: size } = await readFile(join(cwd, "whole", "checkpoints", "last.safetensors"));
  // A limit on the size of files is met as a full disk is: here by the weights of the first epoch, there by a checkpoint.
  for (const blocks of [4, Math.floor(size / 512) - 1]) {
    const run = `parts-${blocks}`;
    const limited = await runCrease([...train, "--out", run], { cwd, fileBlocks: blocks });
    expect(limited.stderr).toMatch(/^crease: .*cannot be written.*disk.*\.\n$/);
    expect(limited.code).toBe(3);
    expect((await readdir(join(cwd, run, "checkpoints"))).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(await runCrease(["resume", run, "--quiet"], { cwd })).toMatchObject({ code: 0, stderr: "" });
    expect(await outcome(join(cwd, run))).toEqual(await outcome(join(cwd, "whole")));
  }
});

// Each process takes a while to start where many tests run at once.
test("a run killed at random moments goes on each time from a whole checkpoint", { timeout: 180_000 }, () =>
  expectToSurviveKills(args, 3),
);
