// `npm run verify`: what CI runs, the checks and then the tests. With `--wide`, the slow tier as well (`*.wide.test.ts`).
import { argv, exit } from "node:process";
import { run } from "./run.mjs";

const wide = argv.includes("--wide");
const checks = await run("node", ["tools/scripts/check.mjs"]);
const tests = await run("vitest", ["run"], wide ? { CREASE_WIDE: "1" } : {});
console.log(`verify: checks ${checks === 0 ? "passed" : "FAILED"}, tests ${tests === 0 ? "passed" : "FAILED"}`);
exit(checks === 0 && tests === 0 ? 0 : 1);
