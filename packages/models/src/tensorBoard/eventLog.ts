/** The event files of one training in a folder that TensorBoard watches. */
import { DataError } from "@crease/backend";
import { type Summary, summaryEvent, versionEvent } from "./event.ts";
import { recordOf } from "./record.ts";

/** Bytes of each file that belong to the training so far, by name. */
export type FileSizes = Readonly<Record<string, number>>;

/**
 * Appends events to a file of its own, made with the first one. The names of a training's files end in its `id`, so that
 * it knows its own where it goes on from a checkpoint.
 */
export class EventLog {
  readonly #folder: string;
  readonly #id: string;
  readonly #sizes: Record<string, number> = {};
  #file: string | undefined;

  constructor(folder: string, id: string) {
    this.#folder = folder;
    this.#id = id;
  }

  /** For `goBackTo`. */
  get sizes(): FileSizes {
    return { ...this.#sizes };
  }

  /** Adds what was seen at a step. @throws DataError where the file cannot be written. */
  async add(step: number, summaries: readonly Summary[]): Promise<void> {
    if (summaries.length === 0) return;
    const seconds = Date.now() / 1000;
    await this.#attempt("written", async ({ appendFile }) => {
      if (this.#file === undefined) {
        const name = await this.#makeFile(seconds);
        this.#file = name;
        this.#sizes[name] = 0;
        await this.#append(appendFile, recordOf(versionEvent(seconds)));
      }
      await this.#append(appendFile, recordOf(summaryEvent(seconds, step, summaries)));
    });
  }

  async #append(appendFile: typeof import("node:fs/promises").appendFile, bytes: Uint8Array): Promise<void> {
    const name = this.#file as string;
    await appendFile(`${this.#folder}/${name}`, bytes);
    this.#sizes[name] = (this.#sizes[name] as number) + bytes.length;
  }

  /** TensorBoard reads the files of a folder in the order of their names, so they begin with the time. */
  async #makeFile(seconds: number): Promise<string> {
    const { mkdir } = await import("node:fs/promises");
    const { hostname } = await import("node:os");
    await mkdir(this.#folder, { recursive: true });
    const host = hostname().replace(/[^\w-]/g, "_");
    return `events.out.tfevents.${seconds.toFixed(3)}.${host}.${process.pid}.${this.#id}`;
  }

  /**
   * Takes away what this training wrote after a checkpoint, which it will write again, and goes on in a new file: a
   * TensorBoard that is watching never sees one change that it has read.
   *
   * @throws DataError where the files cannot be changed.
   */
  async goBackTo(sizes: FileSizes): Promise<void> {
    await this.#attempt("cut", async ({ readdir, rm, stat, truncate }) => {
      const names = await readdir(this.#folder).catch(() => []);
      for (const name of names.filter((name) => name.endsWith(`.${this.#id}`))) {
        const path = `${this.#folder}/${name}`;
        const size = Object.hasOwn(sizes, name) ? sizes[name] : undefined;
        if (size === undefined) await rm(path);
        else {
          if ((await stat(path)).size > size) await truncate(path, size);
          this.#sizes[name] = size;
        }
      }
    });
  }

  async #attempt(what: string, action: (files: typeof import("node:fs/promises")) => Promise<void>): Promise<void> {
    try {
      await action(await import("node:fs/promises"));
    } catch (cause) {
      throw new DataError({
        op: "TensorBoard",
        problem: `the event files in ${this.#folder} cannot be ${what}`,
        fix: "Check the folder and the space on its disk",
        cause,
      });
    }
  }
}
