// `pnpm bench`: builds the packages, then measures them beside their peers; `pnpm bench --help` lists cases and options.
import { argv, exit } from "node:process";
import { run } from "./run.mjs";

const args = argv.slice(2);
const isSource = args.includes("--source");
// Built, since that is what users run: start-up would otherwise count the stripping of types.
if (!isSource && !args.includes("--help") && !args.includes("-h")) {
  const build = ["run", "build", "--filter=@crease/benchmarks^...", "--output-logs=errors-only"];
  // What it says is no result: it goes where errors go.
  const status = await run("turbo", build, {}, ["inherit", 2, "inherit"]);
  if (status !== 0) {
    console.error("bench: the packages do not build. `pnpm bench --source` measures them from source.");
    exit(status);
  }
}
exit(await run("node", [...(isSource ? ["--conditions=@crease/source"] : []), "benchmarks/src/main.ts", ...args]));
