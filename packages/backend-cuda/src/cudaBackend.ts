/** CUDA in Node: TensorFlow's library behind tfjs-node-gpu as a backend. */
import { type Backend, BackendError, isNode } from "@crease/backend";
import { type TfjsBuffer, tfjsBackend } from "@crease/backend-tfjs";
import { bindingStatus } from "./bindingStatus.ts";
import { cacheFolder } from "./cacheFolder.ts";
import type { Device } from "./device.ts";
import { loadTfjsNode } from "./load.ts";

/** How to start. */
export interface CudaOptions {
  /**
   * What to compute on. Default: `gpu`, and BackendError where libtensorflow registered none; `cpu` is libtensorflow's
   * own CPU kernels. The first call in a process decides for all.
   */
  readonly device?: Device;
  /** The folder that the binding was installed in. Default: where `crease cuda install` puts it. */
  readonly cacheFolder?: string;
}

/**
 * Loads the binding that `crease cuda install` has built and makes a backend of it. What is current in tfjs stays
 * current.
 *
 * @throws BackendError outside Node, where the binding is not built or does not load, and where a GPU is asked for and
 *   none is registered: it never computes on the CPU unasked.
 * @example
 * ```ts
 * import { cudaBackend } from "@crease/backend-cuda";
 * await cudaBackend({ cacheFolder: "no/such/folder" }).catch((error) => error.name); // => BackendError
 * ```
 */
export async function cudaBackend({
  device = "gpu",
  cacheFolder: cache,
}: CudaOptions = {}): Promise<Backend<TfjsBuffer>> {
  const refuse = (problem: string, fix: string): never => {
    throw new BackendError({ op: "cudaBackend", problem, fix });
  };
  if (!isNode())
    return refuse("there is no CUDA outside Node", "Use the wasm backend, or WebGPU by tfjsWebgpuBackend()");
  const folder = cache ?? cacheFolder();
  const status = bindingStatus({ cacheFolder: folder });
  if (status === undefined)
    return refuse(
      `no binding to libtensorflow is built in ${folder}`,
      "Build it: npx -p @crease/cli crease cuda install",
    );
  const without = `or compute on the CPU: cudaBackend({ device: "cpu" })`;
  // What came from PyPI for CPUs has no CUDA in it: not worth half a second of loading.
  if (device === "gpu" && status.device === "cpu" && status.origin !== "folder")
    return refuse(
      `libtensorflow ${status.version} in ${folder} is for CPUs`,
      `Install the one for GPUs: crease cuda install --gpu; ${without}`,
    );
  const { tf, device: found } = loadTfjsNode(status, device);
  if (device === "gpu" && found === "cpu")
    return refuse(
      `libtensorflow ${status.version} registered no GPU`,
      `See what is missing: crease doctor; ${without}`,
    );
  if (device === "cpu" && found === "gpu")
    return refuse(
      "libtensorflow computes on a GPU in this process already",
      "Ask for the cpu in the first call of cudaBackend, or in another process",
    );
  return tfjsBackend(tf);
}
