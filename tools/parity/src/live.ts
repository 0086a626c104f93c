/** Training side by side with a live Keras: the same nets from the same weights on the same batches. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DType, ValueError } from "@crease/backend";
import { getLayer, Input, type Layer } from "@crease/layers";
import { type ClassConfig, getLoss } from "@crease/losses";
import { Sequential } from "@crease/models";
import { getOptimizer } from "@crease/optimizers";
import { scope, setBackend, type Tensor, tensor } from "@crease/tensor";
import { largestDifference } from "../../../testdata/largestDifference.ts";
import { tolerances } from "../../../testdata/tolerances.ts";
import { backendNames, makeBackend } from "./backends.ts";
import { translated } from "./camelCase.ts";
import { command, root } from "./command.ts";

type Part = readonly [className: string, config: Readonly<Record<string, unknown>>];
interface Net {
  readonly input: readonly number[];
  /** The inputs are whole numbers below it. */
  readonly integers?: number;
  readonly layers: readonly Part[];
}
interface Run {
  readonly net: string;
  readonly optimizer: Part;
  readonly loss: Part;
  readonly target: string;
}
interface Spec {
  readonly steps: number;
  readonly batch: number;
  readonly nets: Readonly<Record<string, Net>>;
  readonly runs: readonly Run[];
}
interface Numbers {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly number[];
}
interface Trained {
  readonly x: Numbers;
  readonly y: Numbers;
  readonly weights: readonly Numbers[];
  readonly losses: readonly number[];
}
interface Answer {
  readonly keras: string;
  readonly backend: string;
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly runs: readonly Trained[];
}

/** One run in Keras and here. */
export interface LiveRun {
  readonly net: string;
  readonly optimizer: string;
  readonly loss: string;
  /** The names of Keras that take part, as `layers.Dense`. */
  readonly names: readonly string[];
  /** The largest difference between the losses of a step, by backend. */
  readonly differences: Readonly<Record<string, number>>;
}

/** What a comparison with a live Keras came to. */
export interface Live {
  readonly keras: string;
  readonly kerasBackend: string;
  readonly steps: number;
  readonly runs: readonly LiveRun[];
}

/** The names that this Keras has and the list here lacks, or the other way round, as sentences. */
export function changedNames(live: Answer["names"], listed: Answer["names"]): string[] {
  return Object.entries(live).flatMap(([module, names]) => {
    const known = listed[module] ?? [];
    const added = names.filter((name) => !known.includes(name));
    const gone = known.filter((name) => !names.includes(name));
    const say = (what: string, some: readonly string[]): string[] =>
      some.length > 0 ? [`keras.${module} ${what} ${some.join(", ")}`] : [];
    return [...say("also has", added), ...say("lacks", gone)];
  });
}

/**
 * Trains in Keras, then here on each backend.
 *
 * @throws Error where Python fails, ValueError where a loss curve is further off than the tolerance.
 */
export async function compareLive(python: string): Promise<{ readonly live: Live; readonly names: Answer["names"] }> {
  const nets = join(root, "tools/parity/nets.json");
  const spec = JSON.parse(readFileSync(nets, "utf8")) as Spec;
  const folder = mkdtempSync(join(tmpdir(), "crease-parity-"));
  try {
    const file = join(folder, "keras.json");
    const status = await command(python, [join(root, "tools/parity/python/train.py"), nets, file]);
    if (status !== 0) throw new Error(`parity: ${python} could not train the nets in Keras.`);
    const answer = JSON.parse(readFileSync(file, "utf8")) as Answer;
    const runs = spec.runs.map((run) => ({ ...describeRun(spec, run), differences: {} as Record<string, number> }));
    for (const backend of backendNames) {
      setBackend(await makeBackend(backend));
      for (const [i, run] of spec.runs.entries()) {
        const trained = answer.runs[i] as Trained;
        const losses = await trainHere(spec, run, trained);
        (runs[i] as { differences: Record<string, number> }).differences[backend] = requireClose(
          `${run.net}, ${run.optimizer[0]}, ${run.loss[0]} on ${backend}`,
          losses,
          trained.losses,
        );
      }
    }
    const live = { keras: answer.keras, kerasBackend: answer.backend, steps: spec.steps, runs };
    return { live, names: answer.names };
  } finally {
    setBackend(null);
    rmSync(folder, { recursive: true });
  }
}

function requireClose(what: string, ours: readonly number[], keras: readonly number[]): number {
  const difference = largestDifference(ours, keras);
  if (difference <= tolerances.training.losses.relative) return difference;
  throw new ValueError({
    op: "parity",
    problem: `the loss curve of ${what} is ${difference} off: ${ours.join(", ")} instead of ${keras.join(", ")}`,
    fix: "Find the first step that differs",
  });
}

const parts: readonly (readonly [suffix: string, module: string])[] = [
  ["_regularizer", "regularizers"],
  ["_constraint", "constraints"],
];

function describeRun(spec: Spec, { net, optimizer, loss }: Run): Omit<LiveRun, "differences"> {
  const names = new Set([`optimizers.${optimizer[0]}`, `losses.${loss[0]}`]);
  for (const [className, config] of (spec.nets[net] as Net).layers) {
    names.add(`layers.${className}`);
    if (typeof config.activation === "string") names.add(`activations.${config.activation}`);
    for (const [suffix, module] of parts)
      for (const [key, value] of Object.entries(config))
        if (key.endsWith(suffix)) names.add(`${module}.${(value as Part)[0]}`);
  }
  return { net, optimizer: describePart(optimizer), loss: describePart(loss), names: [...names] };
}

/** `SGD(learning_rate=0.1)`, as Python writes it. */
function describePart([className, config]: Part): string {
  const args = Object.entries(config).map(([key, value]) => `${key}=${value === true ? "True" : value}`);
  return `${className}(${args.join(", ")})`;
}

async function trainHere(spec: Spec, run: Run, { x, y, weights }: Trained): Promise<number[]> {
  const net = spec.nets[run.net] as Net;
  const dtype = net.integers === undefined ? "float32" : "int32";
  const layers = net.layers.map(([className, config]) => getLayer(partOf([className, config])) as Layer);
  const model = new Sequential([Input({ shape: net.input, dtype }), ...layers]);
  scope(() => model.setWeights(weights.map(load)));
  model.compile({ optimizer: getOptimizer(partOf(run.optimizer)), loss: getLoss(partOf(run.loss)) });
  const [inputs, targets] = [load(x), load(y)];
  const losses: number[] = [];
  for (let step = 0; step < spec.steps; step++) {
    const rows = [step * spec.batch, (step + 1) * spec.batch] as const;
    const [batch, wanted] = [inputs.slice(rows), targets.slice(rows)];
    model.resetMetrics();
    losses.push((await model.trainOnBatch(batch, wanted)).loss as number);
    batch.dispose();
    wanted.dispose();
  }
  for (const held of [inputs, targets, model]) held.dispose();
  return losses;
}

function partOf([className, config]: Part): ClassConfig {
  return { className, config: translated(config) as ClassConfig["config"] };
}

function load({ shape, dtype, data }: Numbers): Tensor {
  return tensor([...data], { shape, dtype: (dtype === "int64" ? "int32" : dtype) as DType });
}
