/** The records of a CSV text: cells between delimiters, quotes around cells, lines that end by LF, CRLF or CR. */
import { DataError } from "@crease/backend";

/** Some records and the number of the line that each begins at, from 1 on. */
export interface Records {
  readonly rows: string[][];
  readonly lines: number[];
}

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;

/** More characters than any true record has: a quote that is never closed must not fill the memory. */
const longestRecord = 2 ** 23;

/**
 * Takes a text piece by piece. Spaces around cells go, except inside quotes; a doubled quote stands for one; a quote
 * inside a cell that does not begin with one is an ordinary character; lines without anything are left out.
 */
export class RecordParser {
  readonly #delimiter: number;
  readonly #wrong: (problem: string, fix: string) => DataError;
  /** What follows the last whole record. */
  #rest = "";
  #line: number;

  constructor(op: string, name: string, delimiter: string, firstLine = 1) {
    this.#line = firstLine;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#wrong = (problem, fix) => new DataError({ op, problem: `${name} ${problem}`, fix });
  }

  /** The records that end in `piece`. */
  push(piece: string): Records {
    return this.#parse(this.#rest + piece, false);
  }

  /** The record that the text ends with, where it does not end with a line's end. */
  end(): Records {
    return this.#parse(this.#rest, true);
  }

  #parse(text: string, isLast: boolean): Records {
    const found: Records = { rows: [], lines: [] };
    let at = 0;
    while (at < text.length) {
      const next = this.#record(text, at, isLast, found);
      if (next === undefined) break;
      at = next;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > longestRecord)
      throw this.#wrong(
        `has a record from line ${this.#line} on that does not end within ${longestRecord} characters`,
        "Close the quote that is open there",
      );
    return found;
  }

  /** Adds the record that begins at `start`; where the next one begins, undefined if the record goes on behind `text`. */
  #record(text: string, start: number, isLast: boolean, found: Records): number | undefined {
    const cells: string[] = [];
    const line = this.#line;
    let inner = 0;
    let at = start;
    for (;;) {
      const opening = this.#opening(text, at);
      if (opening < 0) {
        const end = this.#cellEnd(text, at);
        cells.push(text.slice(at, end).trim());
        at = end;
      } else {
        const closing = closingQuote(text, opening);
        if (closing === undefined && isLast)
          throw this.#wrong(
            `line ${line + inner}, cell ${cells.length + 1}: the quote is never closed`,
            'Close it, or write a quote inside a cell as ""',
          );
        if (closing === undefined || (closing + 1 === text.length && !isLast)) return undefined;
        const raw = text.slice(opening + 1, closing);
        cells.push(raw.includes('"') ? raw.replaceAll('""', '"') : raw);
        at = closing + 1;
        while (text.charCodeAt(at) === space) at++;
        inner += lineEnds(raw);
        if (at < text.length && !this.#isEnd(text.charCodeAt(at)))
          throw this.#wrong(
            `line ${line + inner}, cell ${cells.length}: text follows the closing quote`,
            'Write a quote inside a quoted cell as ""',
          );
      }
      if (at === text.length && !isLast) return undefined;
      const end = text.charCodeAt(at);
      if (end === this.#delimiter) {
        at++;
        continue;
      }
      if (end === carriageReturn && at + 1 === text.length && !isLast) return undefined;
      if (cells.length > 1 || cells[0] !== "") {
        found.rows.push(cells);
        found.lines.push(line);
      }
      this.#line += inner + (at < text.length ? 1 : 0);
      return at + (end === carriageReturn && text.charCodeAt(at + 1) === lineFeed ? 2 : 1);
    }
  }

  /** Where a quote opens the cell at `at`, spaces before it left out; -1 where none does. */
  #opening(text: string, at: number): number {
    let i = at;
    while (text.charCodeAt(i) === space) i++;
    return text.charCodeAt(i) === quote ? i : -1;
  }

  #cellEnd(text: string, at: number): number {
    let i = at;
    while (i < text.length && !this.#isEnd(text.charCodeAt(i))) i++;
    return i;
  }

  #isEnd(code: number): boolean {
    return code === this.#delimiter || code === lineFeed || code === carriageReturn;
  }
}

/** Where the quote that opens at `opening` closes; doubled ones are passed over. */
function closingQuote(text: string, opening: number): number | undefined {
  let at = opening + 1;
  for (;;) {
    const found = text.indexOf('"', at);
    if (found < 0) return undefined;
    if (text.charCodeAt(found + 1) !== quote) return found;
    at = found + 2;
  }
}

function lineEnds(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(i + 1) !== lineFeed)) count++;
  }
  return count;
}
