/** `pnpm parity`: compares with the reference numbers and with a live Keras, and writes `docs/parity.md`. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv, exit } from "node:process";
import { parseArgs } from "node:util";
import { command, root } from "./command.ts";
import { compareGoldens } from "./goldens.ts";
import { kerasNames } from "./kerasNames.ts";
import { changedNames, compareLive, type Live } from "./live.ts";
import { findPython } from "./python.ts";
import { report } from "./report.ts";

const usage = `pnpm parity [--no-live]

Compares every backend with the numbers of testdata/golden and with a live Keras, and writes docs/parity.md.
  --no-live   leave the live Keras out; the table keeps what the last comparison found

A live Keras is that of the Python that CREASE_PYTHON names, else of an environment made from PyPI.`;

const { values } = parseArgs({
  args: argv.slice(2),
  options: { "no-live": { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } },
});
if (values.help) {
  console.log(usage);
  exit(0);
}

const recorded = join(root, "tools/parity/live.json");

async function liveFindings(): Promise<Live | undefined> {
  const last = existsSync(recorded) ? (JSON.parse(readFileSync(recorded, "utf8")) as Live) : undefined;
  if (values["no-live"]) return last;
  const python = await findPython();
  if (python === undefined) {
    console.log("parity: there is no Python with Keras; the table keeps what the last comparison found");
    return last;
  }
  const { live, names } = await compareLive(python);
  for (const change of changedNames(names, kerasNames)) console.log(`parity: ${change}`);
  writeFileSync(recorded, JSON.stringify(live, null, 2));
  await command("biome", ["format", "--write", "--log-level=error", recorded]);
  return live;
}

try {
  const live = await liveFindings();
  const goldens = await compareGoldens();
  mkdirSync(join(root, "docs"), { recursive: true });
  writeFileSync(join(root, "docs/parity.md"), report({ goldens, live }));
  console.log("parity: wrote docs/parity.md");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  exit(1);
}
