// The command line of `pnpm bench`.
import { expect, it } from "vitest";
import { caseNames } from "../src/cases.ts";
import { help, parseOptions } from "../src/options.ts";
import { chooseSubjects, subjects } from "../src/subjects.ts";

it("measures every case beside the JavaScript peers unless told otherwise", () => {
  const options = parseOptions([]);
  expect(options.cases).toEqual(caseNames);
  expect(options.peers).toBe("js");
  expect(options.json).toBeUndefined();
  expect(options.isQuick).toBe(false);
});

it("takes cases in any order, peers and a file", () => {
  const options = parseOptions(["op", "gemm", "--peers", "all", "--json", "a.json", "--rounds", "5"]);
  expect(options.cases).toEqual(["gemm", "op"]);
  expect(options).toMatchObject({ peers: "all", json: "a.json", rounds: 5 });
});

it("takes fewer and shorter runs with --quick, which single options override", () => {
  const [full, quick] = [parseOptions([]), parseOptions(["--quick"])];
  for (const name of ["rounds", "seconds", "samples"] as const) expect(quick[name]).toBeLessThan(full[name]);
  expect(parseOptions(["--quick", "--rounds", "7"]).rounds).toBe(7);
});

it("finds the yardstick by option, else by environment", () => {
  const env = { CREASE_YARDSTICK: "by-env" };
  expect(parseOptions([], env).yardstick).toBe("by-env");
  expect(parseOptions(["--yardstick", "by-option"], env).yardstick).toBe("by-option");
  expect(parseOptions([]).yardstick).toBeUndefined();
});

it.each([
  [["chapter3"], /unknown case "chapter3"\. Known: chapter2, gemm, /],
  [["--peers", "ruby"], /unknown --peers "ruby"\. Known: js, python, all, none/],
  [["--rounds", "1.5"], /--rounds takes a whole number above 0, got "1.5"/],
  [["--seconds", "soon"], /--seconds takes a number above 0, got "soon"/],
  [["--round", "2"], /Unknown option '--round'/],
])("refuses %j", (args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
});

it("explains every case", () => {
  for (const name of caseNames) expect(help).toContain(`\n  ${name} `);
});

it("chooses subjects by peers or by name", () => {
  const groups = (peers: "js" | "python" | "all" | "none") => [
    ...new Set(chooseSubjects({ peers, subjects: [] }).map(({ group }) => group)),
  ];
  expect(groups("none")).toEqual(["crease"]);
  expect(groups("js")).toEqual(["crease", "js", "yardstick"]);
  expect(groups("python")).toEqual(["crease", "python"]);
  expect(chooseSubjects({ peers: "all", subjects: [] })).toEqual(subjects);
  expect(chooseSubjects({ peers: "none", subjects: ["torch"] }).map(({ name }) => name)).toEqual(["torch"]);
  expect(() => chooseSubjects({ peers: "js", subjects: ["numpy"] })).toThrow(
    /unknown subject "numpy"\. Known: crease-/,
  );
});
