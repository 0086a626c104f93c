/** What `pnpm bench` is told on the command line. */
import { parseArgs } from "node:util";
import { type CaseName, caseNames, cases } from "./cases.ts";

/** Peers to measure beside this project. */
export type Peers = "js" | "python" | "all" | "none";

const peerChoices: readonly Peers[] = ["js", "python", "all", "none"];

/** The command line, checked. */
export interface Options {
  readonly cases: readonly CaseName[];
  readonly peers: Peers;
  /** Where the JSON goes. */
  readonly json: string | undefined;
  /** Subjects to measure; all where it is empty. */
  readonly subjects: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  /** Most training samples in an epoch. */
  readonly samples: number;
  /** Whether the times are too short to judge anything by. */
  readonly isQuick: boolean;
  /** A Python that has the peers; otherwise one is made. */
  readonly python: string | undefined;
  /** Whether PyTorch is installed too where a Python is made. */
  readonly torch: boolean;
  /** Folder of the hand-written training loop. */
  readonly yardstick: string | undefined;
  readonly help: boolean;
}

/** What `--help` prints. */
export const help: string = `Usage: pnpm bench [case...] [options]

Measures this project and its peers on the same work, in turn, each in a process of its own.

Cases (all unless some are named):
${caseNames.map((name) => `  ${name.padEnd(12)} ${cases[name].unit.padEnd(10)} ${cases[name].work}`).join("\n")}

Options:
  --peers <which>      ${peerChoices.join(", ")} (js)
  --json <file>        write all figures, the machine and the versions
  --subject <name>     only this subject; may be repeated
  --rounds <n>         times that every subject is started (3)
  --seconds <x>        time for each figure in each round (1)
  --samples <n>        most training samples in an epoch (60000; slow subjects take fewer)
  --quick              one round, short times, few samples: to see that all runs, not how fast
  --source             run from source, without building first
  --python <file>      a Python with keras and torch; else one is made from PyPI in benchmarks/.peers
  --torch              have PyTorch installed too where a Python is made (a large download)
  --yardstick <dir>    the hand-written training loop (else the environment's CREASE_YARDSTICK)

Examples:
  pnpm bench op gemm
  pnpm bench chapter2 --peers all --torch --json bench.json
  pnpm bench --quick --source`;

/** Reads the command line. @throws Error for what it does not know, listing what it does. */
export function parseOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      peers: { type: "string", default: "js" },
      json: { type: "string" },
      subject: { type: "string", multiple: true, default: [] },
      rounds: { type: "string" },
      seconds: { type: "string" },
      samples: { type: "string" },
      quick: { type: "boolean", default: false },
      source: { type: "boolean", default: false },
      python: { type: "string" },
      torch: { type: "boolean", default: false },
      yardstick: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { quick } = values;
  return {
    cases: caseNames.filter((name) => positionals.length === 0 || positionals.map(toCase).includes(name)),
    peers: oneOf("--peers", values.peers, peerChoices),
    json: values.json,
    subjects: values.subject,
    rounds: positive("--rounds", values.rounds, quick ? 1 : 3, true),
    seconds: positive("--seconds", values.seconds, quick ? 0.02 : 1),
    samples: positive("--samples", values.samples, quick ? 1280 : 60_000, true),
    isQuick: quick,
    python: values.python,
    torch: values.torch,
    yardstick: values.yardstick ?? env.CREASE_YARDSTICK,
    help: values.help,
  };
}

function toCase(name: string): CaseName {
  return oneOf("case", name, caseNames);
}

function oneOf<T extends string>(what: string, value: string, known: readonly T[]): T {
  const found = known.find((choice) => choice === value);
  if (found === undefined) throw new Error(`bench: unknown ${what} "${value}". Known: ${known.join(", ")}.`);
  return found;
}

function positive(name: string, text: string | undefined, unsaid: number, whole: boolean = false): number {
  const value = text === undefined ? unsaid : Number(text);
  if (value > 0 && Number.isFinite(value) && (!whole || Number.isInteger(value))) return value;
  throw new Error(`bench: ${name} takes a ${whole ? "whole " : ""}number above 0, got "${text}".`);
}
