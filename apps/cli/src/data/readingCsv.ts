/** What is wrong with a CSV, in words of the command line. */
import { basename } from "node:path";
import { DataError, ValueError } from "@crease/backend";
import { UsageError } from "../failure.ts";

/**
 * Calls `body`, which reads a CSV, by its path or of another name.
 *
 * @throws DataError where the file is wrong, UsageError where what was asked of it is; both name the way out without
 * what only code can do.
 */
export async function readingCsv<T>(path: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof DataError || error instanceof ValueError)) throw error;
    const op = basename(path);
    const about = error.problem.startsWith(`${path} `) ? error.problem.slice(path.length + 1) : undefined;
    const problem = about === undefined ? error.problem : /^line \d/.test(about) ? about : `it ${about}`;
    const fix = wayOut(error.fix);
    if (error instanceof DataError) throw new DataError({ op, problem, fix, cause: error });
    throw new UsageError(`${op}: ${problem}. ${fix}.`, { cause: error });
  }
}

/** What stands in backquotes are options of a function. */
function wayOut(fix: string): string {
  if (!fix.includes("`")) return fix;
  const parts = fix.split(/; |, or /).filter((part) => !part.includes("`"));
  return parts.length > 0 ? parts.join("; ") : "Change the file, or name columns with --target and --features";
}
