/** Which command runs, and how it ends. */
import { suggestName } from "@crease/backend";
import type { Command } from "./command.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { failureOf, UsageError } from "./failure.ts";
import { trainCommand } from "./train.ts";

const commands: { readonly [name: string]: Command } = { train: trainCommand };

const help = `Usage: crease <command> [options]

Deep learning in TypeScript, from the terminal.

Commands:
${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(14)} ${summary}`)
  .join("\n")}

Options:
  -h, --help     show this, or a command's help: crease train --help
  -v, --version  show the version

Exit codes: 0 done, 1 a fault of crease, 2 usage, 3 data or files, 5 diverged,
130 interrupted, 141 nobody read the output, 143 terminated.

Examples:
  crease train mnist
  crease train mnist --epochs 1 --limit 6000`;

/** Runs the command line; an error becomes one line on stderr, with `--debug` its stack too. */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  try {
    return await dispatch(args);
  } catch (error) {
    const { line, exitCode } = failureOf(error);
    process.stderr.write(`crease: ${line}\n`);
    if (args.includes("--debug") && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return exitCode;
  }
}

async function dispatch([name, ...args]: readonly string[]): Promise<ExitCode> {
  if (name === undefined)
    throw new UsageError(`no command. ${suggestName("", Object.keys(commands))}. See crease --help.`);
  if (name === "-h" || name === "--help") return print(help);
  if (name === "-v" || name === "--version") return print(await version());
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const [kind, known] = name.startsWith("-")
      ? ["option", ["--help", "--version"]]
      : (["command", Object.keys(commands)] as const);
    throw new UsageError(`unknown ${kind} "${name}". ${suggestName(name, known)}. See crease --help.`);
  }
  return args.includes("-h") || args.includes("--help") ? print(command.help) : command.run(args);
}

function print(text: string): ExitCode {
  process.stdout.write(`${text}\n`);
  return exitCodes.done;
}

async function version(): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  const manifest = await readFile(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
