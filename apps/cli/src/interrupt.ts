/** Ctrl-C and SIGTERM: once to finish the step and save, twice to leave at once. */
import { type ExitCode, exitCodes } from "./exitCodes.ts";

/** Whether somebody asked to stop. */
export interface Interruption {
  /** The code to exit with, undefined while nobody asked. */
  readonly exitCode: ExitCode | undefined;
  /** Gives the signals back to the process: the next one ends it at once. */
  release(): void;
}

const codes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;

/** Listens for both signals: the first calls `stop`, the second ends the process. */
export function onInterrupt(stop: () => void): Interruption {
  let exitCode: ExitCode | undefined;
  const listener = (signal: NodeJS.Signals): void => {
    const code = codes[signal as keyof typeof codes];
    if (exitCode !== undefined) process.exit(code);
    exitCode = code;
    stop();
  };
  for (const signal of Object.keys(codes)) process.on(signal, listener);
  return {
    get exitCode() {
      return exitCode;
    },
    release: () => {
      for (const signal of Object.keys(codes)) process.off(signal, listener);
    },
  };
}
