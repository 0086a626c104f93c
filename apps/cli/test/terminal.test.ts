/** Trainings in a pseudo-terminal, by util-linux's `script`. */
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { hasTerminals, runInTerminal, temporaryFolder } from "./runCrease.ts";

const small = ["train", "mnist", "--units", "16", "--seed", "7", "--plain"];

/** The lines as they were drawn one over the other, without colours. */
function drawings(text: string): string[] {
  return stripVTControlCharacters(text).split(/[\r\n]+/);
}

/** What follows each change of colour, from its number on. */
function colored(text: string): string[] {
  return text.split("\u001b[").filter((part) => /^[\d;]*m/.test(part));
}

// Needs util-linux's `script` for a terminal; other systems have another one or none.
describe.skipIf(!hasTerminals)("in a terminal (skipped where util-linux's script is missing)", () => {
  test("the progress line is drawn again within 80 columns, and digits are coloured", async () => {
    const cwd = await temporaryFolder();
    const args = [...small, "--limit", "3000", "--batch-size", "10", "--epochs", "1"];
    const { code, stdout } = await runInTerminal(args, 80, { cwd });
    expect(code).toBe(0);
    const lines = drawings(stdout);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines.filter((line) => /^ *\d+\/300 [━─]+ \d+s/.test(line)).length).toBeGreaterThan(1);
    expect(colored(stdout).filter((text) => /^3[12]m[✓✗] \d/.test(text))).toHaveLength(10);
    expect(lines.filter((line) => /[✓✗] \d.*[✓✗] \d/.test(line))).toHaveLength(5);
    expect(stdout).toMatch(/\r\ntest accuracy 0\.\d{4}\r\n$/);
  });

  test("40 columns and NO_COLOR are respected", async () => {
    const cwd = await temporaryFolder();
    const args = [...small, "--limit", "300", "--epochs", "1"];
    const { code, stdout } = await runInTerminal(args, 40, { cwd, env: { NO_COLOR: "1" } });
    expect(code).toBe(0);
    expect(colored(stdout)).toEqual([]);
    const drawn = stdout.slice(stdout.search(/[✓✗]/)).split("\r\n");
    for (const line of drawn) expect(line.length).toBeLessThanOrEqual(40);
    expect(drawn.filter((line) => /^[✓✗] \d/.test(line))).toHaveLength(10);
  });

  test("Ctrl-C in the middle of the line saves and exits with 130", async () => {
    const cwd = await temporaryFolder();
    let isSent = false;
    const { code, stdout } = await runInTerminal([...small, "--limit", "300", "--epochs", "1000000"], 80, {
      cwd,
      onOutput: (child, text) => {
        if (isSent || !text.includes("Epoch 2/")) return;
        isSent = true;
        child.stdin.write("\u0003");
      },
    });
    expect(code).toBe(130);
    expect(stdout).toMatch(/\r\nStopping after this step; again to leave at once\.\r\n/);
    expect(stdout).toMatch(/\r\nGo on with: crease resume runs\/mnist-1\r\n$/);
  });

  test("a training that diverges says so on a line of its own", async () => {
    const cwd = await temporaryFolder();
    const { code, stdout } = await runInTerminal(
      [...small, "--limit", "300", "--optimizer", "sgd", "--learning-rate", "1e20"],
      80,
      { cwd },
    );
    expect(code).toBe(5);
    expect(stripVTControlCharacters(stdout)).toMatch(/accuracy: 0\.\d{4}\r\ncrease: training diverged: .*\r\n$/);
  });
});
