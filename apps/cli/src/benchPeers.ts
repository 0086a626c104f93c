/** The repository's own benchmark beside other libraries, where this command runs from a checkout. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { UsageError } from "./failure.ts";

/** Runs `pnpm bench`. @throws UsageError outside a checkout. */
export async function benchPeers(): Promise<ExitCode> {
  const root = checkoutAround(dirname(fileURLToPath(import.meta.url)));
  if (root === undefined)
    throw new UsageError("--peers needs a checkout of the repository, which has the other libraries. Leave it out.");
  const child = spawn("pnpm", ["run", "bench"], { cwd: root, stdio: "inherit" });
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  return code === 0 ? exitCodes.done : exitCodes.ours;
}

/** The root of the repository that holds a folder. */
function checkoutAround(folder: string): string | undefined {
  if (existsSync(join(folder, "pnpm-workspace.yaml")) && existsSync(join(folder, "benchmarks"))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : checkoutAround(above);
}
