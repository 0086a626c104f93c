// Summing up, the table, the bars, and the JSON.
import { expect, it } from "vitest";
import { formatBars, judge } from "../src/bars.ts";
import { reportOf } from "../src/report.ts";
import { merge, type Result, summarize } from "../src/results.ts";
import { formatCase, formatNumber } from "../src/table.ts";

const figure = (values: readonly number[], metric = "fit", unit = "samples/s") => ({ metric, unit, values });

const result = (over: Partial<Result>): Result => ({
  case: "chapter2",
  subject: "crease-wasm",
  threads: 1,
  ...summarize(figure([100])),
  details: [],
  ...over,
});

it("takes least, middle and greatest, whatever the order", () => {
  expect(summarize(figure([30, 4, 100]))).toEqual({
    metric: "fit",
    unit: "samples/s",
    min: 4,
    median: 30,
    max: 100,
    runs: 3,
  });
  expect(summarize(figure([8, 2, 4, 1])).median).toBe(3);
});

it("puts the values of all rounds together, by metric", () => {
  const rounds = [
    [figure([1, 2]), figure([7], "other")],
    [figure([3]), figure([8], "other")],
  ];
  expect(merge(rounds)).toEqual([figure([1, 2, 3]), figure([7, 8], "other")]);
  expect(merge([])).toEqual([]);
});

it.each([
  [1234567.8, "1,234,568"],
  [12.345, "12.3"],
  [0.00123456, "0.00123"],
  [999.4, "999"],
])("prints %d as %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

it("lists every subject, its details, and why one is absent", () => {
  const results = [result({ details: [summarize(figure([5], "fit, SGD"))] }), result({ subject: "keras", threads: 2 })];
  const absent = [{ case: "chapter2", subject: "torch", threads: 1, reason: "no torch here" } as const];
  const lines = formatCase("chapter2", { results, absent, versions: {} }).split("\n");
  expect(lines[0]).toBe("chapter2: fit [samples/s]");
  expect(lines[1]).toMatch(/subject +threads +min +median +max +runs$/);
  expect(lines[2]).toMatch(/^ {2}crease-wasm +1 +100 +100 +100 +1$/);
  expect(lines[3]).toMatch(/^ {4}fit, SGD \[samples\/s\] +5 +5 +5 +1$/);
  expect(lines[4]).toMatch(/^ {2}keras +2 +100/);
  expect(lines[5]).toBe("  torch (1): absent, no torch here");
  expect(new Set(lines.slice(1, 5).map(({ length }) => length)).size).toBe(1);
});

it("judges a ratio by the figures of both, and only where both are there", () => {
  const peer = result({ subject: "tfjs-layers-wasm", ...summarize(figure([4])) });
  const outcomes = judge("chapter2", [result({}), peer]);
  expect(outcomes).toEqual([
    { bar: "crease-wasm (1), median of fit: >= 22 times tfjs-layers-wasm", value: 25, isMet: true },
  ]);
  expect(formatBars(outcomes)).toMatch(/^ {2}met .*, got 25$/);
  const slow = judge("chapter2", [result(summarize(figure([80]))), peer]);
  expect(slow.map(({ isMet }) => isMet)).toEqual([false]);
  expect(formatBars(slow)).toMatch(/^ {2}MISSED /);
  expect(judge("chapter2", [result({})])).toEqual([]);
});

it("compares threads with the same number of threads where the peer has several", () => {
  const torch = (threads: number, rate: number) => result({ subject: "torch", threads, ...summarize(figure([rate])) });
  const two = result({ threads: 2, ...summarize(figure([300])) });
  const values = judge("chapter2", [result({}), two, torch(1, 200), torch(2, 200)]).map(({ value }) => value);
  expect(values).toEqual([0.5, 1.5]);
});

it("judges a bound on the least value", () => {
  const op = result({ case: "op", subject: "crease-cpu", ...summarize(figure([3, 0.8, 2], "one op", "µs")) });
  expect(judge("op", [op])).toEqual([{ bar: "crease-cpu (1), min of one op: <= 1 µs", value: 0.8, isMet: true }]);
});

it("writes what was measured, what was absent, and with what", () => {
  const machine = { cpu: "a cpu", cores: 2, memoryGiB: 8, os: "an os" };
  const report = reportOf(machine, { rounds: 1, seconds: 1, samples: 1 }, true);
  const absent = [{ case: "chapter2", subject: "torch", threads: 1, reason: "no torch here" } as const];
  report.add({ results: [result({})], absent, versions: { node: "v24" } }, []);
  report.add({ results: [result({ case: "op" })], absent: [], versions: { keras: "3" } }, []);
  const json = JSON.parse(JSON.stringify(report));
  expect(json.results).toEqual([result({}), result({ case: "op" })]);
  expect(json).toMatchObject({ machine, absent, versions: { node: "v24", keras: "3" } });
  expect(Number.isNaN(Date.parse(json.date))).toBe(false);
});
