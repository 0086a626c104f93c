/** The model of a training: from words, from a file, or the usual one for the data. */

import * as layers from "@crease/layers";
import { Flatten, Input, type Layer, Rescaling } from "@crease/layers";
import * as models from "@crease/models";
import { type AnyModel, loadModel, Model, modelFromJSON, Sequential } from "@crease/models";
import * as tensors from "@crease/tensor";
import { scope, Tensor, zeros } from "@crease/tensor";
import { defaultExportOf, isModelFile, readJson } from "./configFile.ts";
import type { Config, ModelConfig } from "./configSchema.ts";
import type { TrainingData } from "./data/trainingData.ts";
import { blaming, UsageError } from "./failure.ts";
import { layersOf } from "./layerWords.ts";
import type { ModelContext, ModelFunction } from "./modelContext.ts";
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
  if (typeof like !== "string") return fromJson(like);
  if (!isModelFile(like)) return new Sequential([Input({ shape: data.inputShape }), ...fittedLayers(like, data)]);
  if (like.endsWith(".json")) return fromJson(await readJson(like));
  if (/\.(keras|h5)$/.test(like)) return (await loadModel(like, { compile: false })) as unknown as AnyModel;
  const made = await defaultExportOf(like);
  const model = typeof made === "function" ? await called(made as ModelFunction, like, data) : made;
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

/** What a model file's function returns. @throws UsageError where it throws. */
async function called(make: ModelFunction, file: string, data: ModelData): Promise<unknown> {
  try {
    return await make(contextOf(data));
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${file}: its function failed (${problem}). Correct it; --debug shows where.`, { cause });
  }
}

function contextOf({ task, inputShape }: ModelData): ModelContext {
  return { inputShape, outputs: headOf(task).outputs, task, layers, models, tensor: tensors };
}

function fromJson(value: unknown): AnyModel {
  if (typeof value === "object" && value !== null && Object.hasOwn(value, "class_name"))
    return modelFromJSON(value) as unknown as AnyModel;
  throw new UsageError(
    'it is no model. Give { "class_name": "Sequential", "config": ... } as model.toJSON() writes it.',
  );
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
