/** `crease compare` as a process: table, JSON and page of runs that differ. */
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "./runCrease.ts";
import { trainedRuns } from "./trainedRuns.ts";

const crease = trainedRuns({
  "runs/small": ["houses.csv", "--target", "price", "--epochs", "3", "--model", "2 relu, 1 linear"],
  "runs/large": ["houses.csv", "--target", "price", "--epochs", "5", "--optimizer", "adam"],
});

test("shows what came out, what differs and the curves in 80 columns", async () => {
  const { code, stdout } = await crease("compare", "runs/small", "runs/large/");
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  expect(lines[1]).toMatch(/^● runs\/small +3 +\S+ +13 /);
  expect(lines[2]).toMatch(/^● runs\/large +5 +\S+ +4,545 /);
  expect(stdout).toMatch(/^ {2}optimizer +rmsprop +adam$/m);
  expect(stdout).toMatch(/^ {2}epochs +3 +5$/m);
  expect(stdout).not.toMatch(/^ {2}target/m);
  expect(stdout).toContain("valLoss by epoch, logarithmic");
});

test("gives programs a line for each run, sorted", async () => {
  const { stdout } = await crease("compare", "runs/small", "runs/large", "--sort", "valLoss", "--json");
  const runs = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(runs).toHaveLength(2);
  expect(runs[0].valLoss).toBeLessThanOrEqual(runs[1].valLoss);
  expect(runs[0]).toMatchObject({
    state: "done",
    config: { data: expect.any(String) },
  });
});

test("writes a page that needs nothing else, and escapes what it is given", async () => {
  const folder = await temporaryFolder();
  const strange = join(folder, "<b>&run");
  await crease("train", "iris", "--epochs", "2", "--quiet", "--out", strange);
  // A run that was killed while it wrote its log.
  await appendFile(join(strange, "log.jsonl"), '{"event":"epo');
  const file = join(folder, "page.html");
  const { code, stderr } = await crease("compare", "runs/small", strange, "--html", file);
  expect({ code, stderr }).toEqual({ code: 0, stderr: `The page is in ${file}.\n` });
  const page = await readFile(file, "utf8");
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain("prefers-color-scheme:dark");
  expect(page).not.toMatch(/<script|https?:|src=|<b>/);
  expect(page).toContain("&lt;b&gt;&amp;run");
  expect(page.match(/<figure>/g)?.length).toBe(3);
  expect(page.match(/epoch 2: loss \S+<\/title>/g)).toHaveLength(2);
});

test("refuses folders that are no runs, and names of no number", async () => {
  const ends = await Promise.all([
    crease("compare"),
    crease("compare", "runs/small", "--sort", "valLos"),
    crease("compare", "runs/small", "--html", "page.pdf"),
    crease("compare", "runs"),
    crease("compare", "nowhere"),
  ]);
  expect(ends.map(({ code }) => code)).toEqual([2, 2, 2, 3, 3]);
  expect(ends[1]?.stderr).toContain('Did you mean "valLoss"');
  for (const { stdout, stderr } of ends)
    expect([stdout, stderr]).toEqual(["", expect.stringMatching(/^crease: .*\.\n$/)]);
});
