/** Installing the binding: finds or fetches libtensorflow and tfjs-node-gpu, compiles, and sees that it computes. */
import { isNode, nodeBuiltin } from "@crease/backend";
import { type BindingStatus, bindingStatus, noteBinding } from "./bindingStatus.ts";
import { bindingFileIn, buildBinding, findCompiler, headersOfNode } from "./build.ts";
import { cacheFolder } from "./cacheFolder.ts";
import type { Device } from "./device.ts";
import { type Libtensorflow, libtensorflowIn, wantedVersion } from "./libtensorflow.ts";
import { alone } from "./lock.ts";
import { probeBinding } from "./probe.ts";
import { findPythonPackage, libtensorflowOf, type PythonPackage } from "./python.ts";
import { refusal } from "./refusal.ts";
import { fetchedHeadersIn, fetchTfjsNode } from "./tfjsNode.ts";
import { fetchWheel } from "./wheel.ts";

/** What to install, and from where. */
export interface InstallOptions {
  /** Where everything goes. Default: `cuda` in the folder that `CREASE_CACHE` names, else in the user's caches. */
  readonly cacheFolder?: string;
  /** What libtensorflow computes on. Default: `gpu` where NVIDIA's driver is loaded, else `cpu`. */
  readonly device?: Device;
  /** A libtensorflow of the user's own: the folder `tensorflow` of a Python package, or of an unpacked archive. */
  readonly libtensorflow?: string;
  /** The Python whose TensorFlow is used if it has the right one, and whose pip fetches it otherwise. Default: `python3`. */
  readonly python?: string;
  /** Told of each step. */
  readonly tell?: (line: string) => void;
}

/**
 * Makes the native binding of tfjs-node-gpu for a current libtensorflow, in a cache folder of the user: no root, nothing
 * in `node_modules`. What is there already is kept, so that an installation goes on where it was interrupted.
 *
 * @returns What was installed.
 * @throws BackendError for whatever is missing, with the command that mends it.
 * @example
 * ```ts
 * import { installBinding } from "@crease/backend-cuda";
 * const wrong = installBinding({ libtensorflow: "no/such/folder", cacheFolder: "no/such/folder" });
 * await wrong.catch((error) => error.name); // => BackendError
 * ```
 */
export async function installBinding(options: InstallOptions = {}): Promise<BindingStatus> {
  checkPlatform();
  const cache = nodeBuiltin("node:path").resolve(options.cacheFolder ?? cacheFolder());
  const { libtensorflow } = options;
  const own = libtensorflow === undefined ? undefined : libtensorflowIn(libtensorflow);
  const compiler = await findCompiler();
  return alone(cache, () => install(cache, own, compiler, options));
}

async function install(
  cache: string,
  own: Libtensorflow | undefined,
  compiler: string,
  { device = hasDriver() ? "gpu" : "cpu", python = "python3", tell = () => {} }: InstallOptions,
): Promise<BindingStatus> {
  const { library, origin } =
    own === undefined ? await obtain(cache, device, python, tell) : ({ library: own, origin: "folder" } as const);
  const before = bindingStatus({ cacheFolder: cache });
  const headers = headersOfNode();
  const packageFolder = await fetchTfjsNode(cache, headers === undefined, tell);
  const file = bindingFileIn(packageFolder);
  const isBuilt = before?.libtensorflow === library.folder && before.device === device;
  if (!isBuilt || "failure" in (await probeBinding(file))) {
    tell(`Compiling the binding against ${library.folder}.`);
    await buildBinding(packageFolder, library, compiler, headers ?? fetchedHeadersIn(cache));
  }
  const probe = await probeBinding(file);
  if ("failure" in probe) {
    nodeBuiltin("node:fs").rmSync(file);
    throw refusal(
      `the binding was built but does not load: ${probe.failure}`,
      `Use another libtensorflow, such as TensorFlow ${wantedVersion}: crease cuda install --libtensorflow <folder>`,
    );
  }
  if (probe.version !== wantedVersion)
    tell(`This libtensorflow is ${probe.version}: Crease is tested on ${wantedVersion}.`);
  noteBinding(cache, { libtensorflow: library.folder, version: probe.version, device, origin });
  return bindingStatus({ cacheFolder: cache }) as BindingStatus;
}

/** Whether NVIDIA's driver is loaded. */
function hasDriver(): boolean {
  return nodeBuiltin("node:fs").existsSync("/proc/driver/nvidia/version");
}

function checkPlatform(): void {
  if (!isNode() || globalThis.process.platform === "linux") return;
  throw refusal(
    `libtensorflow with CUDA is for Linux, this is ${globalThis.process.platform}`,
    "Use Linux (on Windows, in WSL 2), or the wasm backend",
  );
}

/** The TensorFlow of a Python where it is the right one, else a wheel's. */
async function obtain(
  cache: string,
  device: Device,
  python: string,
  tell: (line: string) => void,
): Promise<{ readonly library: Libtensorflow; readonly origin: BindingStatus["origin"] }> {
  const found = await findPythonPackage(python);
  if (found !== undefined && found.version === wantedVersion && (device === "cpu" || hasCuda(found))) {
    tell(`Found ${found.name} ${found.version} of ${python}: checking its digests.`);
    return { library: await libtensorflowOf(found, python), origin: "python" };
  }
  if (found !== undefined)
    tell(`${found.name} ${found.version} of ${python} is not ${wantedVersion}${device === "gpu" ? " with CUDA" : ""}.`);
  return { library: await fetchWheel(cache, device, python, tell), origin: "wheel" };
}

/** Whether it is the TensorFlow for GPUs with what its extra `and-cuda` brings: PyTorch brings the same libraries, not the compiler. */
function hasCuda({ name, folder }: PythonPackage): boolean {
  const { join } = nodeBuiltin("node:path");
  const has = (part: string): boolean => nodeBuiltin("node:fs").existsSync(join(folder, "..", "nvidia", part));
  return name === "tensorflow" && has("cudnn") && has("cuda_nvcc");
}
