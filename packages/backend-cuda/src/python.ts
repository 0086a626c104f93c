/** Python on this machine: whether TensorFlow is installed for it, and pip. */
import { nodeBuiltin } from "@crease/backend";

import { checkRecord } from "./digest.ts";
import { type Libtensorflow, libtensorflowIn, wantedVersion } from "./libtensorflow.ts";
import { run } from "./program.ts";
import { refusal } from "./refusal.ts";

/** Says where a package is, its version and the distribution that brought it, without importing it. */
const lookUp = `
import importlib.metadata as m, importlib.util as u, json
spec = u.find_spec("tensorflow")
found = None
if spec and spec.submodule_search_locations:
    for name in ("tensorflow", "tensorflow-cpu", "tensorflow-intel", "tf-nightly"):
        try:
            d = m.distribution(name)
            found = {"name": name, "version": d.version, "folder": list(spec.submodule_search_locations)[0],
                     "record": str(d.locate_file(next(f for f in d.files if f.name == "RECORD")))}
            break
        except m.PackageNotFoundError:
            pass
print(json.dumps(found))
`;

/** TensorFlow as installed for a Python. */
export interface PythonPackage {
  /** The distribution, such as tensorflow-cpu. */
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly record: string;
}

/** TensorFlow of a Python; undefined where it has none, or where there is no such Python. */
export async function findPythonPackage(python: string): Promise<PythonPackage | undefined> {
  const { status, stdout } = await run(python, ["-c", lookUp]);
  if (status !== 0) return undefined;
  return (JSON.parse(stdout) as PythonPackage | null) ?? undefined;
}

/** The libtensorflow of an installed package, its digests checked. @throws BackendError where a file is not the wheel's. */
export async function libtensorflowOf(
  { name, version, folder, record }: PythonPackage,
  python: string,
): Promise<Libtensorflow> {
  const { join } = nodeBuiltin("node:path");
  const found = libtensorflowIn(folder);
  const reinstall = `Reinstall it: ${python} -m pip install --force-reinstall --no-deps ${name}==${version}`;
  await checkRecord(record, [join(folder, found.library), join(folder, found.framework)], reinstall);
  return found;
}

/** Makes sure that pip can be run. @throws BackendError with the command that installs it. */
export async function checkPip(python: string): Promise<void> {
  const { status } = await run(python, ["-m", "pip", "--version"]);
  if (status === 0) return;
  const byHand = `unpack the wheel tensorflow-cpu ${wantedVersion} yourself and name its folder: crease cuda install --libtensorflow <folder>`;
  if (status === undefined)
    throw refusal(
      `there is no Python at "${python}", which fetches libtensorflow`,
      `Install it, such as by \`sudo apt-get install python3-pip\` or \`sudo dnf install python3-pip\`, or ${byHand}`,
    );
  throw refusal(
    `${python} has no pip, which fetches libtensorflow`,
    `Install it by \`${python} -m ensurepip --user\` or \`sudo apt-get install python3-pip\`, or ${byHand}`,
  );
}
