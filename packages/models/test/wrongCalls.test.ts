/** What calls in plain JavaScript get wrong, and what they are told: no TypeError from inside, nothing passed over. */
import { ValueError } from "@crease/backend";
import { Dense, Embedding, Input } from "@crease/layers";
import {
  BackupAndRestore,
  CSVLogger,
  EarlyStopping,
  ModelCheckpoint,
  ReduceLROnPlateau,
  RemoteMonitor,
  Sequential,
  SwapEMAWeights,
  TensorBoard,
  TerminateOnNaN,
} from "@crease/models";
import { zeros } from "@crease/tensor";
import { expect, test } from "vitest";
import { line, points } from "./scripted.ts";

// biome-ignore lint/suspicious/noExplicitAny: the types refuse all of these calls.
type Any = any;
const any = (value: unknown): Any => value;

const fit = (options: object): Promise<unknown> => line().fit(...points(), { verbose: 0, ...options });

test.each<readonly [string, () => unknown, string]>([
  ["an activation in the place of options", () => new Dense(3, any("relu")), 'Dense: the options are "relu".'],
  ["null in the place of options", () => new Embedding(3, 2, any(null)), "Embedding: the options are null."],
  ["an Input without a shape", () => any(Input)(), "Input: there is no shape. Use `Input({ shape: [784] })`."],
  ["a layer in the place of a list", () => new Sequential(any(new Dense(1))), "Sequential: the layers are no list."],
  ["a class among the layers", () => new Sequential([any(Dense)]), "Sequential.add: the class Dense is no layer."],
  ["an object among the layers", () => new Sequential([any({ units: 3 })]), "Sequential.add: an object is no layer."],
  [
    "a metric without its list",
    () => line().compile({ metrics: any("accuracy") }),
    'compile: metrics is "accuracy". Give a list such as ["accuracy"].',
  ],
  ["a checkpoint without a path", () => new ModelCheckpoint(any(undefined)), "ModelCheckpoint: the path is undefined."],
  ["a callback without its list", () => fit({ callbacks: new EarlyStopping() }), "fit: callbacks is no list."],
  [
    "a callback that is a function",
    () => fit({ callbacks: [() => undefined] }),
    "fit: among the callbacks is something that is none.",
  ],
  [
    "callbacks of evaluate",
    () => line().evaluate(...points(), { callbacks: [any(null)] }),
    "evaluate: among the callbacks",
  ],
  [
    "callbacks of predict",
    () => line().predict(zeros([1, 1]), { callbacks: [any({})] }),
    "predict: among the callbacks",
  ],
  [
    "validation data without targets",
    () => fit({ validationData: zeros([4, 1]) }),
    "fit: validationData is neither a list nor a Dataset. Give `[x, y]`",
  ],
  ["an unknown verbosity", () => fit({ verbose: "loud" }), 'verbose: "loud" is no verbosity. Use "auto", 0 (silent)'],
  ["a boolean verbosity", () => fit({ verbose: false }), "verbose: false is no verbosity."],
  [
    "a class weight that is no number",
    () => fit({ classWeight: { 2: "a" } }),
    'fit: classWeight of class 2 is "a". Use a finite number.',
  ],
])("%s", async (_, call, message) => {
  let thrown: unknown;
  try {
    await call();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(ValueError);
  expect((thrown as Error).message).toContain(message);
});

test.each<readonly [string, (options: never) => unknown, option: string]>([
  ["BackupAndRestore", (options) => new BackupAndRestore("folder", options), "saveFreq"],
  ["CSVLogger", (options) => new CSVLogger("a.csv", options), "append"],
  ["EarlyStopping", (options) => new EarlyStopping(options), "restoreBestWeights"],
  ["ModelCheckpoint", (options) => new ModelCheckpoint("a.keras", options), "saveBestOnly"],
  ["ReduceLROnPlateau", (options) => new ReduceLROnPlateau(options), "minLr"],
  ["RemoteMonitor", (options) => new RemoteMonitor(options), "field"],
  ["SwapEMAWeights", (options) => new SwapEMAWeights(options), "swapOnEpoch"],
  ["TensorBoard", (options) => new TensorBoard("logs", options), "histogramFreq"],
  ["TerminateOnNaN", (options) => new TerminateOnNaN(options), "raiseError"],
])("%s takes no options of unknown names, and tells the nearest", (name, make, option) => {
  expect(() => make({ [`${option}s`]: 1 } as never)).toThrow(
    `${name}: there is no option "${option}s". Did you mean "${option}"?`,
  );
  expect(() => make("loss" as never)).toThrow(`${name}: the options are "loss".`);
});

test("compile without options takes Keras's defaults", () => {
  const model = line();
  model.compile();
  expect(model.optimizer.className).toBe("RMSprop");
});
