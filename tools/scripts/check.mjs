// `pnpm check`: format and lint, types, unused code, import rules and package artefacts; runs all and lists what failed.
import { exit } from "node:process";
import { run } from "./run.mjs";

/** @type {readonly (readonly [string, string, readonly string[]])[]} */
const steps = [
  ["WASM modules", "node", ["packages/backend-wasm/scripts/assemble.mjs"]],
  ["format and lint", "biome", ["check", "--error-on-warnings"]],
  ["types", "tsc", ["-b"]],
  ["unused code", "knip", []],
  ["import rules", "node", ["tools/checks/src/report-imports.ts"]],
  ["package artefacts", "turbo", ["run", "check:package", "--output-logs=errors-only"]],
];

const failed = [];
for (const [name, command, args] of steps) {
  const began = performance.now();
  const status = await run(command, args);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`check: ${name} ${status === 0 ? "passed" : "FAILED"} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) console.error(`check: failed: ${failed.join(", ")}.`);
exit(failed.length === 0 ? 0 : 1);
