/** Writes the numbers of each epoch into a CSV file. */
import { DataError, requireOptions } from "@crease/backend";
import { writeWhole } from "@crease/datasets";
import { StateReader } from "../checkpoint/reader.ts";
import type { State } from "../checkpoint/state.ts";
import { Callback, type Logs, type TrainingPlan } from "./callback.ts";

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
  /** Lines below the header. */
  #rows = 0;

  constructor(path: string, options: CSVLoggerOptions = {}) {
    super();
    requireOptions<CSVLoggerOptions>("CSVLogger", options, { separator: true, append: true });
    const { separator = ",", append = false } = options;
    this.path = path;
    this.#separator = separator;
    this.#append = append;
  }

  override async onTrainBegin({ isResumed }: TrainingPlan): Promise<void> {
    if (isResumed) return;
    this.#columns = undefined;
    this.#rows = 0;
    const text = this.#append ? await this.#read() : "";
    if (text === "") return this.#write("w", "");
    this.#goOnAfter(linesOf(text));
    if (!text.endsWith("\n")) await this.#write("a", "\n");
  }

  override getState(): State {
    return { rows: this.#rows };
  }

  /** Lines of epochs that the checkpoint does not know of are taken away: they will be written again. */
  override async setState(state: State): Promise<void> {
    const rows = new StateReader(state, "CSVLogger").count("rows");
    const lines = linesOf(await this.#read()).slice(0, rows === 0 ? 0 : 1 + rows);
    this.#goOnAfter(lines);
    await this.#rewrite(lines.map((line) => `${line}\n`).join(""));
  }

  #goOnAfter([header, ...rows]: readonly string[]): void {
    this.#columns = header?.split(this.#separator).slice(1);
    this.#rows = rows.length;
  }

  override async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const isFirst = this.#columns === undefined;
    const known = this.#columns ?? [];
    const added = Object.keys(logs).filter((name) => !known.includes(name));
    const columns = [...known, ...added];
    const row = this.#line([epoch, ...columns.map((name) => logs[name] ?? "")]);
    this.#columns = columns;
    this.#rows++;
    if (isFirst) await this.#write("w", this.#line(["epoch", ...columns]) + row);
    else if (added.length === 0) await this.#write("a", row);
    else await this.#rewrite(this.#widened(await this.#read(), added) + row);
  }

  /** The file with more columns, empty in the rows so far: the first validation may come after some epochs. */
  #widened(text: string, added: readonly string[]): string {
    const [header = "", ...rows] = linesOf(text);
    const blank = this.#separator.repeat(added.length);
    return [header + this.#separator + added.join(this.#separator), ...rows.map((row) => row + blank), ""].join("\n");
  }

  #line(cells: readonly (string | number)[]): string {
    return `${cells.join(this.#separator)}\n`;
  }

  async #read(): Promise<string> {
    const { readFile } = await import("node:fs/promises");
    try {
      return await readFile(this.path, "utf8");
    } catch (cause) {
      if ((cause as { readonly code?: unknown }).code === "ENOENT") return "";
      throw this.#failed("read", cause);
    }
  }

  async #write(flag: "a" | "w", text: string): Promise<void> {
    const { writeFile } = await import("node:fs/promises");
    try {
      await writeFile(this.path, text, { flag });
    } catch (cause) {
      throw this.#failed("written", cause);
    }
  }

  /** Whole or not at all, so that no line is lost where the process dies meanwhile. */
  async #rewrite(text: string): Promise<void> {
    try {
      await writeWhole(this.path, new TextEncoder().encode(text));
    } catch (cause) {
      throw this.#failed("written", cause);
    }
  }

  #failed(what: string, cause: unknown): DataError {
    return new DataError({
      op: "CSVLogger",
      problem: `${this.path} cannot be ${what}`,
      fix: "Check the path, its folder and the space on its disk",
      cause,
    });
  }
}

/** The lines of a file, whether or not its last one is ended. */
function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.trimEnd().split(/\r?\n/);
}
