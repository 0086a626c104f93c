// `pnpm bench`: runs every benchmark of `benchmarks/src`, or those named as arguments.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { argv, exit } from "node:process";
import { root, run } from "./run.mjs";

const names = argv.slice(2);
const all = readdirSync(join(root, "benchmarks", "src")).filter((file) => file.endsWith(".bench.ts"));
const chosen = names.length === 0 ? all : all.filter((file) => names.includes(file.replace(".bench.ts", "")));
if (chosen.length === 0) {
  console.error(
    `bench: no benchmark named ${names.join(", ")}. Known: ${all.map((file) => file.replace(".bench.ts", "")).join(", ")}.`,
  );
  exit(1);
}
let failed = 0;
for (const file of chosen) failed += await run("node", ["--conditions=@crease/source", `benchmarks/src/${file}`]);
exit(failed === 0 ? 0 : 1);
