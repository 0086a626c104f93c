/** Completions, in the shells that this machine has. */
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCrease, temporaryFolder } from "./runCrease.ts";

/** What bash offers for words of which the last is being typed. */
async function offered(words: readonly string[]): Promise<string[]> {
  const folder = await temporaryFolder();
  const { stdout } = await runCrease(["completion", "bash"]);
  await writeFile(join(folder, "crease.bash"), stdout);
  const list = words.map((word) => `'${word}'`).join(" ");
  const lines = `source crease.bash; COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _crease; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const ended = spawnSync("bash", ["--norc", "-c", lines], { cwd: folder, encoding: "utf8" });
  expect(ended.stderr).toBe("");
  return ended.stdout.split("\n").filter((word) => word !== "");
}

describe("bash offers", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["commands", ["crease", "tr"], ["train"]],
    ["a command's options", ["crease", "train", "--ep"], ["--epochs"]],
    ["an option's values", ["crease", "train", "--backend", "c"], ["cpu"]],
    ["data sets", ["crease", "train", "mn"], ["mnist"]],
    ["shells", ["crease", "completion", "f"], ["fish"]],
  ])("%s", async (_, words, expected) => {
    expect(await offered(words)).toEqual(expect.arrayContaining([...expected]));
  });

  test("nothing, and so files, for a path and for the value of a path's option", async () => {
    expect(await offered(["crease", "train", "./da"])).toEqual([]);
    expect(await offered(["crease", "train", "--out", "ru"])).toEqual([]);
  });
});

describe.each(["bash", "zsh", "fish"])("%s's script", (shell) => {
  // A shell that is not installed cannot read it.
  test.skipIf(spawnSync(shell, ["-c", "exit"]).error !== undefined)("parses (skipped without the shell)", async () => {
    const { stdout } = await runCrease(["completion", shell]);
    const { status, stderr } = spawnSync(shell, ["-n"], { input: stdout, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("names every command and option", async () => {
    const { stdout } = await runCrease(["completion", shell]);
    const help = await runCrease(["train", "--help"]);
    const options = [...help.stdout.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, option]) => option as string);
    expect(options.length).toBeGreaterThan(5);
    for (const word of ["train", "completion", ...options]) expect(stdout).toContain(word);
  });
});

test.each([
  [[], /completions for which shell\? Known shells: bash, zsh, fish\./],
  [["bsh"], /unknown shell "bsh"\. Did you mean "bash"\?/],
])("%j is refused", async (args, message) => {
  const { code, stdout, stderr } = await runCrease(["completion", ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
});
