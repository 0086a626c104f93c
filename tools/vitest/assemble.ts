// Global set-up of all tests: brings the generated modules of the WASM kernels up to date, nothing when they are.
import { spawnSync } from "node:child_process";

/** Compiles `packages/backend-wasm/assembly` where its sources have changed. */
export default function assemble(): void {
  const { status } = spawnSync("node", ["packages/backend-wasm/scripts/assemble.mjs"], { stdio: "inherit" });
  if (status !== 0) throw new Error("assemble: the WASM kernels do not compile, see above.");
}
