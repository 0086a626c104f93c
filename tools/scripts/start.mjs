// `npm start`: installs, then trains the chapter's network on MNIST from source. `npm start -- --epochs 1` passes options on.
import { argv, exit } from "node:process";
import { install } from "./install.mjs";
import { run } from "./run.mjs";

await install();
await run("node", ["packages/backend-wasm/scripts/assemble.mjs"]);
exit(await run("node", ["--conditions=@crease/source", "apps/cli/src/main.ts", "train", "mnist", ...argv.slice(2)]));
