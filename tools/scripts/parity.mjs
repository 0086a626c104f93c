// `pnpm parity`: compares every backend with Keras and writes docs/parity.md; `pnpm parity --help` lists options.
import { argv, exit } from "node:process";
import { run } from "./run.mjs";

const args = argv.slice(2);
const status = await run("node", ["packages/backend-wasm/scripts/assemble.mjs"]);
if (status !== 0) exit(status);
exit(await run("node", ["--conditions=@crease/source", "tools/parity/src/main.ts", ...args]));
