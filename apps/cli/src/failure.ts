/** What went wrong with a command, as a line for people and a code for the shell. */
import { BackendError, DataError, DisposedError, UnsupportedOpError } from "@crease/backend";
import { type ExitCode, exitCodes } from "./exitCodes.ts";

/** A command line or configuration that cannot be meant. */
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
  const { code, path } = error as { readonly code?: unknown; readonly path?: unknown };
  if (isOfFiles(error) && code === "ENOENT")
    return { line: `${path}: there is no such file or folder. Check the path.`, exitCode };
  if (isOfFiles(error)) return { line: `${message}. Check the path, its rights and the space on its disk.`, exitCode };
  if (exitCode !== exitCodes.ours) return { line: message, exitCode };
  const kind = error instanceof Error ? error.name : "value thrown";
  return { line: `${kind}: ${message} This should not happen: --debug shows where it did.`, exitCode };
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof DataError || isOfFiles(error)) return exitCodes.data;
  if (error instanceof BackendError || error instanceof UnsupportedOpError) return exitCodes.backend;
  return error instanceof DivergedError ? exitCodes.diverged : exitCodes.ours;
}

/** True for what the file system refuses: `ENOENT: no such file or directory, open 'x'`. */
function isOfFiles(error: unknown): boolean {
  const { syscall, path } = error as { readonly syscall?: unknown; readonly path?: unknown };
  return error instanceof Error && typeof syscall === "string" && typeof path === "string";
}

/**
 * Calls `body`, in which only what the user asked for can be wrong: an error of shapes, names or numbers becomes a
 * UsageError that says whose fault it is. Errors of data, files, backends and crease itself stay.
 */
export async function blaming<T>(what: string, body: () => T | Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    const isTheirs =
      error instanceof Error &&
      "fix" in error &&
      !(error instanceof DataError || error instanceof BackendError || error instanceof DisposedError) &&
      !(error instanceof UnsupportedOpError);
    throw isTheirs ? new UsageError(`${what}: ${error.message}`, { cause: error }) : error;
  }
}
