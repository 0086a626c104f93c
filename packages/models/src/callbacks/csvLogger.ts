/** Writes the numbers of each epoch into a CSV file. */
import { DataError } from "@crease/backend";
import { Callback, type Logs } from "./callback.ts";

/** What CSVLogger takes besides the path. */
export interface CSVLoggerOptions {
  /** Default `","`. */
  readonly separator?: string;
  /** Whether it goes on in a file that is there; default false. */
  readonly append?: boolean;
}

/**
 * One line for each epoch: `epoch` (from 0), then the logs by name; the header is written with the first epoch.
 * Runs where there is a file system (Node).
 *
 * @example
 * ```ts
 * import { CSVLogger } from "@crease/models";
 * new CSVLogger("run/history.csv", { separator: ";" }).path; // => run/history.csv
 * ```
 */
export class CSVLogger extends Callback {
  readonly path: string;
  readonly #separator: string;
  readonly #append: boolean;
  #columns: readonly string[] | undefined;

  constructor(path: string, { separator = ",", append = false }: CSVLoggerOptions = {}) {
    super();
    this.path = path;
    this.#separator = separator;
    this.#append = append;
  }

  override async onTrainBegin(): Promise<void> {
    this.#columns = undefined;
    const { readFile, writeFile } = await import("node:fs/promises");
    if (!this.#append) return writeFile(this.path, "");
    const text = await readFile(this.path, "utf8").catch(() => "");
    if (text !== "") this.#columns = (text.split("\n", 1)[0] as string).split(this.#separator).slice(1);
  }

  override async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const { appendFile } = await import("node:fs/promises");
    let lines = "";
    if (this.#columns === undefined) {
      this.#columns = Object.keys(logs);
      lines = `${["epoch", ...this.#columns].join(this.#separator)}\n`;
    }
    const row = [epoch, ...this.#columns.map((name) => logs[name] ?? "")];
    try {
      await appendFile(this.path, `${lines}${row.join(this.#separator)}\n`);
    } catch (cause) {
      throw new DataError({
        op: "CSVLogger",
        problem: `cannot write ${this.path}`,
        fix: "Check the folder and the space on its disk",
        cause,
      });
    }
  }
}
