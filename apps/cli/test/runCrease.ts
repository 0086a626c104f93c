/** Runs the `crease` command in a process of its own, as a shell would: from source, or with CREASE_BUILT as it is built. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const command: readonly string[] = process.env.CREASE_BUILT
  ? [process.execPath, fileURLToPath(new URL("../dist/main.js", import.meta.url))]
  : [process.execPath, "--conditions=@crease/source", fileURLToPath(new URL("../src/main.ts", import.meta.url))];

/** Makes a pseudo-terminal for a command. */
const terminal = "script";

/** Whether `runInTerminal` can work: it needs util-linux's `script`, whose options other systems' lack. */
export const hasTerminals: boolean =
  spawnSync(terminal, ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") ?? false;

/** How a process ended and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run takes besides its arguments. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What stands on its standard input, which then ends. */
  readonly input?: Uint8Array;
  /** Milliseconds after its first output when the process is killed by a signal that it cannot hear. */
  readonly killAfter?: number;
  /** Blocks of 512 bytes that a file may have at most. */
  readonly fileBlocks?: number;
  /** Called with the process once it runs. */
  readonly onStart?: (child: ChildProcessWithoutNullStreams) => void;
  /** Called when anything was written, with all of stdout so far; each time. */
  readonly onOutput?: (child: ChildProcessWithoutNullStreams, stdout: string) => void;
}

/** Runs `crease` with `args`, its output in pipes. */
export function runCrease(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const words = [...command, ...args];
  if (options.fileBlocks === undefined) return run(words, options);
  // Writing beyond the limit is then an error, not the end.
  const line = `trap '' XFSZ; ulimit -f ${options.fileBlocks}; exec ${words.map(quoted).join(" ")}`;
  return run(["sh", "-c", line], options);
}

/** Runs `crease` with `args` in a pseudo-terminal of that width; all output is in `stdout`. */
export function runInTerminal(args: readonly string[], columns: number, options: RunOptions = {}): Promise<Ended> {
  const line = `stty cols ${columns} rows 24 && exec ${[...command, ...args].map(quoted).join(" ")}`;
  return run([terminal, "--quiet", "--flush", "--return", "--command", line, "/dev/null"], {
    ...options,
    env: { TERM: "xterm-256color", ...options.env },
  });
}

/** A new folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "crease-cli-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function run([file, ...args]: readonly string[], options: RunOptions): Promise<Ended> {
  const { cwd, env, input, killAfter, onStart, onOutput } = options;
  // Where CI is set, Node reports no colours even in a terminal.
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...inherited } = process.env;
  const child = spawn(file as string, args, { env: { ...inherited, ...env }, ...(cwd === undefined ? {} : { cwd }) });
  onStart?.(child);
  if (input !== undefined) child.stdin.end(input);
  let stdout = "";
  let stderr = "";
  let killer: NodeJS.Timeout | undefined;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (killAfter !== undefined) killer ??= setTimeout(() => child.kill("SIGKILL"), killAfter);
    stdout += text;
    onOutput?.(child, stdout);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    onOutput?.(child, stdout);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(killer);
      resolve({ code, signal, stdout, stderr });
    });
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
