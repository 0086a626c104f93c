/** What the end of a command means to the shell. */

/** Exit codes, documented in the README. */
export const exitCodes = { done: 0, ours: 1, usage: 2, data: 3, diverged: 5, interrupted: 130 } as const;

/** An exit code. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
