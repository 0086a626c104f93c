/** The native binding, compiled from tfjs-node-gpu's two sources against a libtensorflow. */
import { nodeBuiltin } from "@crease/backend";
import type { Libtensorflow } from "./libtensorflow.ts";
import { type Ended, isFull, reasonOf, run } from "./program.ts";
import { refusal } from "./refusal.ts";

/** The compiler that `CXX` names, else g++ or clang++. @throws BackendError with the command that installs one. */
export async function findCompiler(): Promise<string> {
  const { CXX } = globalThis.process.env;
  const names = CXX ? [CXX] : ["g++", "clang++"];
  for (const name of names) if ((await run(name, ["--version"])).status === 0) return name;
  throw refusal(
    `there is no C++ compiler (${names.join(" or ")}), which builds the binding`,
    "Install one by `sudo apt-get install g++`, `sudo dnf install gcc-c++` or, without root, `conda install -c conda-forge gxx`; or name one by CXX",
  );
}

/** The folder with Node-API's headers that came with this Node; undefined where there is none. */
export function headersOfNode(): string | undefined {
  const { dirname, join } = nodeBuiltin("node:path");
  const { existsSync, realpathSync } = nodeBuiltin("node:fs");
  const prefix = dirname(dirname(realpathSync(globalThis.process.execPath)));
  return [join(prefix, "include", "node")].find((folder) => existsSync(join(folder, "node_api.h")));
}

/** Where the binding of a package is: where node-pre-gyp looks for it. */
export function bindingFileIn(packageFolder: string): string {
  return nodeBuiltin("node:path").join(packageFolder, "lib", "napi-v8", "tfjs_binding.node");
}

/**
 * Compiles the binding; what was there stays until the new one is whole.
 *
 * @throws BackendError with what the compiler said.
 */
export async function buildBinding(
  packageFolder: string,
  { folder, library, framework, include }: Libtensorflow,
  compiler: string,
  headers: string,
): Promise<string> {
  const { mkdirSync, renameSync } = nodeBuiltin("node:fs");
  const { dirname, join } = nodeBuiltin("node:path");
  const file = bindingFileIn(packageFolder);
  const part = `${file}.part`;
  mkdirSync(dirname(file), { recursive: true });
  const sources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((name) => join(packageFolder, "binding", name));
  const ended = await run(compiler, [
    ...["-std=c++17", "-O2", "-fPIC", "-shared", "-w", "-DNAPI_VERSION=8", `-I${include}`, `-I${headers}`],
    ...[...sources, "-o", part, `-L${folder}`, `-l:${library}`, `-l:${framework}`, `-Wl,-rpath,${folder}`],
    ...linkCusolver(folder),
  ]);
  if (ended.status !== 0) throw refusal(`${compiler} could not build the binding: ${reasonOf(ended)}`, fixOf(ended));
  renameSync(part, file);
  return file;
}

/**
 * TensorFlow registers no GPU where it cannot load one of the CUDA libraries by name, and 2.21 looks for all of them from
 * libtensorflow_framework.so.2, whose list of folders lacks cusolver's. One that the binding brings along has been found.
 */
function linkCusolver(folder: string): readonly string[] {
  const { join } = nodeBuiltin("node:path");
  const name = "libcusolver.so.11";
  const beside = join(folder, "..", "nvidia", "cusolver", "lib");
  if (!nodeBuiltin("node:fs").existsSync(join(beside, name))) return [];
  return [`-L${beside}`, "-Wl,--no-as-needed", `-l:${name}`, `-Wl,-rpath,${beside}`];
}

function fixOf(ended: Ended): string {
  const { stderr } = ended;
  if (/node_api\.h/.test(stderr)) return "Remove what is there and install again: crease cuda remove";
  if (/std=c\+\+17|'string_view'/.test(stderr))
    return "Use a compiler with C++17, such as g++ 8 or later, named by CXX";
  if (isFull(ended)) return "Free some space and run crease cuda install again";
  return "Name another compiler by CXX, or another libtensorflow by --libtensorflow <folder>";
}
