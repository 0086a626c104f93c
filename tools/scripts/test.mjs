// `npm test`: installs, then runs every test of the CI tier. Arguments go to vitest: `npm test -- packages/tensor`.
import { argv, exit } from "node:process";
import { install } from "./install.mjs";
import { run } from "./run.mjs";

await install();
exit(await run("vitest", ["run", ...argv.slice(2)]));
