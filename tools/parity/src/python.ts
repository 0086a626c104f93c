/** A Python with Keras: the one that CREASE_PYTHON names, else a virtual environment filled from PyPI. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { command, root } from "./command.ts";

/** What the environment is filled with: the versions that made the reference numbers. */
const packages = ["keras==3.15.1", "tensorflow-cpu==2.21.0", "numpy==2.4.6"];
const folder = join(root, "node_modules/.cache/parity-python");

/** The path of an interpreter that has Keras, undefined where none can be had. */
export async function findPython(): Promise<string | undefined> {
  const given = process.env.CREASE_PYTHON;
  if (given) return given;
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(join(folder, "filled"))) return python;
  console.log(`parity: making ${folder} with ${packages.join(", ")} from PyPI (about 1.5 GB)`);
  for (const base of ["python3", "python"]) {
    if ((await command(base, ["-m", "venv", "--clear", folder])) !== 0) continue;
    if ((await command(python, ["-m", "pip", "install", "--quiet", ...packages])) !== 0) return undefined;
    return (await command(python, ["-c", `open(${JSON.stringify(join(folder, "filled"))}, "w").close()`])) === 0
      ? python
      : undefined;
  }
  return undefined;
}
