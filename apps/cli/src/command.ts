/** Which command runs. */
import { DataError, suggestName } from "@crease/backend";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { UsageError } from "./options.ts";
import { train, trainHelp } from "./train.ts";

interface Command {
  readonly summary: string;
  readonly help: string;
  run(args: readonly string[]): Promise<ExitCode>;
}

const commands: { readonly [name: string]: Command } = {
  train: { summary: "train a network on a data set", help: trainHelp, run: train },
};

const help = `Usage: crease <command> [options]

Deep learning in TypeScript, from the terminal.

Commands:
${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join("\n")}

Options:
  -h, --help     show this, or a command's help: crease train --help
  -v, --version  show the version

Example:
  crease train mnist --epochs 1`;

/** Runs the command line; errors become one line on stderr (the stack too with --debug). */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const debug = args.includes("--debug");
  const [name, ...rest] = args.filter((arg) => arg !== "--debug");
  try {
    return await dispatch(name, rest);
  } catch (error) {
    process.stderr.write(`crease: ${error instanceof Error ? error.message : String(error)}\n`);
    if (debug && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    if (error instanceof UsageError) return exitCodes.usage;
    return error instanceof DataError ? exitCodes.data : exitCodes.ours;
  }
}

async function dispatch(name: string | undefined, args: readonly string[]): Promise<ExitCode> {
  if (name === undefined || name === "-h" || name === "--help") return print(help);
  if (name === "-v" || name === "--version") return print(await version());
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const kind = name.startsWith("-") ? "option" : "command";
    throw new UsageError(`unknown ${kind} "${name}". ${suggestName(name, Object.keys(commands))}. See crease --help.`);
  }
  if (args.includes("-h") || args.includes("--help")) return print(command.help);
  return command.run(args);
}

function print(text: string): ExitCode {
  process.stdout.write(`${text}\n`);
  return exitCodes.done;
}

async function version(): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
