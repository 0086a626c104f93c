/** What a child process is asked to measure, and what it answers. */
import { argv, stdout } from "node:process";
import { type CaseName, cases, type LibraryCase } from "./cases.ts";

/** One case for one subject, in one child process. */
export interface Task<C extends CaseName = LibraryCase> {
  readonly case: C;
  readonly subject: string;
  readonly threads: number;
  /** Time for each figure, without what is done once before. */
  readonly seconds: number;
  /** Training samples in an epoch of chapter2. */
  readonly samples: number;
  /** Folder with the four MNIST files in their original IDX form. */
  readonly mnist: string;
}

/** The values of one thing that was measured. */
export interface Figure {
  readonly metric: string;
  readonly unit: string;
  readonly values: readonly number[];
}

/** What a child answers: the case's own figure first, then details; versions of what was measured. */
export interface Answer {
  readonly figures: readonly Figure[];
  readonly versions: Readonly<Record<string, string>>;
}

/** What begins the line of a child's output that holds its answer. */
export const answerMark: string = "bench-answer ";

/** The task that this child process was started with. */
export function readTask<C extends CaseName = LibraryCase>(): Task<C> {
  return JSON.parse(argv[2] ?? "{}") as Task<C>;
}

/** The case's own figure. */
export function headline(name: CaseName, values: readonly number[]): Figure {
  const { metric, unit } = cases[name];
  return { metric, unit, values };
}

/** Hands the answer to the parent process. */
export function answer(figures: readonly Figure[], versions: Answer["versions"]): void {
  stdout.write(`\n${answerMark}${JSON.stringify({ figures, versions })}\n`);
}
