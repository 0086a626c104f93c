/** A model's description: layers, training and weights, for people or as JSON. */
import { plotModel } from "@crease/models";
import { useBackend } from "./backends.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { UsageError } from "./failure.ts";
import { type OpenedModel, openModel } from "./openModel.ts";
import { explained } from "./runFolder.ts";
import type { Task } from "./task.ts";
import { grouped } from "./view/numbers.ts";
import { type Paint, paintFor } from "./view/paint.ts";
import { type WeightFacts, weightFacts } from "./weightFacts.ts";
import { drawWeights } from "./weightLines.ts";

/** What the options ask for. */
export interface InspectSettings {
  readonly svg: string | undefined;
  readonly best: boolean;
  readonly json: boolean;
}

/** Bars of a histogram for people. */
const bins = 24;

/** Describes the model. @throws UsageError for what is none; DataError where files are damaged or the picture cannot be written. */
export async function inspectModel(path: string, { svg, best, json }: InspectSettings): Promise<ExitCode> {
  await useBackend("cpu");
  const opened = await openModel(path, { best });
  const { model } = opened;
  const { stdout } = process;
  if (svg !== undefined) {
    const picture = plotModel(model, { showShapes: true, showLayerNames: true, showLayerActivations: true });
    if (svg === "-") {
      stdout.write(picture);
      return exitCodes.done;
    }
    if (!/\.svg$/i.test(svg)) throw new UsageError(`--svg ${svg} is no picture's name. End it on .svg.`);
    const { writeWhole } = await import("@crease/datasets");
    await explained(svg, () => writeWhole(svg, new TextEncoder().encode(picture)));
  }
  const weights: WeightFacts[] = [];
  for (const { path: name, variable } of model.namedWeights()) weights.push(await weightFacts(name, variable, bins));
  if (json) stdout.write(`${JSON.stringify(described(opened, weights))}\n`);
  else stdout.write(`${shown(opened, weights, paintFor(stdout))}\n`);
  if (svg !== undefined) process.stderr.write(`The picture is in ${svg}.\n`);
  return exitCodes.done;
}

function described({ model, run, file, task, inputShape }: OpenedModel, weights: readonly WeightFacts[]): object {
  return {
    file,
    name: model.name,
    kind: model.className,
    parameters: model.countParams(),
    trainable: model.trainableWeights.reduce((sum, { size }) => sum + size, 0),
    inputShape: inputShape ?? null,
    task,
    ...(run === undefined ? {} : { data: run.data.name, input: run.data.input.kind, config: run.config }),
    layers: model.layers.map((layer) => ({
      name: layer.name,
      kind: layer.className,
      parameters: layer.countParams(),
    })),
    weights,
  };
}

function shown(opened: OpenedModel, weights: readonly WeightFacts[], paint: Paint): string {
  const { model, file } = opened;
  const facts = trainingOf(opened);
  const width = Math.max(...facts.map(([name]) => name.length));
  return [
    paint("bold", file),
    "",
    ...facts.map(([name, text]) => `  ${paint("dim", name.padEnd(width))}  ${text}`),
    "",
    model.summary(),
    "",
    ...drawWeights(weights, paint),
  ].join("\n");
}

/** What it takes and gives, and how it was trained where that is known, as names and texts. */
function trainingOf({ model, run, task, inputShape }: OpenedModel): (readonly [name: string, text: string])[] {
  const shape = inputShape?.map((size) => size ?? "?").join(" x ");
  const facts: (readonly [string, string])[] = [
    ["takes", shape === undefined ? "several inputs" : `${shape} numbers${kindOf(run)}`],
    ["predicts", taskText(task)],
    ["parameters", grouped(model.countParams())],
  ];
  if (run === undefined) return facts;
  const { optimizer, loss, epochs, batchSize, learningRate } = run.config;
  const name = typeof optimizer === "string" ? optimizer : optimizer.name;
  const rate = learningRate === undefined ? "" : ` at ${learningRate}`;
  facts.push(["data", run.data.name]);
  facts.push(["training", `${epochs} epochs, batches of ${batchSize}, ${name}${rate}, ${loss}`]);
  return facts;
}

function kindOf(run: OpenedModel["run"]): string {
  if (run === undefined) return "";
  const { input } = run.data;
  return input.kind === "image"
    ? `, images of ${input.height} x ${input.width} x ${input.channels}`
    : input.kind === "table"
      ? ", rows of a CSV"
      : input.kind === "words"
        ? ", words of a text"
        : "";
}

function taskText(task: Task): string {
  if (task.kind === "numbers") return task.outputs === 1 ? "a number" : `${task.outputs} numbers`;
  const names = (task.names ?? []).slice(0, 6).join(", ");
  const more = (task.names?.length ?? 0) > 6 ? ", ..." : "";
  return `one of ${task.classes} classes${names === "" ? "" : `: ${names}${more}`}`;
}
