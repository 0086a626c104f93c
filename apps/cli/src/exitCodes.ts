/** What the end of a command means to the shell. */

/** Exit codes, documented in the README; from 128 on they are those of a process that a signal ended. */
export const exitCodes = {
  done: 0,
  ours: 1,
  usage: 2,
  data: 3,
  diverged: 5,
  interrupted: 130,
  unread: 141,
  terminated: 143,
} as const;

/** An exit code. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
