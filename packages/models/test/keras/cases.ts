// Models that Keras wrote with what they predict and learn (`models.py`), loaded and compared.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DType } from "@crease/backend";
import { loadModel, type Model } from "@crease/models";
import { type Tensor, tensor } from "@crease/tensor";
import { decode, expectCloseTensor, type GoldenTensor } from "../../../../testdata/golden.ts";
import { tolerances } from "../../../../testdata/tolerances.ts";

/** One model: its files, and numbers before and after `steps` more steps on the same batch. */
export interface KerasCase {
  readonly files: readonly string[];
  readonly inputs: readonly GoldenTensor[];
  /** By the names of the outputs in the order of these names, as everything that comes out. */
  readonly targets: readonly GoldenTensor[];
  readonly predictions: readonly GoldenTensor[];
  readonly after: readonly GoldenTensor[];
  readonly steps: number;
}

/** The cases of a folder by name. */
export function readCases(folder: string): Record<string, KerasCase> {
  return JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as Record<string, KerasCase>;
}

function toTensor(golden: GoldenTensor): Tensor {
  if (golden.dtype === "string")
    return tensor(golden.data as readonly unknown[] as string[], { shape: golden.shape, dtype: "string" });
  const dtype = /^u?int/.test(golden.dtype) ? "int32" : (golden.dtype as DType);
  return tensor(decode(golden), { shape: golden.shape, dtype });
}

const onlyOrAll = <T>(values: readonly T[]): T => (values.length === 1 ? values[0] : values) as T;

/** Compares what a model predicts. */
export async function expectPredictions(
  model: Model,
  { inputs }: KerasCase,
  expected: readonly GoldenTensor[],
  what: string,
): Promise<void> {
  const y = (await model.predict(onlyOrAll(inputs.map(toTensor)))) as unknown;
  const outputs = Object.entries(y as object).sort(([a], [b]) => (a < b ? -1 : 1));
  const list = "dataSync" in (y as object) ? [y as Tensor] : outputs.map(([, output]) => output as Tensor);
  for (const [i, golden] of expected.entries())
    await expectCloseTensor(list[i] as Tensor, golden, tolerances.models.values, `${what}, output ${i}`);
}

/** Trains a model on as the case says. */
export async function trainOn(model: Model, { inputs, targets, steps }: KerasCase): Promise<void> {
  const names = [...(model.graph?.outputNames ?? [])].sort();
  const y = targets.map(toTensor);
  const named =
    y.length === 1 ? (y[0] as Tensor) : Object.fromEntries(y.map((target, i) => [names[i] as string, target]));
  for (let i = 0; i < steps; i++) await model.trainOnBatch(onlyOrAll(inputs.map(toTensor)), named);
}

/** Loads bytes, and compares predictions, the number of steps, and predictions after going on with training. */
export async function expectToGoOn(bytes: Uint8Array, kerasCase: KerasCase, what: string): Promise<void> {
  const model = await loadModel(bytes);
  await expectPredictions(model, kerasCase, kerasCase.predictions, `${what} as loaded`);
  await trainOn(model, kerasCase);
  await expectPredictions(model, kerasCase, kerasCase.after, `${what} after training`);
  model.dispose();
}
