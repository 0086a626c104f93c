/** `crease learn` as a process: every step runs, in both languages, and in a terminal one goes back and forth. */
import { describe, expect, test } from "vitest";
import { steps } from "../src/learn/tour.ts";
import { columnsOf, wrapped } from "../src/learn/wrapped.ts";
import { hasTerminals, runCrease, runInTerminal } from "./runCrease.ts";

/** What the code of a step showed, by step. */
function outputs(stdout: string): string[][] {
  return stdout
    .split(/^\d\/9 /m)
    .slice(1)
    .map((step) => step.split("\n").filter((line) => line.startsWith("│")));
}

describe("the whole tour", () => {
  test("runs within 80 columns, and what it claims is so", async () => {
    const { code, stdout, stderr } = await runCrease(["learn", "--plain", "--lang", "en"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const line of stdout.split("\n")) expect(columnsOf(line), line).toBeLessThanOrEqual(80);
    const shown = outputs(stdout);
    expect(shown).toHaveLength(9);
    for (const lines of shown) expect(lines.length).toBeGreaterThan(1);
    expect(shown[0]).toContain("│ labels [5, 0, 4, 1, 9, 2, 1, 3]");
    expect(shown[4]).toEqual(["│ y = 15", "│ dy/dx = 8"]);
    expect(Number(/right: (\S+)/.exec((shown[5] as string[]).join("\n"))?.[1])).toBeGreaterThan(0.95);
    expect((shown[6] as string[]).join("\n")).toContain("an empty page: 0.10");
    const losses = (shown[7] as string[]).slice(1).map((line) => Number(line.split(/ +/)[2]));
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    const [seen, unseen] = (shown[8] as string[]).map((line) => Number(/seen: +(\S+)/.exec(line)?.[1]));
    expect(seen).toBeGreaterThan(unseen as number);
    expect(unseen).toBeGreaterThan(0.9);
    expect(stdout).toContain("taken for 7");
  }, 60_000);

  test("says the same in Korean", () => {
    for (const { title, text, lesson } of steps)
      for (const { en, ko } of [title, text, lesson]) {
        expect(en).not.toMatch(/[가-힣]/);
        expect(ko).toMatch(/[가-힣]/);
      }
  });
});

test("shows one step in the language of the system, and refuses others", async () => {
  const [korean, none, odd] = await Promise.all([
    runCrease(["learn", "--step", "5"], { env: { LC_ALL: "", LC_MESSAGES: "", LANG: "ko_KR.UTF-8" } }),
    runCrease(["learn", "--step", "10"]),
    runCrease(["learn", "--lang", "de"]),
  ]);
  expect(korean.stdout).toMatch(/^5\/9 {2}어느 쪽이 내리막인가$/m);
  expect(outputs(korean.stdout)).toHaveLength(1);
  expect([none.code, odd.code]).toEqual([2, 2]);
  expect(none.stderr).toContain("there are 9 steps, and no step 10. Give one from 1 to 9.");
});

test.skipIf(!hasTerminals)("goes on, back and out by keys", async () => {
  const answers = ["\r", "\r", "b\r", "q\r"];
  let asked = 0;
  const { code, stdout } = await runInTerminal(["learn", "--lang", "en"], 80, {
    onOutput(child, text) {
      const times = text.split("q quit").length - 1;
      if (times > asked) child.stdin.write(answers[asked++] ?? "q\r");
    },
  });
  expect(code).toBe(0);
  const places = [...stdout.matchAll(/(\d)\/9/g)].map(([, place]) => place);
  expect(places.filter((place, i) => place !== places[i - 1])).toEqual(["1", "2", "3", "2"]);
});

test("folds text by the columns that characters take", () => {
  expect(columnsOf("a가나")).toBe(5);
  expect(wrapped("가나 다라 ab", 9)).toEqual(["가나 다라", "ab"]);
  expect(wrapped("one", 2)).toEqual(["one"]);
});
