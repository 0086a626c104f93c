/** Running the programs that an installation needs: a compiler, npm, Python. */
import { nodeBuiltin } from "@crease/backend";

/** How a program ended. */
export interface Ended {
  /** Its status; undefined where there is no such program. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a program. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end. */
export function run(file: string, args: readonly string[], { cwd, env }: RunOptions = {}): Promise<Ended> {
  const { spawn } = nodeBuiltin("node:child_process");
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...globalThis.process.env, ...env },
      ...(cwd === undefined ? {} : { cwd }),
    });
    const said = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said.stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said.stderr += text;
    });
    child.on("error", () => resolve({ status: undefined, ...said }));
    child.on("close", (code) => resolve({ status: code ?? 1, ...said }));
  });
}

/** A compiler's, npm's and pip's errors, and the last line of what Python says of an exception. */
const errorLine = /\berror\b|^\w*(?:\.\w+)*Error: /i;

/** The lines that say most about why a program failed: those of errors, else the last three. */
export function reasonOf({ stdout, stderr }: Ended): string {
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.trim() !== "");
  const errors = lines.filter((line) => errorLine.test(line) && line !== "ERROR: Exception:");
  return (errors.length > 0 ? errors.slice(0, 3) : lines.slice(-3)).map((line) => line.trim()).join(" / ");
}

/** Whether a program failed for want of room on a disk. */
export function isFull({ stderr }: Ended): boolean {
  return /no space left|quota exceeded|file too large/i.test(stderr);
}
