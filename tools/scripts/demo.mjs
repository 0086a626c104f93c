// `npm run demo`: installs, builds the web demo and serves it until Ctrl-C. `npm run demo -- --port 8080` passes options on.
import { argv, exit } from "node:process";
import { install } from "./install.mjs";
import { run } from "./run.mjs";

await install();
await run("node", ["packages/backend-wasm/scripts/assemble.mjs"]);
const built = await run("vite", ["build", "apps/web-demo", "--logLevel", "warn"]);
// The server prints its address and sends the headers that threads need.
exit(built === 0 ? await run("vite", ["preview", "apps/web-demo", ...argv.slice(2)]) : built);
