/** Arrays in an npz file as training data. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { DataError, formatSpec, suggestName } from "@crease/backend";
import { readNpz, type StoredArray } from "@crease/files";
import { tensor, type Values } from "@crease/tensor";
import type { Task } from "../task.ts";
import { firstOf, inMemory, type SampleSet, splitOff } from "./tensorData.ts";
import { type DataSettings, defaultsFor, type TrainingData } from "./trainingData.ts";

/** Names under which arrays are found: inputs, then targets. */
const names = {
  train: [
    ["x", "y"],
    ["xTrain", "yTrain"],
    ["x_train", "y_train"],
    ["train_images", "train_labels"],
  ],
  test: [
    ["xTest", "yTest"],
    ["x_test", "y_test"],
    ["test_images", "test_labels"],
  ],
} as const;

/** Reads an npz file with arrays such as `x` and `y`, or `x_train`, `y_train`, `x_test` and `y_test`. @throws DataError for any other. */
export async function loadNpz(settings: DataSettings): Promise<TrainingData> {
  const { data: path, limit } = settings;
  const bytes = await readFile(path);
  const arrays = await readNpz(bytes, { name: path });
  const pair = pairOf(arrays, settings);
  const isBytes = arrays.get(pair[0])?.dtype === "uint8";
  const train = setOf(arrays, pair, path);
  const task = taskOf(train.y, settings, path);
  const test = names.test.find(([x, y]) => arrays.has(x) && arrays.has(y));
  const ready = (set: Stored): SampleSet => firstOf(toTensors(set, task, path), limit);
  const held = settings.validationSplit ?? (test === undefined ? 0.2 : 0);
  const sets = {
    ...splitOff(ready(train), held, settings.seed),
    test: test === undefined ? undefined : ready(setOf(arrays, test, path)),
  };
  const notes = [`Inputs "${pair[0]}" ${formatSpec(train.x)}, targets "${pair[1]}" ${formatSpec(train.y)}.`];
  if (isBytes) notes.push("Bytes are divided by 255.");
  return {
    name: basename(path),
    task,
    input: { kind: "array" },
    notes,
    digest: createHash("sha256").update(bytes).digest("hex"),
    defaults: defaultsFor(sets.train.x.shape[0] as number, [64, 64]),
    ...inMemory(sets, settings.seed),
  };
}

interface Stored {
  readonly x: StoredArray;
  readonly y: StoredArray;
}

function wrong(path: string, problem: string, fix: string): DataError {
  return new DataError({ op: path, problem, fix });
}

function pairOf(
  arrays: ReadonlyMap<string, StoredArray>,
  { data: path, target }: DataSettings,
): readonly [string, string] {
  if (target !== undefined) {
    if (!arrays.has(target))
      throw wrong(path, `there is no array "${target}"`, suggestName(target, [...arrays.keys()]));
    const others = [...arrays.keys()].filter((name) => name !== target);
    const x = names.train.find(([, y]) => y === target)?.[0] ?? (others.length === 1 ? others[0] : "x");
    if (x !== undefined && arrays.has(x)) return [x, target];
    throw wrong(path, `which of ${others.join(", ")} holds the inputs is unclear`, 'Call the array "x"');
  }
  const found = names.train.find(([x, y]) => arrays.has(x) && arrays.has(y));
  if (found !== undefined) return found;
  const known = names.train.map((pair) => pair.join(" and ")).join(", or ");
  throw wrong(path, `it holds ${[...arrays.keys()].join(", ") || "nothing"}`, `Call the arrays ${known}`);
}

function setOf(arrays: ReadonlyMap<string, StoredArray>, [x, y]: readonly [string, string], path: string): Stored {
  const set = { x: arrays.get(x) as StoredArray, y: arrays.get(y) as StoredArray };
  for (const [name, { dtype, shape }] of Object.entries(set))
    if (dtype === "string" || shape.length === 0)
      throw wrong(
        path,
        `${name === "x" ? x : y} holds ${dtype === "string" ? "text" : "one number"}`,
        "Store an array of numbers with a row for each sample",
      );
  if (set.x.shape[0] !== set.y.shape[0] || set.x.shape[0] === 0)
    throw wrong(
      path,
      `${x} has ${set.x.shape[0]} rows, ${y} has ${set.y.shape[0]}`,
      "Store a row of each for every sample",
    );
  return set;
}

/** Whole numbers in one column are classes, anything else is numbers, unless `task` says so. */
function taskOf(y: StoredArray, { task }: DataSettings, path: string): Task {
  const width = y.shape.slice(1).reduce((size, n) => size * n, 1);
  const isWhole = y.dtype === "int32" || y.dtype === "uint8" || y.dtype === "int8" || y.dtype === "bool";
  if (task === "numbers" || (task === undefined && !(isWhole && width === 1)))
    return { kind: "numbers", outputs: width };
  let most = 0;
  for (const label of y.data as Float32Array) {
    if (!Number.isInteger(label) || label < 0 || label > 1_000_000)
      throw wrong(path, `${label} is no class`, "Number classes from 0 on, or train with --task numbers");
    most = Math.max(most, label);
  }
  if (width !== 1) throw wrong(path, `the targets have ${width} columns`, "Store class numbers, one for each sample");
  return { kind: "classes", classes: Math.max(most + 1, 2) };
}

function toTensors({ x, y }: Stored, task: Task, path: string): SampleSet {
  const count = x.shape[0] as number;
  const inputs = Float32Array.from(x.data as Float32Array, x.dtype === "uint8" ? (value) => value / 255 : undefined);
  if (!inputs.every(Number.isFinite))
    throw wrong(path, "the inputs hold NaN or Infinity", "Replace them, or leave those rows out");
  const shape = x.shape.length === 1 ? [count, 1] : x.shape;
  return {
    x: tensor(inputs, { shape }),
    y:
      task.kind === "classes"
        ? tensor(Int32Array.from(y.data as Float32Array), { shape: [count] })
        : tensor(Float32Array.from(y.data as Float32Array) as Values, { shape: [count, task.outputs] }),
  };
}
