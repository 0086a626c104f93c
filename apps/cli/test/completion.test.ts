/** Completions, in the shells that this machine has. */
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCrease, temporaryFolder } from "./runCrease.ts";

/** Tells what a shell makes of a line at whose end Tab is pressed: the words that it offers. */
interface Shell {
  /** A program for the shell, which runs beside the completion script `crease.<shell>`. */
  readonly program: (line: string) => string;
  readonly args: readonly string[];
}

const shells: { readonly [name in "bash" | "zsh" | "fish"]: Shell } = {
  bash: {
    args: ["--norc", "-c"],
    program: (line) => `
      source crease.bash
      COMP_WORDS=(${line.replace(/ $/, " ''")}) COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
      _crease
      printf '%s\\n' "\${COMPREPLY[@]}"`,
  },
  // Only its line editor completes, and that needs a terminal; what it offers is the line as it stands afterwards.
  zsh: {
    args: ["-f", "-c"],
    program: (line) => `
      zmodload zsh/zpty
      zpty inner zsh -f -i
      told() { local text; zpty -r inner text '*<<*>>*'; print -r -- \${\${text##*<<}%%>>*} }
      zpty -w inner 'PS1= PS2=; autoload -Uz compinit && compinit -u -D; source ./crease.zsh'
      zpty -w inner 'tell() { zle complete-word; print -r -- "<""<$BUFFER>"">"; BUFFER= }; zle -N tell; bindkey "^I" tell'
      zpty -w inner 'print -r -- "<""<ready>"">"'
      told
      zpty -w -n inner '${line}'$'\\t'
      told`,
  },
  fish: { args: ["--no-config", "-c"], program: (line) => `source crease.fish; complete -C '${line}'` },
};

/** The words that a shell offers for the last one of a line. */
async function offered(name: keyof typeof shells, line: string): Promise<string[]> {
  const folder = await temporaryFolder();
  const { stdout } = await runCrease(["completion", name]);
  await writeFile(join(folder, `crease.${name}`), stdout);
  const { args, program } = shells[name];
  const ended = spawnSync(name, [...args, program(line)], { cwd: folder, encoding: "utf8", timeout: 30_000 });
  expect(ended.stderr).toBe("");
  const lines = ended.stdout.split("\n").filter((word) => word !== "");
  if (name === "zsh") return [(lines.at(-1) as string).trimEnd().split(" ").at(-1) as string];
  return lines.map((word) => word.split("\t")[0] as string);
}

function isMissing(shell: string): boolean {
  return spawnSync(shell, ["-c", "exit"]).error !== undefined;
}

describe.each(["bash", "zsh", "fish"] as const)("%s", (shell) => {
  describe.skipIf(isMissing(shell))("offers (skipped where the shell is not installed)", () => {
    test.each<[string, line: string, expected: string]>([
      ["commands", "crease tr", "train"],
      ["options before any command", "crease --v", "--version"],
      ["a command's options", "crease train --ep", "--epochs"],
      ["an option's values", "crease train --backend cp", "cpu"],
      ["data sets", "crease train mni", "mnist"],
      ["data sets after options", "crease train --backend cpu --epochs 3 mni", "mnist"],
      ["a command's words", "crease datasets pre", "preview"],
      ["shells", "crease completion f", "fish"],
    ])("%s", async (_, line, expected) => {
      expect(await offered(shell, line)).toContain(expected);
    });
  });
});

test("bash offers nothing, and so files, for a path and for the value of a path's option", async () => {
  expect(await offered("bash", "crease train ./da")).toEqual([]);
  expect(await offered("bash", "crease train --out ru")).toEqual([]);
});

describe.each(["bash", "zsh", "fish"])("%s's script", (shell) => {
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
