/** What the progress line writes, as a terminal would show it. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Dataset } from "@crease/datasets";
import { Dense } from "@crease/layers";
import { Callback, ProgressLine, Sequential, type TextStream } from "@crease/models";
import { tensor } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { line, points, Scripted } from "./scripted.ts";

const clearToEnd = "\x1b[K";
const escapes = new RegExp(`(\\r|\\n|${clearToEnd.replace("[", "\\[")})`);

/** A terminal of some columns: carriage returns, line feeds and "erase to the end of the line" only. */
class Terminal implements TextStream {
  readonly columns: number;
  readonly lines: string[] = [""];
  /** Each state of the last line. */
  readonly drawn: string[] = [];
  #column = 0;

  constructor(columns = 80) {
    this.columns = columns;
  }

  write(text: string): void {
    for (const part of text.split(escapes)) {
      const last = this.lines.length - 1;
      if (part === "\r") this.#column = 0;
      else if (part === "\n") {
        this.lines.push("");
        this.#column = 0;
      } else if (part === clearToEnd) this.lines[last] = (this.lines[last] as string).slice(0, this.#column);
      else {
        const old = this.lines[last] as string;
        this.lines[last] = old.slice(0, this.#column) + part + old.slice(this.#column + part.length);
        this.#column += part.length;
        if (this.#column > this.columns) throw new Error(`wrapped at ${this.columns} columns: ${this.lines[last]}`);
      }
    }
    this.drawn.push(this.lines.at(-1) as string);
  }
}

/** Times as they differ from run to run. */
const timeless = (text: string): string =>
  text.replace(/\d+(:\d\d)*s(?= )/g, "Ts").replace(/\d+(s|ms|us)\/step/g, "T/step");

describe("in a terminal", () => {
  test("draws steps, a bar, time and numbers", async () => {
    const terminal = new Terminal();
    const callbacks = [new Scripted("loss", [0.25, 0.00012345]), new ProgressLine(terminal, { redraw: true })];
    await line().fit(...points(), { epochs: 2, batchSize: 1, verbose: 0, callbacks });
    expect(terminal.lines.map(timeless)).toEqual([
      "Epoch 1/2",
      "4/4 ━━━━━━━━━━━━━━━━━━━━ Ts T/step - loss: 0.2500",
      "Epoch 2/2",
      "4/4 ━━━━━━━━━━━━━━━━━━━━ Ts T/step - loss: 1.2345e-4",
      "",
    ]);
  });

  test("the first step and the last are drawn while it runs", async () => {
    const terminal = new Terminal();
    const [x, y] = points();
    await line().fit(x, y, { batchSize: 1, verbose: 0, callbacks: [new ProgressLine(terminal, { redraw: true })] });
    const bars = terminal.drawn.map((text) => text.split(" ").slice(0, 2).join(" "));
    expect(bars).toContain("1/4 ━━━━━───────────────");
    expect(bars.filter((bar) => bar === "4/4 ━━━━━━━━━━━━━━━━━━━━").length).toBeGreaterThanOrEqual(2);
  });

  test.each([40, 60, 80])(
    "never wraps by itself at %i columns: running lines are cut, the last is folded",
    async (columns) => {
      const terminal = new Terminal(columns);
      const model = new Sequential([new Dense(1)]);
      model.compile({ loss: "mse", metrics: ["mae", "mse", "rootMeanSquaredError"] });
      const [x, y] = points();
      const options = { epochs: 2, batchSize: 1, validationData: [x, y] as const, verbose: 0 as const };
      await model.fit(x, y, { ...options, callbacks: [new ProgressLine(terminal, { redraw: true })] });
      const text = terminal.lines.join("\n");
      for (const name of ["loss", "mae", "valLoss", "valRootMeanSquaredError"]) expect(text).toContain(`- ${name}: `);
      expect(terminal.lines.filter((text) => text.startsWith("4/4")).length).toBe(2);
      expect(text).not.toContain("…");
    },
  );

  test("evaluate and predict have a line too", async () => {
    const terminal = new Terminal();
    const callbacks = [new ProgressLine(terminal, { redraw: true })];
    const model = line();
    const [x, y] = points();
    await model.evaluate(x, y, { batchSize: 2, verbose: 0, callbacks });
    await model.predict(x, { batchSize: 2, callbacks });
    expect(timeless(terminal.lines[0] as string)).toMatch(/^2\/2 ━{20} Ts T\/step - loss: \d/);
    expect(timeless(terminal.lines[1] as string)).toMatch(/^2\/2 ━{20} Ts T\/step$/);
  });

  test("an error leaves the cursor on a new line", async () => {
    const terminal = new Terminal();
    const model = line();
    class Throws extends Callback {
      override onTrainBatchEnd(): void {
        throw new Error("stop");
      }
    }
    const callbacks = [new ProgressLine(terminal, { redraw: true }), new Throws()];
    await expect(model.fit(...points(), { batchSize: 1, verbose: 0, callbacks })).rejects.toThrow("stop");
    expect(terminal.lines.at(-1)).toBe("");
    expect(terminal.lines.at(-2)).toMatch(/^1\/4 /);
  });
});

describe("elsewhere", () => {
  const written = async (values: readonly number[], batchSize = 1): Promise<string[]> => {
    let text = "";
    const stream = { write: (part: string) => (text += part) };
    const callbacks = [new Scripted("loss", values), new ProgressLine(stream)];
    await line().fit(...points(), { epochs: values.length, batchSize, verbose: 0, callbacks });
    return timeless(text).split("\n");
  };

  test("writes a plain line for each epoch", async () => {
    expect(await written([0.5, 0.25])).toEqual([
      "Epoch 1/2",
      "4/4 - Ts - T/step - loss: 0.5000",
      "Epoch 2/2",
      "4/4 - Ts - T/step - loss: 0.2500",
      "",
    ]);
  });

  test("says once that the loss is NaN", async () => {
    const lines = await written([1, Number.NaN, Number.NaN]);
    expect(lines.filter((text) => text.includes("The loss is NaN"))).toEqual([
      "The loss is NaN. Try a smaller learning rate, or clip gradients.",
    ]);
    expect(lines.indexOf("The loss is NaN. Try a smaller learning rate, or clip gradients.")).toBe(4);
    expect(lines.filter((text) => text.endsWith("loss: NaN")).length).toBe(2);
  });

  test("a Dataset that does not know its size", async () => {
    let text = "";
    const stream = { write: (part: string) => (text += part) };
    const model = line();
    model.compile({ loss: "mse" });
    const data = Dataset.fromGenerator(function* () {
      for (let i = 0; i < 3; i++) yield [tensor([[1]]), tensor([[1]])] as const;
    });
    await model.fit(data, null, { verbose: 0, callbacks: [new ProgressLine(stream)] });
    expect(timeless(text)).toMatch(/^Epoch 1\/1\n3\/3 - Ts - T\/step - loss: /);
  });
});

describe("verbose", () => {
  /** What a program prints whose output is no terminal. */
  async function printed(options: string): Promise<string[]> {
    const program = `
      import { Dense } from "@crease/layers";
      import { Sequential } from "@crease/models";
      const model = new Sequential([new Dense(1)]);
      model.compile({ loss: "mse" });
      await model.fit([[1], [2]], [[1], [2]], { batchSize: 1, epochs: 2, ${options} });
      await model.evaluate([[1]], [[1]], { ${options} });
      await model.predict([[1]]);`;
    const args = ["--conditions=@crease/source", "--input-type=module", "--eval", program];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname });
    return stdout.split("\n").map((text) => timeless(text).replace(/loss: .*/, "loss: L"));
  }
  const plain = ["Epoch 1/2", "2/2 - Ts - T/step - loss: L", "Epoch 2/2", "2/2 - Ts - T/step - loss: L"];

  test.each(["", 'verbose: "auto"', "verbose: 2"])(
    "{ %s }: plain lines where there is no terminal",
    async (options) => {
      expect(await printed(options)).toEqual([...plain, "1/1 - Ts - T/step - loss: L", ""]);
    },
  );
  test("0 is silent", async () => {
    expect(await printed("verbose: 0")).toEqual([""]);
  });
  test("1 draws all the same", async () => {
    expect((await printed("verbose: 1")).join("\n")).toContain("\r1/2 ━━━━━━━━━━──────────");
  });
});
