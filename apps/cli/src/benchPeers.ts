/** The repository's own benchmark beside other libraries, where this command runs from a checkout. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { UsageError } from "./failure.ts";

/** What the options ask for. */
export interface PeerSettings {
  /** All where none is named. */
  readonly cases: readonly string[];
  readonly seconds: number;
  /** A Python that has Keras or PyTorch. */
  readonly python?: string | undefined;
}

/** Runs `pnpm bench`, with Keras and PyTorch where there is a Python that has them. @throws UsageError outside a checkout. */
export async function benchPeers({ cases, seconds, python }: PeerSettings): Promise<ExitCode> {
  const here = fileURLToPath(import.meta.url);
  const root = checkoutAround(dirname(here));
  if (root === undefined)
    throw new UsageError("--peers needs a checkout of the repository, which has the other libraries. Leave it out.");
  const found = findPython(python);
  if (found === undefined)
    process.stderr.write(
      "Keras and PyTorch are left out: python3 has neither. Name a Python that has them with --python.\n",
    );
  const peers = found === undefined ? ["--peers", "js"] : ["--peers", "all", "--python", found];
  const source = here.endsWith(".ts") ? ["--source"] : [];
  const args = [...cases, ...peers, "--seconds", String(seconds), ...source];
  // What the script `bench` of the repository runs; not every machine has pnpm on its path.
  const child = spawn(process.execPath, [join(root, "tools", "scripts", "bench.mjs"), ...args], { stdio: "inherit" });
  // Ctrl-C reaches it too, and it is the last to end.
  const wait = (): void => {};
  process.on("SIGINT", wait);
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  process.off("SIGINT", wait);
  const known = [exitCodes.done, exitCodes.usage, exitCodes.interrupted].find((one) => one === code);
  return known ?? exitCodes.ours;
}

/**
 * The Python that is named, by an option or by CREASE_PYTHON, else the usual one if it has the libraries.
 *
 * @throws UsageError where the one that is named does not run or has neither.
 */
function findPython(named: string | undefined = process.env.CREASE_PYTHON): string | undefined {
  const look =
    "import sys, importlib.util as u; print(sys.executable if u.find_spec('keras') or u.find_spec('torch') else '')";
  const { stdout = "", error } = spawnSync(named ?? "python3", ["-c", look], { encoding: "utf8" });
  const file = error === undefined ? stdout.trim() : "";
  if (file !== "") return file;
  if (named === undefined) return undefined;
  throw new UsageError(`${named} is no Python that has keras or torch. Name another one with --python, or none.`);
}

/** The root of the repository that holds a folder. */
function checkoutAround(folder: string): string | undefined {
  if (existsSync(join(folder, "pnpm-workspace.yaml")) && existsSync(join(folder, "benchmarks"))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : checkoutAround(above);
}
