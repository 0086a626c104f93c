/** Ctrl-C: once to finish the step and save, twice to leave at once. */

/** Whether the user asked to stop. */
export interface Interruption {
  readonly isRequested: boolean;
  /** Gives the signal back to the process. */
  release(): void;
}

/** Listens for SIGINT: the first calls `stop`, the second ends the process with 130. */
export function onInterrupt(stop: () => void): Interruption {
  let isRequested = false;
  const listener = (): void => {
    if (isRequested) process.exit(130);
    isRequested = true;
    stop();
  };
  process.on("SIGINT", listener);
  return {
    get isRequested() {
      return isRequested;
    },
    release: () => {
      process.off("SIGINT", listener);
    },
  };
}
