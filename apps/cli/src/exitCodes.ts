/** What the end of a command means to the shell. */

/** Exit codes, shown by `crease --help`; from 128 on they are those of a process that a signal ended. */
export const exitCodes = {
  done: 0,
  /** A fault of crease itself. */
  ours: 1,
  /** A command line or configuration that cannot be meant, or a model that does not fit the data. */
  usage: 2,
  /** Data or files that are missing, damaged or cannot be written. */
  data: 3,
  /** A backend that does not start, runs out of memory or lacks an operation. */
  backend: 4,
  /** A training whose loss is no number any more. */
  diverged: 5,
  interrupted: 130,
  /** Nobody reads the output any more. */
  unread: 141,
  terminated: 143,
} as const;

/** An exit code. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
