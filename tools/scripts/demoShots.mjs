// `npm run demo:shots`: screenshots of every page of the web demo into `runs/demo-shots`; `-- phone-dark` takes only those.
import { argv, exit } from "node:process";
import { install } from "./install.mjs";
import { run } from "./run.mjs";

await install();
await run("node", ["packages/backend-wasm/scripts/assemble.mjs"]);
exit(await run("node", ["--conditions=@crease/source", "apps/web-demo/scripts/shots.ts", ...argv.slice(2)]));
