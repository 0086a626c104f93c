/** What there is of CUDA on this machine: the driver, the libraries that libtensorflow loads, the binding, the GPUs. */
import { nodeBuiltin } from "@crease/backend";
import { type BindingStatus, bindingStatus, type StatusOptions } from "./bindingStatus.ts";
import { type Probe, probeBinding } from "./probe.ts";
import { run } from "./program.ts";

/** What was found. */
export interface CudaReport {
  /** NVIDIA's driver: its version, undefined where it is not loaded. */
  readonly driver: string | undefined;
  /** GPUs that the driver names, whether or not libtensorflow registered them. */
  readonly gpus: readonly string[];
  /** Undefined where no binding is built. */
  readonly binding: BindingStatus | undefined;
  /** What the binding says of itself, or why it does not load; undefined where none is built. */
  readonly probe: Probe | { readonly failure: string } | undefined;
  /** The CUDA libraries that libtensorflow 2.21 loads, and where each was found. */
  readonly libraries: readonly CudaLibrary[];
}

/** A library that libtensorflow loads when it looks for GPUs. */
export interface CudaLibrary {
  readonly name: string;
  /** The file; undefined where it was found nowhere. */
  readonly file: string | undefined;
}

const wanted: readonly string[] = [
  "libcudart.so.12",
  "libcublas.so.12",
  "libcublasLt.so.12",
  "libcudnn.so.9",
  "libcufft.so.11",
  "libcusolver.so.11",
  "libcusparse.so.12",
  "libnccl.so.2",
];

/**
 * Looks at all parts that CUDA in Node is made of. The binding is tried in a process of its own.
 *
 * @returns What there is and what is missing.
 * @example
 * ```ts
 * import { inspectCuda } from "@crease/backend-cuda";
 * const { binding, probe } = await inspectCuda({ cacheFolder: "no/such/folder" });
 * binding === undefined && probe === undefined; // => true
 * ```
 */
export async function inspectCuda(options: StatusOptions = {}): Promise<CudaReport> {
  const binding = bindingStatus(options);
  const [driver, gpus, probe, libraries] = await Promise.all([
    driverVersion(),
    listGpus(),
    binding && probeBinding(binding.file),
    findLibraries(binding?.libtensorflow),
  ]);
  return { driver, gpus, binding, probe, libraries };
}

/** `NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15 ...` is what the loaded driver says. */
function driverVersion(): string | undefined {
  const { existsSync, readFileSync } = nodeBuiltin("node:fs");
  const file = "/proc/driver/nvidia/version";
  if (!existsSync(file)) return undefined;
  return /Kernel Module\D*([\d.]+)/.exec(readFileSync(file, "utf8"))?.[1] ?? "of unknown version";
}

async function listGpus(): Promise<readonly string[]> {
  const { status, stdout } = await run("nvidia-smi", ["--query-gpu=name", "--format=csv,noheader"]);
  return status === 0 ? stdout.split("\n").filter((line) => line.trim() !== "") : [];
}

/** Where the loader looks: beside libtensorflow as pip lays it out, in LD_LIBRARY_PATH, and in the system's list. */
async function findLibraries(libtensorflow: string | undefined): Promise<readonly CudaLibrary[]> {
  const { existsSync, readdirSync } = nodeBuiltin("node:fs");
  const { delimiter, join } = nodeBuiltin("node:path");
  const pip = libtensorflow === undefined ? "" : join(libtensorflow, "..", "nvidia");
  const folders = existsSync(pip) ? readdirSync(pip).map((name) => join(pip, name, "lib")) : [];
  folders.push(...(globalThis.process.env.LD_LIBRARY_PATH ?? "").split(delimiter).filter((folder) => folder !== ""));
  const { stdout } = await run("ldconfig", ["-p"]);
  const system = new Map([...stdout.matchAll(/^\s*(\S+) .*=> (.*)$/gm)].map(([, name, file]) => [name, file]));
  return wanted.map((name) => {
    const file = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
    return { name, file: file ?? system.get(name) };
  });
}
