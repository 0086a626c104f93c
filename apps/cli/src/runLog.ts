/** The log of a run: its events in a file, one JSON object a line, and for whoever listens. */
import { closeSync, openSync, writeSync } from "node:fs";
import { DataError } from "@crease/backend";
import type { Report } from "./report.ts";
import { shownPath } from "./runFolder.ts";

/** Writes what happens into a file and to programs that listen. */
export class RunLog {
  readonly #path: string;
  readonly #report: Report;
  readonly #file: number;

  /** @throws DataError where the file cannot be opened. */
  constructor(path: string, report: Report) {
    this.#path = path;
    this.#report = report;
    this.#file = this.#explained(() => openSync(path, "a"));
  }

  /** Tells an event; in the file it carries the time. @throws DataError where the file cannot be written. */
  event(event: string, fields: Readonly<Record<string, unknown>>): void {
    this.#report.event(event, fields);
    const line = `${JSON.stringify({ event, time: new Date().toISOString(), ...fields })}\n`;
    this.#explained(() => writeSync(this.#file, line));
  }

  /** Closes the file. */
  close(): void {
    closeSync(this.#file);
  }

  #explained<T>(write: () => T): T {
    try {
      return write();
    } catch (cause) {
      throw new DataError({
        op: shownPath(this.#path),
        problem: `it cannot be written (${cause instanceof Error ? cause.message : cause})`,
        fix: "Make room on the disk and go on with crease resume",
        cause,
      });
    }
  }
}
