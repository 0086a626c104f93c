/** What a trained model is worth, on samples that it was not trained on. */
import { disposeElement } from "@crease/datasets";
import type { AnyModel } from "@crease/models";
import type { Tensor } from "@crease/tensor";
import type { Part, TrainingData } from "./data/trainingData.ts";
import { drawDigits } from "./digits.ts";
import type { Report } from "./report.ts";
import { shownPath } from "./runFolder.ts";
import type { RunLog } from "./runLog.ts";

/** Where the judgement goes. */
export interface Court {
  readonly report: Report;
  readonly log: RunLog;
  readonly folder: string;
}

const shown = 10;
const judgedAtOnce = 1000;

/** Evaluates on the test samples, else on the validation samples, and says the numbers; digits are drawn too. */
export async function judge(model: AnyModel, data: TrainingData, { report, log, folder }: Court): Promise<void> {
  const part: Part = data.counts.test > 0 ? "test" : "validation";
  const numbers =
    data.counts[part] === 0 ? {} : await model.evaluate(data.batches(part, judgedAtOnce), null, { verbose: 0 });
  if (report.talk === process.stdout && !report.isQuiet && data.name === "mnist")
    report.say(`\n${await drawFirst(model, data)}`);
  const named = Object.entries(numbers).map(([name, value]) => [
    `${part}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    value,
  ]);
  log.event("result", { ...Object.fromEntries(named), folder: shownPath(folder) });
  for (const [name, value] of Object.entries(numbers)) report.say(`${part} ${name} ${value.toFixed(4)}`);
}

async function drawFirst(model: AnyModel, data: TrainingData): Promise<string> {
  for await (const [x, y] of data.batches("test", shown) as AsyncIterable<[Tensor, Tensor]>) {
    try {
      const outputs = (await model.predict(x)) as Tensor;
      const pixels = (await x.data()) as Float32Array;
      const probabilities = (await outputs.data()) as Float32Array;
      outputs.dispose();
      const [side, classes] = [pixels.length / y.size, probabilities.length / y.size];
      const digits = Array.from((await y.data()) as ArrayLike<number>, (label, i) => ({
        pixels: pixels.subarray(i * side, (i + 1) * side),
        label,
        probabilities: probabilities.subarray(i * classes, (i + 1) * classes),
      }));
      const { stdout } = process;
      return drawDigits(digits, stdout.columns || 80, stdout.isTTY === true && stdout.hasColors());
    } finally {
      disposeElement([x, y]);
    }
  }
  return "";
}
