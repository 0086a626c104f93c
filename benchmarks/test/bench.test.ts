// One case from the command line to the JSON, with almost no time to measure in.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ReportJSON } from "../src/report.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "crease-bench-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function bench(...args: string[]): Promise<{ readonly table: string; readonly json: ReportJSON }> {
  const file = join(folder, "bench.json");
  const command = ["--conditions=@crease/source", main, ...args, "--quick", "--seconds", "0.001", "--json", file];
  const { stdout } = await promisify(execFile)(execPath, command);
  return { table: stdout, json: JSON.parse(await readFile(file, "utf8")) };
}

it("measures one op on the cpu backend and beside it on tfjs", async () => {
  const { table, json } = await bench("op", "--subject", "crease-cpu", "--subject", "tfjs-cpu");
  expect(json.results.map(({ subject }) => subject)).toEqual(["crease-cpu", "tfjs-cpu"]);
  expect(json.absent).toEqual([]);
  for (const result of json.results) {
    expect(result).toMatchObject({ case: "op", threads: 1, metric: "one op", unit: "µs" });
    for (const { min, median, max, runs } of [result, ...result.details]) {
      expect(min).toBeGreaterThan(0);
      expect(median).toBeGreaterThanOrEqual(min);
      expect(max).toBeGreaterThanOrEqual(median);
      expect(runs).toBeGreaterThanOrEqual(20);
    }
  }
  expect(json.results[0]?.details.map(({ metric }) => metric)).toContain("one op, under a tape");
  expect(json.machine.cores).toBeGreaterThan(0);
  expect(json.versions.node).toBe(process.version);
  expect(table).toMatch(/^op: one op \[µs\]$/m);
  expect(table).toMatch(/^ {2}tfjs-cpu +1 /m);
});

it("says why a subject is absent", async () => {
  const { table, json } = await bench("chapter2", "--subject", "yardstick", "--yardstick", folder);
  expect(json.results).toEqual([]);
  expect(json.absent.map(({ reason }) => reason)).toContain(`there is no train.mjs in ${folder}`);
  expect(table).toContain("yardstick (1): absent, there is no train.mjs");
});
