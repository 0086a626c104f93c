/** The state of a model in training: taken out at one moment, and set again whole or not at all. */
import { DataError, formatSpec, sameShape, ValueError } from "@crease/backend";
import {
  getRandomState,
  keep,
  type RandomState,
  scope,
  setRandomState,
  type Tensor,
  type Variable,
} from "@crease/tensor";
import type { AnyModel } from "../anyModel.ts";
import { type CheckpointFile, stateOf, toTensor } from "./checkpointFile.ts";
import { metricsIn, seedsOf } from "./partsOf.ts";
import { isState, StateReader } from "./reader.ts";
import { type State, takeApart } from "./state.ts";

const slotPrefix = "optimizer.";
/** Of the JSON; raised where its meaning changes. */
const version = 1;

/** Tensors by path, to be given up by whoever reads them, and the rest as JSON. */
export interface Taken {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly json: unknown;
}

/**
 * Weights under their paths, optimizer slots under `optimizer.<slot>.<path>`; in the JSON the optimizer's step count and
 * rate, the running metrics, the random state, the random streams of layers, and what `more` holds. Synchronous, so all
 * of it belongs to one moment, whatever training does while it is written.
 *
 * @throws ValueError before `compile`, and where a weight's path is that of something else in the checkpoint.
 */
export function takeState(model: AnyModel, more: () => State = () => ({})): Taken {
  return scope(() => {
    const { optimizer } = model;
    const tensors = new Map<string, Tensor>();
    const weights = model.namedWeights();
    for (const { path, variable } of weights) tensors.set(path, variable.value);
    const rest = new Map<string, Tensor>();
    const paths = new Map(weights.map(({ path, variable }) => [variable, path]));
    for (const variable of optimizer.builtFor) {
      const path = paths.get(variable);
      // Slots of a weight that the model no longer has are of no use to it.
      if (path === undefined) continue;
      for (const [slot, { value }] of Object.entries(optimizer.slots(variable)))
        rest.set(`${slotPrefix}${slot}.${path}`, value);
    }
    const state: State = {
      version,
      optimizer: { className: optimizer.className, ...optimizer.state },
      random: { ...getRandomState() },
      seeds: Object.fromEntries([...seedsOf(model)].map(([path, { calls }]) => [path, calls])),
      metrics: model.compiled.getState(),
      ownMetrics: Object.fromEntries([...metricsIn(model)].map(([path, metric]) => [path, metric.getState()])),
      ...more(),
    };
    const json = takeApart(state, "", rest);
    for (const [path, x] of rest) {
      if (tensors.has(path))
        throw new ValueError({
          op: "checkpoint",
          problem: `the model has a weight "${path}", which is a name for something else`,
          fix: "Rename the field that holds it",
        });
      tensors.set(path, x);
    }
    return { tensors: new Map([...tensors].map(([path, x]) => [path, keep(x.reshape(x.shape))])), json };
  });
}

/** Whether the model has all weights of a checkpoint: one that is not built yet has none. */
export function isBuiltFor(model: AnyModel, file: CheckpointFile): boolean {
  const known = new Set(model.namedWeights().map(({ path }) => path));
  return weightPaths(file).every((path) => known.has(path));
}

/** What is neither a slot nor mentioned in the JSON. */
function weightPaths({ tensors, mentioned }: CheckpointFile): readonly string[] {
  return [...tensors.keys()].filter((path) => !mentioned.has(path) && !path.startsWith(slotPrefix));
}

/**
 * Sets everything of a model that `takeState` took.
 *
 * @throws DataError where the file is one of another model or optimizer; nothing is set then.
 */
export function restoreState(model: AnyModel, file: CheckpointFile): void {
  const wrong = (problem: string, fix: string): DataError => new DataError({ op: file.name, problem, fix });
  const { optimizer, backend } = model;
  scope(() => {
    const names = ["version", "optimizer", "random", "seeds", "metrics", "ownMetrics"];
    const reader = new StateReader(
      stateOf(file, names, (stored) => toTensor(stored, backend)),
      file.name,
    );
    if (reader.count("version") !== version)
      throw wrong(`it is of version ${reader.count("version")}`, `This version of Crease reads version ${version}`);
    const saved = reader.below("optimizer");
    const [className, steps] = [saved.text("className"), saved.count("steps")];
    if (className !== optimizer.className)
      throw wrong(`it was saved with ${className}, the model is compiled with ${optimizer.className}`, "Compile alike");
    const learningRate = saved.value("learningRate") === null ? null : saved.number("learningRate");
    const random = randomState(reader.below("random"), wrong);
    const seeds = reader.below("seeds");
    const calls = [...seedsOf(model)].map(
      ([path, stream]) => [stream, seeds.has(path) ? seeds.count(path) : 0] as const,
    );
    const metrics = metricStates(reader.below("metrics"), wrong);
    const ownStates = metricStates(reader.below("ownMetrics"), wrong);
    const weights = fittingWeights(model, file, wrong);
    const slots = fittingSlots(model, file, wrong);
    // What may still refuse comes first.
    model.compiled.setState(metrics);
    for (const [path, metric] of metricsIn(model)) metric.setState(ownStates[path] ?? {});
    for (const [variable, value] of weights) variable.assign(value);
    optimizer.dispose();
    for (const { variable, slot, value } of slots) optimizer.slots(variable)[slot]?.assign(value);
    optimizer.state = { steps, learningRate };
    for (const [stream, count] of calls) stream.calls = count;
    setRandomState(random);
  });
}

type Wrong = (problem: string, fix: string) => DataError;

function randomState(reader: StateReader, wrong: Wrong): RandomState {
  const [low, high, ...rest] = reader.numbers("key");
  if (low === undefined || high === undefined || rest.length > 0 || low >>> 0 !== low || high >>> 0 !== high)
    throw wrong("its random state is none", "The file is damaged: use another one");
  return { key: [low, high], position: reader.count("position") };
}

function metricStates(metrics: StateReader, wrong: Wrong): Record<string, Record<string, Tensor>> {
  return Object.fromEntries(
    metrics.names.map((name) => {
      const fields = metrics.state(name);
      if (Object.values(fields).some((x) => x === null || typeof x !== "object" || Array.isArray(x) || isState(x)))
        throw wrong(`the state of the metric "${name}" is none`, "The file is damaged: use another one");
      return [name, fields as Record<string, Tensor>];
    }),
  );
}

function fittingWeights(model: AnyModel, file: CheckpointFile, wrong: Wrong): ReadonlyMap<Variable, Tensor> {
  const weights = model.namedWeights();
  const fix = `The model's weights are: ${weights.map(({ path }) => path).join(", ") || "none, build it first"}`;
  const known = new Set(weights.map(({ path }) => path));
  for (const path of weightPaths(file)) if (!known.has(path)) throw wrong(`"${path}" is no weight of the model`, fix);
  const values = weights.map(({ path, variable }): readonly [Variable, Tensor] => {
    const stored = file.tensors.get(path);
    if (stored === undefined) throw wrong(`"${path}" is missing`, fix);
    if (!sameShape(stored.shape, variable.shape) || stored.dtype !== variable.dtype)
      throw wrong(`"${path}" is ${formatSpec(stored)}, not ${formatSpec(variable)}`, fix);
    return [variable, toTensor(stored, model.backend)];
  });
  return new Map(values);
}

interface SlotValue {
  readonly variable: Variable;
  readonly slot: string;
  readonly value: Tensor;
}

function fittingSlots(model: AnyModel, file: CheckpointFile, wrong: Wrong): readonly SlotValue[] {
  const { optimizer, backend } = model;
  const fix = "Compile with the same optimizer and options as when it was saved";
  const byPath = new Map(model.namedWeights().map(({ path, variable }) => [path, variable]));
  const values: SlotValue[] = [];
  for (const [key, stored] of file.tensors) {
    if (!key.startsWith(slotPrefix)) continue;
    const dot = key.indexOf(".", slotPrefix.length);
    const slot = key.slice(slotPrefix.length, dot);
    const variable = byPath.get(key.slice(dot + 1));
    if (variable === undefined) throw wrong(`"${key}" belongs to no weight of the model`, fix);
    const slots = optimizer.slots(variable);
    const now = Object.hasOwn(slots, slot) ? slots[slot] : undefined;
    if (now === undefined) throw wrong(`"${key}" is no slot of ${optimizer.className} as it is compiled`, fix);
    if (!sameShape(stored.shape, now.shape) || stored.dtype !== now.dtype)
      throw wrong(`"${key}" is ${formatSpec(stored)}, not ${formatSpec(now)}`, fix);
    values.push({ variable, slot, value: toTensor(stored, backend) });
  }
  for (const { variable } of values)
    for (const slot of Object.keys(optimizer.slots(variable)))
      if (!values.some((other) => other.variable === variable && other.slot === slot))
        throw wrong(`there is no "${slot}" of "${variable.name}" for ${optimizer.className} as it is compiled`, fix);
  return values;
}
