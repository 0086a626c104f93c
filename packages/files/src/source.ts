/** Where bytes come from and how what is wrong with them is said. */
import { DataError } from "@crease/backend";

/** What every reader takes. */
export interface ReadOptions {
  /** What messages call the file. Default "the file". */
  readonly name?: string;
}

/** Makes the error for something wrong with a file: `<op>: <name> <problem>. <fix>.` */
export type Wrong = (problem: string, fix?: string, cause?: unknown) => DataError;

/** How `op` complains about the file `name`. */
export function complaints(op: string, name: string = "the file"): Wrong {
  return (problem, fix = "The file is damaged or of another format: save or download it again", cause) =>
    new DataError({ op, problem: `${name} ${problem}`, fix, cause });
}
