/** What peers need before they can run: a Python with Keras, and the hand-written loop built. Made once, when asked for. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execPath, platform, stderr } from "node:process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Command } from "./child.ts";
import type { Options } from "./options.ts";

/** Where peers are kept, outside version control. */
const folder = fileURLToPath(new URL("../.peers", import.meta.url));

const kerasPackages = ["tensorflow-cpu==2.21.0", "keras==3.15.1"] as const;
/** On Linux, PyPI's wheel brings CUDA with it. */
const torchPackages = ["torch==2.15.0"] as const;
const assemblyscript = "assemblyscript@0.28.20";

/** Why something cannot run. */
export interface Reason {
  readonly reason: string;
}

/** The Python that `--python` names, else one in `.peers`, made with the pinned packages. */
export async function preparePython({ python, torch }: Pick<Options, "python" | "torch">): Promise<Command | Reason> {
  if (python !== undefined)
    return existsSync(python) ? { file: python, args: [] } : { reason: `there is no ${python}` };
  const home = join(folder, "python");
  const file = platform === "win32" ? join(home, "Scripts", "python.exe") : join(home, "bin", "python");
  const stamp = join(home, "installed.json");
  const wanted = [...kerasPackages, ...(torch ? torchPackages : [])];
  const installed: string[] = existsSync(stamp) ? JSON.parse(readFileSync(stamp, "utf8")) : [];
  if (wanted.every((name) => installed.includes(name))) return { file, args: [] };
  mkdirSync(folder, { recursive: true });
  stderr.write(`bench: installing ${wanted.join(", ")} from PyPI, once.\n`);
  const failure =
    (await run(platform === "win32" ? "python" : "python3", ["-m", "venv", home], folder)) ??
    (await run(file, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...wanted], folder));
  if (failure !== undefined) return { reason: `no Python with ${wanted.join(", ")}: ${failure}` };
  writeFileSync(stamp, JSON.stringify([...new Set([...installed, ...wanted])]));
  return { file, args: [] };
}

/** A built copy of the yardstick, with MNIST beside it. */
export async function prepareYardstick(
  { yardstick }: Pick<Options, "yardstick">,
  mnist: string,
): Promise<{ readonly folder: string } | Reason> {
  if (yardstick === undefined) return { reason: "no folder given (--yardstick or CREASE_YARDSTICK)" };
  if (!existsSync(join(yardstick, "train.mjs"))) return { reason: `there is no train.mjs in ${yardstick}` };
  const home = join(folder, "yardstick");
  if (existsSync(join(home, "built"))) return { folder: home };
  mkdirSync(join(home, "k"), { recursive: true });
  for (const name of ["genk.mjs", "build.sh", "lib.mjs", "train.mjs", "k"])
    cpSync(join(yardstick, name), join(home, name), { recursive: true, mode: 0 });
  writeFileSync(join(home, "package.json"), '{ "private": true }\n');
  stderr.write("bench: building the yardstick, once.\n");
  const failure =
    (await run("chmod", ["-R", "u+w", home], home)) ??
    (await run("npm", ["install", "--no-audit", "--no-fund", assemblyscript], home)) ??
    (await run(execPath, ["genk.mjs"], home)) ??
    (await run("sh", ["build.sh"], home));
  if (failure !== undefined) return { reason: `it could not be built: ${failure}` };
  for (const name of ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"])
    writeFileSync(join(home, `${name}-ubyte.gz`), gzipSync(readFileSync(join(mnist, `${name}-ubyte`)), { level: 1 }));
  writeFileSync(join(home, "built"), "");
  return { folder: home };
}

/** Runs a command; undefined where it went well, else what it said. */
function run(file: string, args: readonly string[], cwd: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code) =>
      resolve(code === 0 ? undefined : (said.trim().split("\n").at(-1) ?? `${file} ended with status ${code}`)),
    );
  });
}
