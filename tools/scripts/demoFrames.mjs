// `npm run demo:frames`: frames a second of page 1 of the web demo while it trains; `-- cpu webgl` names other backends.
import { argv, exit } from "node:process";
import { install } from "./install.mjs";
import { run } from "./run.mjs";

await install();
await run("node", ["packages/backend-wasm/scripts/assemble.mjs"]);
exit(await run("node", ["--conditions=@crease/source", "apps/web-demo/scripts/frames.ts", ...argv.slice(2)]));
