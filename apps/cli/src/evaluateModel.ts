/** The judgement of a model on data: loss, metrics and, for classes, which were taken for which. */
import { DataError } from "@crease/backend";
import { type Dataset, disposeElement } from "@crease/datasets";
import type { AnyModel } from "@crease/models";
import { scope, Tensor } from "@crease/tensor";
import { type BackendName, useBackend } from "./backends.ts";
import { Confusion } from "./confusion.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { blaming } from "./failure.ts";
import { type JudgedData, type JudgedSettings, judgedData } from "./judgedData.ts";
import { type OpenedModel, openModel } from "./openModel.ts";
import { reportOf } from "./report.ts";
import { judgementOf } from "./task.ts";
import { grouped, shortNumber } from "./view/numbers.ts";
import { paintFor } from "./view/paint.ts";
import { waitingFor } from "./view/waitingFor.ts";

/** What the options ask for. */
export interface EvaluateSettings extends JudgedSettings {
  readonly metrics?: readonly string[] | undefined;
  readonly best?: true | undefined;
  readonly backend: BackendName;
  readonly threads?: number | undefined;
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
}

/** Judges the model and reports. @throws UsageError where model and data do not fit; DataError. */
export async function evaluateModel(
  path: string,
  data: string | undefined,
  settings: EvaluateSettings,
): Promise<ExitCode> {
  const report = reportOf(settings);
  const started = await useBackend(settings.backend, { threads: settings.threads });
  const opened = await openModel(path, { best: settings.best === true });
  const judged = await waitingFor("Loading data", report, () => judgedData(opened, data, settings));
  const { model } = opened;
  await compile(opened, settings.metrics);
  let count = 0;
  const counted = judged.batches().map((element) => {
    count += (element[0] as Tensor).shape[0] as number;
    return element;
  });
  const result = await waitingFor("Evaluating", report, () =>
    blaming("evaluate", () => model.evaluate(counted, null, { verbose: 0 })),
  );
  if (count === 0)
    throw new DataError({ op: judged.name, problem: "it has no rows", fix: "Give data with samples in it" });
  const confusion = await confusionOf(model, judged);
  const classes = confusion === undefined ? {} : { classes: confusion.classes() };
  const { name, part = null } = judged;
  report.event("result", { model: opened.file, data: name, part, samples: count, ...result, ...classes });
  const paint = paintFor(report.talk);
  const what = part === null ? "samples" : `${part} samples`;
  report.say(`${paint("bold", opened.file)} on ${grouped(count)} ${what} of ${name}`);
  report.say(`${paint("dim", started.label)}\n`);
  const width = Math.max(...Object.keys(result).map((one) => one.length));
  for (const [one, value] of Object.entries(result))
    report.say(`  ${one.padEnd(width)}  ${paint("bold", shortNumber(value))}`);
  if (confusion !== undefined) report.say(`\n${confusion.draw(report.talk.columns || 80, paint)}`);
  return exitCodes.done;
}

/** With what the run was trained by, else with what the file says, else with what suits the task. */
async function compile({ model, run, task }: OpenedModel, metrics: readonly string[] | undefined): Promise<void> {
  const usual = judgementOf(task, (model.outputs[0]?.shape.at(-1) as number | null | undefined) ?? 1);
  const saved = model.getCompileConfig() as { readonly loss?: unknown } | null;
  if (run === undefined && metrics === undefined && saved !== null) return;
  const loss = run?.config.loss ?? usual.loss;
  const names = metrics ?? run?.config.metrics ?? usual.metrics;
  await blaming("evaluate", () => model.compile({ loss: loss as "mse", metrics: names as ["mse"] }));
}

/** How classes were taken for each other; undefined where numbers are predicted. */
async function confusionOf(model: AnyModel, { task, batches }: JudgedData): Promise<Confusion | undefined> {
  if (task.kind !== "classes") return undefined;
  const confusion = new Confusion(task.classes, task.names);
  for await (const element of batches() as Dataset) {
    const [x, y] = element as readonly [Tensor, Tensor];
    const outputs = await model.predict(x);
    if (!(outputs instanceof Tensor)) return undefined;
    const guesses = scope(() =>
      outputs.shape.at(-1) === 1 ? outputs.reshape([-1]).greater(0.5).cast("int32") : outputs.argMax(-1),
    );
    confusion.add((await y.data()) as ArrayLike<number>, (await guesses.data()) as ArrayLike<number>);
    guesses.dispose();
    outputs.dispose();
    disposeElement(element);
  }
  return confusion;
}
