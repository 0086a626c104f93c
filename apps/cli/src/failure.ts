/** What went wrong with a command, as a line for people and a code for the shell. */
import { DataError } from "@crease/backend";
import { type ExitCode, exitCodes } from "./exitCodes.ts";

/** A command line that cannot be meant. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A training whose loss is no number any more. */
export class DivergedError extends Error {
  override readonly name = "DivergedError";
}

/** How a command that threw `error` ends: one line that names the way out, and the exit code. */
export function failureOf(error: unknown): { readonly line: string; readonly exitCode: ExitCode } {
  const exitCode = exitCodeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const message = text.replaceAll(/\s*\n\s*/g, " ");
  if (exitCode !== exitCodes.ours) return { line: message, exitCode };
  const kind = error instanceof Error ? error.name : "value thrown";
  return { line: `${kind}: ${message} This should not happen: --debug shows where it did.`, exitCode };
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof DataError) return exitCodes.data;
  return error instanceof DivergedError ? exitCodes.diverged : exitCodes.ours;
}
