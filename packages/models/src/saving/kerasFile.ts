/** Keras 3's `.keras` files: a zip archive of configs as JSON, weights as HDF5, and assets. */
import { DataError } from "@crease/backend";
import { type Hdf5Group, readHdf5, writeHdf5, writeZip } from "@crease/files";
import type { Optimizer } from "@crease/optimizers";
import type { AnyModel } from "../anyModel.ts";
import { kerasText } from "../keras/kerasText.ts";
import type { KerasJSON } from "../keras/toKeras.ts";
import { kerasWeights } from "./kerasWeights.ts";
import { withVocabularies } from "./lookups.ts";
import { parseJson } from "./parseJson.ts";
import { kerasVersion } from "./version.ts";

const configName = "config.json";
const metadataName = "metadata.json";
const weightsName = "model.weights.h5";

/** The bytes of a `.keras` file of a model. */
export async function encodeKeras(model: AnyModel, optimizer: Optimizer | undefined): Promise<Uint8Array> {
  const json = model.toJSON();
  const config = optimizer === undefined ? { ...json, compile_config: {} } : json;
  const saved = new Date().toISOString();
  const metadata = { keras_version: kerasVersion, date_saved: `${saved.slice(0, 10)}@${saved.slice(11, 19)}` };
  const weights = writeHdf5(await kerasWeights(model, optimizer));
  const text = (value: KerasJSON): Uint8Array => new TextEncoder().encode(kerasText(value));
  return writeZip(
    new Map([
      [metadataName, text(metadata)],
      [configName, text(config)],
      [weightsName, weights],
    ]),
  );
}

/** The entries of a `.keras` file. */
export type KerasEntries = ReadonlyMap<string, Uint8Array>;

/** True for the entries of a `.keras` file. */
export function isKerasFile(entries: KerasEntries): boolean {
  return entries.has(configName) || entries.has(weightsName);
}

/** What a `.keras` file says of its model. */
export interface KerasContent {
  /** The model's JSON, with the vocabularies of lookup layers. */
  readonly json: object;
  readonly weights: Hdf5Group;
}

/** Takes a `.keras` file apart. @throws DataError where it is damaged. */
export function readKeras(file: string, entries: KerasEntries, isCompiled: boolean): KerasContent {
  const bytes = entries.get(configName);
  const json = parseJson(file, configName, bytes && textIn(file, configName, bytes));
  const weights = readHdf5(kerasWeightBytes(file, entries), { name: `${weightsName} in ${file}` });
  const assets = new Map<string, string>();
  for (const [name, content] of entries)
    if (name.startsWith("assets/") && name.endsWith(".txt")) assets.set(name, textIn(file, name, content));
  const full = withVocabularies(file, json, assets, weights);
  return { json: isCompiled ? full : { ...full, compile_config: {} }, weights };
}

/** The weights' bytes in a `.keras` file. @throws DataError where they are missing. */
export function kerasWeightBytes(file: string, entries: KerasEntries): Uint8Array {
  const bytes = entries.get(weightsName);
  if (bytes !== undefined) return bytes;
  throw new DataError({ op: file, problem: `it has no ${weightsName}`, fix: "Save the whole model in Keras anew" });
}

function textIn(file: string, name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new DataError({
      op: file,
      problem: `${name} is no UTF-8`,
      fix: "The file is damaged: save or download it again",
      cause,
    });
  }
}
