/** Whole models as Keras's legacy HDF5 files: configs as JSON in attributes, weights in groups. */
import { DataError } from "@crease/backend";
import { type Hdf5Group, writeHdf5 } from "@crease/files";
import type { Optimizer } from "@crease/optimizers";
import type { AnyModel } from "../anyModel.ts";
import { kerasText } from "../keras/kerasText.ts";
import type { KerasJSON } from "../keras/toKeras.ts";
import { GroupBuilder, groupAt, textOf } from "./groups.ts";
import { namedArrays, putLegacyWeights, putNamed, setLegacyWeights } from "./legacyWeights.ts";
import { optimizerEntries } from "./optimizerEntries.ts";
import { planOptimizer } from "./optimizerState.ts";
import { parseJson } from "./parseJson.ts";
import { assignAll, storeEntries } from "./storedValues.ts";
import { kerasVersion } from "./version.ts";

/** The bytes of a legacy file of a model. */
export async function encodeLegacy(model: AnyModel, optimizer: Optimizer | undefined): Promise<Uint8Array> {
  const { class_name, config, compile_config: compiled } = legacyLayer(model.toJSON()) as KerasJSON;
  const root = new GroupBuilder();
  root.describe("keras_version", kerasVersion);
  root.describe("backend", "crease");
  root.describe("model_config", kerasText({ class_name, config }));
  const entries = optimizer === undefined ? [] : optimizerEntries(optimizer, model.trainableWeights);
  // Both begin before anything is waited for, so that they belong to one moment.
  const [numbers] = await Promise.all([storeEntries(entries), putLegacyWeights(root.group("model_weights"), model)]);
  if (optimizer !== undefined) {
    const { optimizer: described, loss, ...training } = compiled as Record<string, unknown>;
    const { class_name: name, config: options } = described as KerasJSON;
    const optimizer_config = { class_name: name, config: options };
    root.describe("training_config", kerasText({ loss: inFull(loss), ...training, optimizer_config }));
    const names = entries.map((entry, i) => `${optimizer.name}/${nameOf(entry.kind, i)}`);
    putNamed(root.group("optimizer_weights"), names, numbers);
  }
  return writeHdf5(root);
}

const shortNames: { readonly [short: string]: string } = {
  bce: "binary_crossentropy",
  kld: "kl_divergence",
  mae: "mean_absolute_error",
  mape: "mean_absolute_percentage_error",
  mse: "mean_squared_error",
  msle: "mean_squared_logarithmic_error",
};

/** Losses, in lists and by output too, without short names: Keras 3 takes these for metrics in a legacy file and fails. */
function inFull(loss: unknown): unknown {
  if (typeof loss === "string") return Object.hasOwn(shortNames, loss) ? shortNames[loss] : loss;
  if (Array.isArray(loss)) return loss.map(inFull);
  if (typeof loss !== "object" || loss === null || "class_name" in loss) return loss;
  return Object.fromEntries(Object.entries(loss).map(([output, inner]) => [output, inFull(inner)]));
}

function nameOf(kind: string, position: number): string {
  if (kind === "steps") return "iteration";
  return kind === "rate" ? "learning_rate" : `variable_${position}`;
}

/** A layer without what the legacy form does not say, and so those in it. */
function legacyLayer(json: KerasJSON): unknown {
  const { module: _, registered_name: __, build_config: ___, config, ...rest } = json as Record<string, unknown>;
  const { layers, ...options } = (config ?? {}) as Record<string, unknown>;
  const inner = Array.isArray(layers) ? { layers: layers.map((layer) => legacyLayer(layer as KerasJSON)) } : {};
  return { ...rest, config: { ...options, ...inner } };
}

/** True for a legacy file of a whole model. */
export function isLegacyModel(root: Hdf5Group): boolean {
  return root.attributes.has("model_config");
}

/** The JSON of the model in a legacy file, as a `.keras` file has it. @throws DataError where it is damaged. */
export function legacyJson(file: string, root: Hdf5Group, isCompiled: boolean): object {
  const described = parseJson(file, "the model's config", textOf(root, "model_config"));
  const text = textOf(root, "training_config");
  if (!isCompiled || text === undefined) return described;
  const { optimizer_config: optimizer, ...training } = parseJson(file, "the training's config", text) as Record<
    string,
    unknown
  >;
  return { ...described, compile_config: { ...training, optimizer } };
}

/** Sets the weights of the model that was made from a legacy file, and its optimizer's state. @throws DataError as others. */
export function setLegacyModel(file: string, model: AnyModel, root: Hdf5Group, optimizer: Optimizer | undefined): void {
  const weights = groupAt(root, "model_weights");
  if (weights === undefined)
    throw new DataError({ op: file, problem: "it has no weights", fix: "Save the whole model anew" });
  setLegacyWeights(file, model, weights);
  const state = groupAt(root, "optimizer_weights");
  if (optimizer === undefined || state === undefined) return;
  const arrays = namedArrays(file, state, "optimizer_weights");
  const plan = planOptimizer(file, optimizer, model.trainableWeights, arrays);
  assignAll(file, plan.assignments);
  plan.finish();
}
