/** The model of a training: from words, from a file, or the usual one for the data. */

import * as layers from "@crease/layers";
import { Flatten, Input, type Layer, Rescaling } from "@crease/layers";
import * as models from "@crease/models";
import { type AnyModel, Model, Sequential } from "@crease/models";
import * as tensors from "@crease/tensor";
import { scope, Tensor, zeros } from "@crease/tensor";
import { defaultExportOf, isModelFile, readJson } from "./configFile.ts";
import type { Config, ModelConfig } from "./configSchema.ts";
import type { TrainingData } from "./data/trainingData.ts";
import { blaming, UsageError } from "./failure.ts";
import { layersOf } from "./layerWords.ts";
import type { ModelContext } from "./modelContext.ts";
import { headOf } from "./task.ts";

/** What of the data a model is built for. */
export type ModelData = Pick<TrainingData, "task" | "inputShape">;

/** A model that fits its data. */
export interface BuiltModel {
  readonly model: AnyModel;
  /** Numbers that it gives for a sample. */
  readonly outputs: number;
}

/** The model in words that suits the data, with hidden layers of so many neurons. */
export function usualModel({ task }: ModelData, hidden: readonly number[]): string {
  const { outputs, activation } = headOf(task);
  return [...hidden.map((units) => `${units} relu`), `${outputs} ${activation}`].join(", ");
}

/** A built model for the data. @throws UsageError where there is none, or it does not fit the data. */
export async function buildModel(like: NonNullable<Config["model"]>, data: ModelData): Promise<BuiltModel> {
  const name = typeof like !== "string" ? "model" : isModelFile(like) ? like : `model "${like}"`;
  return blaming(name, async () => {
    const model = await modelOf(like, data);
    const outputs = outputsOf(model, data, name);
    return { model, outputs };
  });
}

async function modelOf(like: string | ModelConfig, data: ModelData): Promise<AnyModel> {
  if (typeof like !== "string") return fromConfig(like);
  if (!isModelFile(like)) return new Sequential([Input({ shape: data.inputShape }), ...fittedLayers(like, data)]);
  if (like.endsWith(".json")) return fromConfig(await readJson(like));
  const made = await defaultExportOf(like);
  const model = typeof made === "function" ? await made(contextOf(data)) : made;
  if (model instanceof Model) return model as unknown as AnyModel;
  throw new UsageError(
    model instanceof Object && "layers" in model
      ? `${like}: its model comes from another copy of @crease/models. Export a function and take them from its argument: \`export default ({ layers, models }) => ...\`.`
      : `${like}: its default export is no model. Export a model, or a function that returns one.`,
  );
}

/** The layers of a model in words, between what brings inputs into one axis and outputs to the scale of the targets. */
function fittedLayers(words: string, { task, inputShape }: ModelData): Layer[] {
  const before = inputShape.length > 1 && !/^\s*flatten\b/i.test(words) ? [new Flatten()] : [];
  const scale = task.kind === "numbers" ? task.scale : undefined;
  const after = scale === undefined ? [] : [new Rescaling(scale.stddev, { offset: scale.mean })];
  return [...before, ...layersOf(words), ...after];
}

function contextOf({ task, inputShape }: ModelData): ModelContext {
  return { inputShape, outputs: headOf(task).outputs, task, layers, models, tensor: tensors };
}

function fromConfig(value: unknown): AnyModel {
  const { className, config } = (value ?? {}) as Partial<ModelConfig>;
  if (className !== "Sequential" || typeof config !== "object" || config === null)
    throw new UsageError(
      'it is no serialized model. Give { "className": "Sequential", "config": ... } as getConfig writes it.',
    );
  return Sequential.fromConfig(config);
}

/** Builds the model with one sample of zeros. @throws UsageError where it gives something else than the data need. */
function outputsOf(model: AnyModel, { task, inputShape }: ModelData, name: string): number {
  const shape = scope(() => {
    const output = (model as unknown as Layer).apply(zeros([1, ...inputShape]));
    return output instanceof Tensor ? output.shape : undefined;
  });
  const { outputs, activation } = headOf(task);
  const fits = shape?.length === 2 && (shape[1] === outputs || (task.kind === "classes" && shape[1] === task.classes));
  if (!fits)
    throw new UsageError(
      `${name}: it gives ${shape === undefined ? "several tensors" : `[${shape.slice(1).join(",")}]`} for each sample, and the data need [${outputs}]. End it with "${outputs} ${activation}".`,
    );
  return shape[1] as number;
}
