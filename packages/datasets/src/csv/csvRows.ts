/** One pass over the rows of a CSV. */
import { DataError, ValueError } from "@crease/backend";
import { textOf } from "./decode.ts";
import { findDelimiter, namedDelimiter } from "./delimiter.ts";
import { RecordParser, type Records } from "./records.ts";
import { bytesOf, type CsvSource, nameOf } from "./source.ts";

/** What a pass reads, for whom. */
export interface CsvPass {
  readonly op: string;
  readonly source: CsvSource;
  readonly encoding: string | undefined;
  /** Found out where it is not given. */
  readonly delimiter: string | undefined;
}

/** Some rows and the delimiter that divided them. */
export interface CsvRows extends Records {
  readonly delimiter: string;
}

/** Characters that are looked at to find the delimiter: more where the first line is longer, as of very wide tables. */
const sample = 2 ** 16;
const largestSample = 2 ** 23;

/**
 * The records of a pass, the header among them, many at a time.
 *
 * @throws DataError for a file that is no CSV, with the line, and for one without anything in it.
 */
export async function* csvRows(pass: CsvPass): AsyncGenerator<CsvRows, void, undefined> {
  const { op, source, encoding } = pass;
  const name = nameOf(source);
  requireDelimiter(op, pass.delimiter);
  let start = "";
  let parser: RecordParser | undefined;
  let delimiter = pass.delimiter ?? ",";
  let count = 0;
  const begin = (isWhole: boolean): Records => {
    const named = namedDelimiter(start);
    const text = named === undefined ? start : start.slice(start.search(/[\r\n]/)).replace(/^\r?\n?/, "");
    delimiter = pass.delimiter ?? named ?? findDelimiter(text, isWhole);
    parser = new RecordParser(op, name, delimiter, named === undefined ? 1 : 2);
    return parser.push(text);
  };
  for await (const text of textOf(bytesOf(op, source), { op, name, encoding })) {
    let records: Records | undefined;
    if (parser !== undefined) records = parser.push(text);
    else {
      start += text;
      const isEnough = start.length >= largestSample || (start.length >= sample && /[\r\n]/.test(start));
      if (isEnough) records = begin(false);
    }
    if (records === undefined || records.rows.length === 0) continue;
    count += records.rows.length;
    yield { ...records, delimiter };
  }
  if (parser === undefined) {
    const records = begin(true);
    count += records.rows.length;
    if (records.rows.length > 0) yield { ...records, delimiter };
  }
  const last = (parser as unknown as RecordParser).end();
  count += last.rows.length;
  if (last.rows.length > 0) yield { ...last, delimiter };
  if (count === 0)
    throw new DataError({ op, problem: `${name} is empty`, fix: "Give a CSV with a line for each sample" });
}

function requireDelimiter(op: string, delimiter: string | undefined): void {
  if (delimiter !== undefined && (delimiter.length !== 1 || /["\r\n ]/.test(delimiter)))
    throw new ValueError({
      op,
      problem: `delimiter ${JSON.stringify(delimiter)} cannot divide cells`,
      fix: 'Use one character such as ",", ";" or "\\t"',
    });
}
