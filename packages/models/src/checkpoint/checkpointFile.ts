/** The bytes of a checkpoint: one safetensors file with tensors by path and the rest as JSON in its metadata. */
import { type Data, DataError } from "@crease/backend";
import { readSafetensors, type StoredArray, writeSafetensors } from "@crease/files";
import { type Tensor, tensor, type Values } from "@crease/tensor";
import { type FileSource, readSource } from "../saving/source.ts";
import { putTogether, type State } from "./state.ts";

/** The metadata's entry with the JSON, by which a checkpoint is told from a file of weights. */
export const checkpointKey = "checkpoint";

/** A checkpoint as it was read: nothing of it is on a backend yet. */
export interface CheckpointFile {
  /** Its path, or a word for messages where it has none. */
  readonly name: string;
  readonly tensors: ReadonlyMap<string, StoredArray>;
  readonly json: unknown;
  /** Names of the tensors that the JSON mentions. */
  readonly mentioned: ReadonlySet<string>;
}

/** Reads the tensors, gives them up and returns the file's bytes. */
export async function encodeCheckpointFile(tensors: ReadonlyMap<string, Tensor>, json: unknown): Promise<Uint8Array> {
  try {
    const stored = new Map<string, StoredArray>();
    for (const [path, x] of tensors)
      stored.set(path, { shape: x.shape, dtype: x.dtype, data: (await x.data()) as Data });
    return writeSafetensors(stored, { format: "crease", [checkpointKey]: JSON.stringify(json) });
  } finally {
    for (const x of tensors.values()) x.dispose();
  }
}

/** Reads and checks the bytes. @throws DataError for a file that cannot be read, is damaged, or is no checkpoint. */
export async function readCheckpointFile(source: FileSource): Promise<CheckpointFile> {
  const { file: name, bytes } = await readSource("checkpoint", source);
  const { tensors, metadata } = readSafetensors(bytes, { name });
  const text = metadata[checkpointKey];
  if (text === undefined)
    throw new DataError({
      op: name,
      problem: "it holds weights, but no state of training",
      fix: "Load it with `loadWeights`, or give a file that `saveCheckpoint` or `BackupAndRestore` wrote",
    });
  const mentioned = new Set<string>();
  const mention = (tensor: string): null => {
    mentioned.add(tensor);
    return null;
  };
  const json = parse(name, text);
  putTogether(json, mention, name);
  return { name, tensors, json, mentioned };
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DataError({
      op: name,
      problem: "its state is no JSON",
      fix: "The file is damaged: use another one",
      cause,
    });
  }
}

/**
 * Some entries of a checkpoint's state, with its tensors as `upload` makes them.
 *
 * @throws DataError where the state is damaged.
 */
export function stateOf(
  file: CheckpointFile,
  names: readonly string[],
  upload: (stored: StoredArray) => Tensor,
): State {
  const wrong = (problem: string): DataError =>
    new DataError({ op: file.name, problem, fix: "The file is damaged or no checkpoint: use another one" });
  const { json } = file;
  if (typeof json !== "object" || json === null) throw wrong("its state is no object");
  const tensorOf = (name: string): Tensor => {
    const stored = file.tensors.get(name);
    if (stored === undefined) throw wrong(`"${name}" is missing`);
    return upload(stored);
  };
  const known = Object.entries(json).filter(([name]) => names.includes(name));
  return Object.fromEntries(known.map(([name, value]) => [name, putTogether(value, tensorOf, file.name)]));
}

/** A stored tensor on a backend. */
export function toTensor({ data, shape, dtype }: StoredArray, backend: Tensor["backend"]): Tensor {
  return tensor(data as Values, { shape, dtype, backend });
}
