/** A moment of training at which a checkpoint holds all of it. */
import { writeFile } from "../saving/source.ts";
import { encodeCheckpointFile } from "./checkpointFile.ts";
import type { Taken } from "./modelState.ts";

/**
 * Between two steps or two epochs, once all callbacks have been called: a run of fit that begins from a checkpoint made
 * here goes on as if it had never stopped. It is valid until the hook that was given it ends.
 */
export class SafePoint {
  /** The epoch under way, from 0; where `step` is 0 the one to come. */
  readonly epoch: number;
  /** Steps done in this epoch; 0 between two epochs. */
  readonly step: number;
  readonly #take: () => Promise<Taken>;
  #bytes: Promise<Uint8Array> | undefined;

  constructor(epoch: number, step: number, take: () => Promise<Taken>) {
    this.epoch = epoch;
    this.step = step;
    this.#take = take;
  }

  /** The checkpoint's bytes, made once however many ask. */
  encode(): Promise<Uint8Array> {
    this.#bytes ??= this.#take().then(({ tensors, json }) => encodeCheckpointFile(tensors, json));
    return this.#bytes;
  }

  /** Writes the checkpoint, whole or not at all: a process that dies meanwhile leaves the file that was there. */
  async save(path: string): Promise<void> {
    await writeFile("saveCheckpoint", path, await this.encode());
  }
}
