/** tfjs-node-gpu, loaded into this process from where it was installed. */

import { BackendError, nodeBuiltin } from "@crease/backend";
import type { TfjsCore } from "@crease/backend-tfjs";
import type { NodeStore } from "./binding.ts";
import type { BindingStatus } from "./bindingStatus.ts";
import type { Device } from "./device.ts";
import { kernelsOfTensorFlow } from "./kernels.ts";

/** tfjs's engine with its TensorFlow backend, as `tfjsBackend` takes it. */
export interface Loaded {
  readonly tf: TfjsCore;
  /** What it really computes on. */
  readonly device: Device;
}

const name = "tensorflow";
/** The copy of it that tfjs-node-gpu brought along. */
const coreName = "@tensorflow/tfjs-core";

/** libtensorflow's settings while it starts; what the user set stays. */
function settingsFor(device: Device): Readonly<Record<string, string>> {
  return {
    // Warnings and errors only.
    TF_CPP_MIN_LOG_LEVEL: "2",
    // Otherwise it takes all memory of the GPU at once.
    TF_FORCE_GPU_ALLOW_GROWTH: "true",
    ...(device === "cpu" ? { CUDA_VISIBLE_DEVICES: "-1" } : {}),
  };
}

/**
 * Loads the package; what is current in tfjs stays current. One process has one libtensorflow: the device of the first
 * call is that of all.
 *
 * @throws BackendError where it does not load.
 */
export function loadTfjsNode({ packageFolder }: BindingStatus, device: Device): Loaded {
  const require = nodeBuiltin("node:module").createRequire(
    nodeBuiltin("node:path").join(packageFolder, "package.json"),
  );
  const core = quietly(() => require(coreName)) as TfjsCore & { setBackend(name: string): unknown };
  const before = core.getBackend();
  try {
    withSettings(settingsFor(device), () => require(packageFolder));
  } catch (cause) {
    throw new BackendError({
      op: "cudaBackend",
      problem: `tfjs-node-gpu does not load: ${cause instanceof Error ? cause.message : String(cause)}`,
      fix: "Build it anew by `crease cuda install`; `crease doctor` says more",
      cause,
    });
  }
  if (before) core.setBackend(before);
  const kernels = kernelsOfTensorFlow();
  const store = core.engine().findBackend(name) as NodeStore;
  return {
    tf: {
      getBackend: () => name,
      engine: () => core.engine(),
      getKernel: (kernel) => {
        const kernelFunc = kernels.get(kernel);
        return kernelFunc === undefined ? undefined : { kernelFunc };
      },
    },
    device: store.binding.isUsingGpuDevice() ? "gpu" : "cpu",
  };
}

/** tfjs warns of a second copy of itself, which shares the engine of the first; unless it is told to be in production. */
function quietly<T>(body: () => T): T {
  const engine = (
    globalThis as { _tfengine?: { ENV: { getBool(flag: string): boolean; set(flag: string, value: boolean): void } } }
  )._tfengine;
  if (engine === undefined) return body();
  const before = engine.ENV.getBool("PROD");
  engine.ENV.set("PROD", true);
  try {
    return body();
  } finally {
    engine.ENV.set("PROD", before);
  }
}

/** Runs `body` with environment variables set that are not, and as they were afterwards. */
function withSettings(settings: Readonly<Record<string, string>>, body: () => void): void {
  const { env } = globalThis.process;
  const added = Object.entries(settings).filter(([key]) => env[key] === undefined);
  for (const [key, value] of added) env[key] = value;
  try {
    body();
  } finally {
    for (const [key] of added) delete env[key];
  }
}
