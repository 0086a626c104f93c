/** The live view: its frames, its curves, and trainings that it shows in a pseudo-terminal. */
import { execFileSync } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { braillePlot } from "../src/view/braille.ts";
import { Curve } from "../src/view/curve.ts";
import { frameOf, type Progress } from "../src/view/frame.ts";
import { plain } from "../src/view/paint.ts";
import { hasTerminals, type RunOptions, runInTerminal, temporaryFolder } from "./runCrease.ts";

const progress: Progress = {
  title: "crease · mnist",
  place: "wasm on 2 threads",
  folder: "runs/mnist-1",
  state: "training",
  ...{ epoch: 2, epochs: 5, firstEpoch: 0, step: 117, steps: 469 },
  numbers: { loss: 0.1234, accuracy: 0.9712 },
  charts: [
    {
      name: "loss",
      training: [
        [0.1, 2.3],
        [0.5, 0.8],
        [1, 0.4],
        [1.25, 0.3],
      ],
      validation: [[1, 0.5]],
    },
    {
      name: "accuracy",
      training: [
        [0.1, 0.2],
        [0.5, 0.7],
        [1, 0.9],
        [1.25, 0.93],
      ],
      validation: [[1, 0.88]],
    },
  ],
  ...{ learningRate: 0.001, samplesPerSecond: 42_300, secondsPerStep: 0.003, memory: 4.1e8, elapsed: 12, left: 74 },
  best: "best valLoss 0.5000",
};

describe("a frame", () => {
  test("of 80 x 24 fills the terminal and shows everything", () => {
    const lines = frameOf(progress, { columns: 80, rows: 24, paint: plain, hasKeys: true });
    expect(lines).toHaveLength(24);
    expect(lines[0]).toMatch(/^ crease · mnist {2}wasm on 2 threads +epoch 2\/5 {2}● training$/);
    expect(lines[1]).toMatch(/^ ━+─+ {2}117\/469 {3}24%$/);
    expect(lines[3]).toBe(" loss 0.1234   accuracy 0.9712");
    expect(lines[5]).toMatch(/^ +loss +training • validation +accuracy +training • validation$/);
    expect(lines[6]).toMatch(/^ 2\.3000 ┤[⠀-⣿ ]+ 0\.9300 ┤/);
    const text = lines.join("\n");
    for (const part of [
      "learning rate 0.001",
      "42,300 samples/s",
      "3.0 ms/step",
      "memory 410 MB",
      "left 1:14",
      "best valLoss",
    ])
      expect(text).toContain(part);
    expect(lines.at(-1)).toMatch(/^ p pause {3}s stop and keep {3}n next epoch {3}\^C stop +runs\/mnist-1$/);
  });

  test("stays within any terminal", () => {
    const value = fc.oneof(fc.double(), fc.constantFrom(0, 1e-9, 1e12, Number.NaN, Number.POSITIVE_INFINITY));
    const points = fc.array(
      fc.tuple(fc.double({ min: 0, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true })),
    );
    const chart = fc.record({ name: fc.string({ maxLength: 30 }), training: points, validation: points });
    const numbers = fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,25}$/), value, { maxKeys: 9 });
    const changes = fc.record({
      charts: fc.array(chart, { maxLength: 6 }),
      ...{
        numbers,
        epoch: fc.nat(9),
        epochs: fc.nat(9),
        step: fc.nat(99),
        steps: fc.option(fc.nat(99), { nil: undefined }),
      },
    });
    fc.assert(
      fc.property(changes, fc.integer({ min: 1, max: 250 }), fc.integer({ min: 1, max: 70 }), (some, columns, rows) => {
        const lines = frameOf({ ...progress, ...some }, { columns, rows, paint: plain, hasKeys: true });
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) expect(line.length).toBeLessThan(Math.max(columns, 2));
      }),
      { numRuns: 200 },
    );
  });
});

describe("a plot", () => {
  const area = { width: 2, height: 2, x: [0, 3], y: [0, 7] } as const;

  test("has 2 by 4 dots in a character, joined by lines", () => {
    expect(braillePlot([{ points: [[0, 0]], style: "cyan" }], area)).toEqual(["  ", "⡀ "]);
    expect(
      braillePlot(
        [
          {
            points: [
              [0, 7],
              [3, 7],
            ],
            style: "cyan",
          },
        ],
        area,
      ),
    ).toEqual(["⠉⠉", "  "]);
    expect(
      braillePlot(
        [
          {
            points: [
              [0, 0],
              [0, 7],
            ],
            style: "cyan",
          },
        ],
        area,
      ),
    ).toEqual(["⡇ ", "⡇ "]);
    expect(
      braillePlot(
        [
          {
            points: [
              [9, 9],
              [3, 0],
            ],
            style: "cyan",
          },
        ],
        area,
      ),
    ).toEqual(["  ", " ⢀"]);
  });

  test("draws marks above lines, and later series above earlier ones", () => {
    const lower = {
      points: [
        [0, 0],
        [3, 0],
      ],
      style: "cyan",
    } as const;
    const upper = { points: [[3, 0]], style: "yellow", mark: "•" } as const;
    expect(braillePlot([lower, upper], area)).toEqual(["  ", "⣀•"]);
    const paint = (style: string, text: string): string => `<${style}:${text}>`;
    expect(braillePlot([lower, upper], { ...area, paint })).toEqual(["  ", "<cyan:⣀><yellow:•>"]);
  });
});

test("a curve stays short, and keeps where it began and ended", () => {
  const curve = new Curve();
  for (let i = 0; i <= 100_000; i++) curve.add(i, i % 2 === 0 ? 1 : Number.NaN);
  expect(curve.points.length).toBeLessThan(1024);
  expect(curve.points.length).toBeGreaterThan(256);
  expect(curve.points[0]?.[0]).toBeLessThan(1000);
  expect(curve.points.at(-1)?.[0]).toBeGreaterThan(99_000);
  for (const [, y] of curve.points) expect(y).toBe(1);
});

/** What a terminal was sent, frame by frame, without colours. */
function framesOf(output: string): string[] {
  return output.split("\u001b[?2026h\u001b[H").slice(1).map(stripVTControlCharacters);
}

/** The lines of a frame; a terminal's line discipline adds returns. */
function linesOf(frame: string): string[] {
  return frame.trimEnd().split(/\r*\n/);
}

/** Keys that are pressed one after the other, each once the newest frame shows what it waits for. */
function pressing(keys: readonly (readonly [awaited: RegExp, key: string])[]): Pick<RunOptions, "onOutput"> {
  let next = 0;
  let seen = 0;
  return {
    onOutput: (child, text) => {
      const [awaited, key] = keys[next] ?? [];
      if (awaited === undefined || key === undefined) return;
      const frames = framesOf(text.slice(seen));
      if (!awaited.test(frames.at(-1) ?? "")) return;
      seen = text.length;
      next++;
      child.stdin.write(key);
    },
  };
}

const small = ["train", "mnist", "--limit", "3000", "--batch-size", "10", "--seed", "7"];
const quick = [...small, "--units", "16"];
const endless = [...quick, "--epochs", "1000"];
/** An epoch takes seconds, however fast the machine is: longer than what lies between two frames or a frame and a key. */
const slow = [...small, "--units", "256", "--backend", "cpu"];

// Needs util-linux's `script` for a terminal; other systems have another one or none.
describe.skipIf(!hasTerminals)("in a terminal (skipped where util-linux's script is missing)", () => {
  test("it draws on the second screen, and leaves its last frame on the first one", async () => {
    const cwd = await temporaryFolder();
    const args = [...small, "--units", "64", "--backend", "cpu", "--epochs", "2", "--validation-split", "0.1"];
    const { code, stdout } = await runInTerminal(args, 80, { cwd });
    expect(code).toBe(0);
    const [before, rest] = stdout.split("\u001b[?1049h") as [string, string];
    const [during, after] = rest.split("\u001b[?1049l") as [string, string];
    expect(before).toContain("Training on 2700 samples of mnist, validating with 300");
    expect(during.startsWith("\u001b[?25l")).toBe(true);
    expect(during.endsWith("\u001b[?25h")).toBe(true);
    const frames = framesOf(during);
    expect(frames.length).toBeGreaterThanOrEqual(2);
    for (const frame of frames) {
      const lines = linesOf(frame);
      expect(lines.length).toBeLessThanOrEqual(24);
      for (const line of lines) expect(line.length).toBeLessThan(80);
    }
    expect(frames.some((frame) => /[⠁-⣿]/.test(frame))).toBe(true);
    const last = stripVTControlCharacters(after);
    expect(last).toMatch(/epoch 2\/2 {2}● done\r\n ━+ {2}270\/270 {2}100%\r\n/);
    expect(last).toMatch(/• validation/);
    expect(last).not.toContain("p pause");
    expect(last).toMatch(/The model is in runs\/mnist-1\/model\.\w+\.\r\n/);
    expect(last).toMatch(/\r\ntest accuracy 0\.\d{4}\r\n$/);
  });

  test("p pauses and goes on, n ends the epoch, s stops and keeps the model", async () => {
    const cwd = await temporaryFolder();
    const { code, stdout } = await runInTerminal([...slow, "--epochs", "1000"], 80, {
      cwd,
      ...pressing([
        [/epoch 1\/1000 {2}● training/, "p"],
        [/● paused/, "p"],
        [/epoch 1\/1000 {2}● training/, "n"],
        [/epoch 2\/1000 {2}● training/, "s"],
      ]),
    });
    // Each key was pressed only when its state was drawn, and the run ends by the last one alone.
    expect(code).toBe(0);
    expect(stdout).toMatch(/Stopped after step \d+ of 300 in epoch 2\./);
    expect(stdout).toMatch(/test accuracy 0\.\d{4}\r\n$/);
    const run = join(cwd, "runs", "mnist-1");
    expect(await readdir(run)).toContain("model.keras");
    const events = (await readFile(join(run, "log.jsonl"), "utf8"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).toEqual(["start", "epoch", "stopped", "result"]);
  });

  test("Ctrl-C gives the terminal back, writes a checkpoint and exits with 130", async () => {
    const cwd = await temporaryFolder();
    const { code, stdout } = await runInTerminal(endless, 80, { cwd, ...pressing([[/● training/, "\u0003"]]) });
    expect(code).toBe(130);
    const after = stdout.slice(stdout.lastIndexOf("\u001b[?25h\u001b[?1049l"));
    expect(after).toMatch(
      /Stopped after step \d+ of 300 in epoch \d+\.\r\nGo on with: crease resume runs\/mnist-1\r\n$/,
    );
    expect(await readdir(join(cwd, "runs", "mnist-1", "checkpoints"))).toContain("last.safetensors");
  });

  test("twice Ctrl-C leaves at once, and gives the terminal back", async () => {
    const cwd = await temporaryFolder();
    // One step takes seconds, so that both come before its end.
    const args = ["train", "mnist", "--limit", "2000", "--batch-size", "2000", "--epochs", "1000", "--backend", "cpu"];
    const { code, stdout } = await runInTerminal(args, 80, { cwd, ...pressing([[/epoch 1\/1000/, "\u0003\u0003"]]) });
    expect(code).toBe(130);
    expect(stdout.endsWith("\u001b[?25h\u001b[?1049l")).toBe(true);
  });

  test("another size of the terminal is another frame", async () => {
    const cwd = await temporaryFolder();
    let isSized = false;
    let isStopped = false;
    const { code, stdout } = await runInTerminal(endless, 80, {
      cwd,
      onOutput: async (child, text) => {
        if (!isSized && text.includes("● training")) {
          isSized = true;
          const [crease] = (await readFile(`/proc/${child.pid}/task/${child.pid}/children`, "utf8")).split(" ");
          execFileSync("stty", ["-F", await readlink(`/proc/${crease}/fd/1`), "cols", "120", "rows", "30"]);
        }
        if (isStopped || !linesOf(framesOf(text).at(-1) ?? "").some((line) => line.length > 100)) return;
        isStopped = true;
        child.stdin.write("s");
      },
    });
    expect(code).toBe(0);
    const drawn = stdout.slice(0, stdout.indexOf("\u001b[?1049l"));
    const widest = framesOf(drawn).map((frame) => Math.max(...linesOf(frame).map((line) => line.length)));
    expect(Math.max(...widest)).toBe(119);
    expect(Math.min(...widest)).toBeLessThan(80);
  });

  test("NO_COLOR is respected, and TERM=dumb gets a line", async () => {
    const cwd = await temporaryFolder();
    const args = [...quick, "--epochs", "1"];
    const [noColor, dumb] = await Promise.all([
      runInTerminal(args, 80, { cwd, env: { NO_COLOR: "1" } }),
      runInTerminal(args, 80, { cwd, env: { TERM: "dumb" } }),
    ]);
    expect(noColor.stdout).toContain("\u001b[?1049h");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is looked for
    expect(noColor.stdout).not.toMatch(/\u001b\[[\d;]*m/);
    expect(dumb.stdout).not.toContain("\u001b[?1049h");
    expect(dumb.stdout).toMatch(/300\/300 ━+ /);
  });
});
