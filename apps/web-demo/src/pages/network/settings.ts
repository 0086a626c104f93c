/** What a reader sets before a run: read from text, from an address, and written into one. */
import { type BackendName, backendNames } from "../../compute/backendNames.ts";

/** Activations of the hidden layer to choose from. */
export const activationNames = [
  "relu",
  "tanh",
  "sigmoid",
  "elu",
  "selu",
  "gelu",
  "silu",
  "softplus",
  "linear",
] as const;

/** Optimizers to choose from, with Keras's learning rates. */
export const optimizerRates = {
  rmsprop: 0.001,
  sgd: 0.01,
  adam: 0.001,
  adamw: 0.001,
  nadam: 0.001,
  adamax: 0.001,
  adagrad: 0.001,
  adadelta: 0.001,
} as const;

/** An activation of the hidden layer. */
export type ActivationName = (typeof activationNames)[number];

/** An optimizer. */
export type OptimizerName = keyof typeof optimizerRates;

/** Their names, in the menu's order. */
export const optimizerNames = Object.keys(optimizerRates) as readonly OptimizerName[];

/** All that decides a run but chance. */
export interface Settings {
  readonly units: number;
  readonly activation: ActivationName;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly backend: BackendName;
}

/** The same as text, as it is typed and as it stands in addresses. */
export type Draft = { readonly [K in keyof Settings]: string };

/** A field of the form. */
export type Field = keyof Settings;

/** Bounds of the numbers. */
export const bounds = {
  units: { least: 1, most: 4096, whole: true },
  learningRate: { least: 1e-7, most: 100, whole: false },
  batchSize: { least: 1, most: 60_000, whole: true },
  epochs: { least: 1, most: 100, whole: true },
} as const;

/** A field with a number. */
export type NumberName = keyof typeof bounds;

const choices = { activation: activationNames, optimizer: optimizerNames, backend: backendNames } as const;

/** The chapter's run, on a backend that works here. */
export function defaultDraft(backend: BackendName): Draft {
  return {
    units: "512",
    activation: "relu",
    optimizer: "rmsprop",
    learningRate: "0.001",
    batchSize: "128",
    epochs: "5",
    backend,
  };
}

/** The settings of a draft, or the fields that cannot be meant. */
export function readDraft(
  draft: Draft,
): { readonly settings: Settings } | { readonly settings?: undefined; readonly wrong: readonly Field[] } {
  const wrong = (Object.keys(draft) as Field[]).filter((field) => !isFine(field, draft[field]));
  if (wrong.length > 0) return { wrong };
  const { units, learningRate, batchSize, epochs, ...names } = draft;
  return {
    settings: {
      ...(names as Pick<Settings, "activation" | "optimizer" | "backend">),
      units: Number(units),
      learningRate: Number(learningRate),
      batchSize: Number(batchSize),
      epochs: Number(epochs),
    },
  };
}

function isFine(field: Field, text: string): boolean {
  if (!(field in bounds)) return (choices[field as keyof typeof choices] as readonly string[]).includes(text);
  const { least, most, whole } = bounds[field as NumberName];
  const value = Number(text);
  const isNumber = whole ? /^\s*\d+\s*$/.test(text) : /^\s*(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text);
  return isNumber && value >= least && value <= most;
}

/** An entry of an address that could not be used. */
export interface BadEntry {
  readonly name: string;
  readonly value: string;
  /** What is used instead; undefined where there is no such field. */
  readonly instead: string | undefined;
}

/** The draft that an address describes; what is wrong in it is left as in `fallback`, and listed. */
export function readQuery(
  query: URLSearchParams,
  fallback: Draft,
): { readonly draft: Draft; readonly bad: readonly BadEntry[] } {
  const draft: { -readonly [K in keyof Draft]: string } = { ...fallback };
  const bad: BadEntry[] = [];
  // A learning rate that is not given is the optimizer's.
  const optimizer = query.get("optimizer") ?? "";
  if (Object.hasOwn(optimizerRates, optimizer)) draft.learningRate = String(optimizerRates[optimizer as OptimizerName]);
  for (const [name, value] of query) {
    if (!Object.hasOwn(fallback, name)) bad.push({ name, value, instead: undefined });
    else if (isFine(name as Field, value)) draft[name as Field] = value.trim();
    else bad.push({ name, value, instead: draft[name as Field] });
  }
  return { draft, bad };
}

/** The address's part that describes a draft. */
export function writeQuery(draft: Draft): URLSearchParams {
  return new URLSearchParams({ ...draft });
}

/** Whether a network trained with one can go on with the other: all but the number of epochs is the same. */
export function isSameNetwork(a: Settings, b: Settings): boolean {
  return (Object.keys(a) as Field[]).every((field) => field === "epochs" || a[field] === b[field]);
}
