/** `crease doctor`: what of this machine Crease can use, a line each, with what to do. */
import { type Command, command } from "./command.ts";
import { exitCodes } from "./exitCodes.ts";
import { UsageError } from "./failure.ts";
import { flag, optional } from "./options.ts";
import { reportOf } from "./report.ts";

const marks = { well: "ok", absent: "--", broken: "!!" } as const;
const nameWidth = 20;

/** Looks at Node, the processor, WebAssembly, CUDA, and computes on each backend. */
export const doctorCommand: Command = command({
  usage: "[options]",
  about: "Shows what of this machine Crease can use, and what to do where something is missing.",
  options: { json: optional(flag, "one JSON object a line on stdout, text on stderr") },
  notes: "ok: works. --: not there, and needed only for more speed. !!: should work and does not; exit code 4.",
  examples: ["crease doctor", "crease doctor --json"],
  async run({ json }, positionals) {
    if (positionals.length > 0) throw new UsageError(`doctor takes no arguments, not "${positionals.join(" ")}".`);
    const report = reportOf({ json });
    const { findings } = await import("./doctorChecks.ts");
    let isBroken = false;
    for await (const { name, state, text, fix } of findings()) {
      isBroken ||= state === "broken";
      report.say(`${marks[state]}  ${name.padEnd(nameWidth)}${text}.${fix === undefined ? "" : ` ${fix}.`}`);
      report.event("check", { name, state, text, ...(fix === undefined ? {} : { fix }) });
    }
    return isBroken ? exitCodes.backend : exitCodes.done;
  },
});
