/** A network as a `.keras` file, which Keras opens too. */
import { DataError } from "@crease/backend";
import { Dense, Input } from "@crease/layers";
import { encodeModel as encode, loadModel, type Model, Sequential } from "@crease/models";
import { scope, zeros } from "@crease/tensor";
import { area } from "./digits.ts";
import { type ActivationName, activationNames } from "./settings.ts";

/** How the chapter's network is built. */
export interface Build {
  readonly units: number;
  readonly activation: ActivationName;
}

/** The chapter's network. */
export function buildModel({ units, activation }: Build): Model {
  return new Sequential([
    Input({ shape: [area] }),
    new Dense(units, { activation }),
    new Dense(10, { activation: "softmax" }),
  ]);
}

/** The bytes of the file. */
export async function encodeModel(model: Model): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await encode(model));
}

/**
 * The model in a file, and how it is built where it is one of this page's.
 *
 * @throws DataError where it is no model, or one that does not tell ten digits from 784 pixels, with what to do.
 */
export async function decodeModel(
  bytes: Uint8Array,
): Promise<{ readonly model: Model; readonly build: Build | undefined }> {
  const model = await loadModel(bytes);
  if (!readsDigits(model)) {
    model.dispose();
    throw new DataError({
      op: "load",
      problem: "the file holds a model, but not one that makes 10 probabilities of 784 pixels",
      fix: "Choose one that was saved on this page, or one of that shape",
    });
  }
  return { model, build: buildOf(model) };
}

function readsDigits(model: Model): boolean {
  try {
    return scope(() => String(model.apply(zeros([1, area], { backend: model.backend })).shape) === "1,10");
  } catch {
    return false;
  }
}

/** The two layers of a network that is built like the chapter's; undefined for any other. */
export function denseLayersOf(model: Model): readonly [hidden: Dense, output: Dense] | undefined {
  const layers = model.sublayers().map(({ layer }) => layer);
  const [hidden, output] = layers.filter((layer) => layer instanceof Dense);
  return hidden === undefined || output === undefined || layers.length > 3 ? undefined : [hidden, output];
}

function buildOf(model: Model): Build | undefined {
  const [hidden] = denseLayersOf(model) ?? [];
  if (hidden === undefined) return undefined;
  const { activation } = hidden.getConfig();
  const known = activationNames.find((name) => name === activation);
  return known && { units: hidden.units, activation: known };
}
