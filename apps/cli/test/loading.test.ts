/** What `crease train` does while data load: a line on a terminal, and an end that leaves nothing behind. */
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasTerminals, runCrease, runInTerminal } from "./runCrease.ts";

let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "crease-cli-"));
  // Loading so many takes a second and more.
  const rows = Array.from({ length: 600_000 }, (_, i) => `${i},${i % 9},${i / 7}`);
  await writeFile(join(cwd, "rows.csv"), `a,b,c\n${rows.join("\n")}\n`);
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s ends the process by %d at once, and the folder of the run is gone", async (signal, expected) => {
  let hasFolder = false;
  const { code, stdout } = await runCrease(["train", "rows.csv", "--target", "c"], {
    cwd,
    onStart: (child) => {
      const watch = setInterval(() => {
        if (!existsSync(join(cwd, "runs", "rows-1"))) return;
        clearInterval(watch);
        hasFolder = true;
        child.kill(signal);
      }, 5);
      child.on("exit", () => clearInterval(watch));
    },
  });
  expect(hasFolder).toBe(true);
  expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
  expect(await readdir(join(cwd, "runs"))).toEqual([]);
});

describe.skipIf(!hasTerminals)("on a terminal (skipped where util-linux's script is missing)", () => {
  test("a line says what takes time, and is gone when it is done", async () => {
    const args = ["train", "rows.csv", "--target", "c", "--batch-size", "100000", "--epochs", "1", "--plain"];
    const { code, stdout } = await runInTerminal([...args, "--out", "whole"], 80, { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/\rLoading rows\.csv \.\.\. \d+s/);
    const begun = stdout.slice(0, stdout.indexOf("rows.csv: 600000 rows"));
    expect(begun.endsWith("\r\u001b[K")).toBe(true);
    expect(stripVTControlCharacters(stdout.slice(begun.length))).not.toContain("Loading");
  });
});
