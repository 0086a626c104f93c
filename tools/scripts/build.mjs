// `pnpm build`: builds every package with `tsc -b`, through turbo's cache.
import { exit } from "node:process";
import { run } from "./run.mjs";

exit(await run("turbo", ["run", "build", "--output-logs=errors-only"]));
