/** Which command runs, and how it ends. */
import { commands } from "./commands.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";

const help = `Usage: crease <command> [options]

Deep learning in TypeScript, from the terminal.

Commands:
${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(14)} ${summary}`)
  .join("\n")}

Options:
  -h, --help     show this, or a command's help: crease train --help
  -v, --version  show the version
      --debug    show where an error came from

Exit codes: 0 done, 1 a fault of crease, 2 usage or configuration, 3 data or
files, 4 backend, 5 diverged, 130 interrupted, 141 nobody read the output, 143
terminated.

Examples:
  crease train mnist
  crease train mnist --epochs 1 --limit 6000`;

/** Runs the command line; an error becomes one line on stderr, with `--debug` its stack too. */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  try {
    return await dispatch(args);
  } catch (error) {
    const { failureOf } = await import("./failure.ts");
    const { line, exitCode } = failureOf(error);
    process.stderr.write(`crease: ${line}\n`);
    if (args.includes("--debug") && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return exitCode;
  }
}

async function dispatch([name, ...args]: readonly string[]): Promise<ExitCode> {
  if (name === "-h" || name === "--help") return print(help);
  if (name === "-v" || name === "--version") return print(await (await import("./version.ts")).version());
  const entry = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (name === undefined || entry === undefined) return refuse(name);
  const command = await entry.load();
  return args.includes("-h") || args.includes("--help") ? print(command.help(name)) : command.run(args);
}

/** @throws UsageError for no command or an unknown one, with the nearest. */
async function refuse(name: string | undefined): Promise<never> {
  const [{ suggestName }, { UsageError }] = await Promise.all([import("@crease/backend"), import("./failure.ts")]);
  const known = Object.keys(commands);
  if (name === undefined) throw new UsageError(`no command. ${suggestName("", known)}. See crease --help.`);
  const [kind, names] = name.startsWith("-") ? ["option", ["--help", "--version"]] : (["command", known] as const);
  throw new UsageError(`unknown ${kind} "${name}". ${suggestName(name, names)}. See crease --help.`);
}

function print(text: string): ExitCode {
  process.stdout.write(`${text}\n`);
  return exitCodes.done;
}
