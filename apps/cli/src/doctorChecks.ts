/** What `crease doctor` looks at, a check each: what was found, and what to do where that is not enough. */
import { existsSync, readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, platform } from "node:os";
import type { Backend } from "@crease/backend";

/** What a check found. */
export interface Finding {
  readonly name: string;
  /** `well`; `absent`: works without, slower; `broken`: should work and does not. */
  readonly state: "well" | "absent" | "broken";
  readonly text: string;
  /** What to do, where there is something. */
  readonly fix?: string;
}

/** All findings, in the order in which they are shown. */
export async function* findings(): AsyncGenerator<Finding> {
  yield node();
  yield processor();
  yield* await wasm();
  yield* await cuda();
  for (const [name, start] of Object.entries(starts)) yield await product(name, start);
}

/** The oldest Node that the packages run on. */
const leastNode = [20, 19] as const;

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isOld = major < leastNode[0] || (major === leastNode[0] && minor < leastNode[1]);
  const text = `${process.version} (V8 ${process.versions.v8}) on ${platform()} ${arch()}`;
  if (isOld) return { name: "Node", state: "broken", text, fix: `Install Node ${leastNode.join(".")} or later` };
  return { name: "Node", state: "well", text };
}

function processor(): Finding {
  const model = cpus()[0]?.model.trim() ?? "unknown";
  const features = ["sse4_1", "avx", "avx2", "fma", "avx512f", "asimd"];
  const info = existsSync("/proc/cpuinfo") ? readFileSync("/proc/cpuinfo", "utf8") : "";
  const flags = /^(?:flags|Features)\s*:(.*)$/m.exec(info)?.[1]?.split(" ") ?? [];
  const has = features.filter((feature) => flags.includes(feature));
  const text = [model, `${availableParallelism()} threads`, ...has].join(", ");
  return { name: "CPU", state: "well", text };
}

async function wasm(): Promise<readonly Finding[]> {
  try {
    const { wasmBackend } = await import("@crease/backend-wasm");
    const backend = await wasmBackend();
    const { variant, threads, note } = backend.info;
    await backend.dispose();
    const relaxed: Finding =
      variant === "relaxed"
        ? { name: "WASM relaxed SIMD", state: "well", text: "yes: fused multiply-add" }
        : {
            name: "WASM relaxed SIMD",
            state: "absent",
            text: "no",
            fix: "Use Node 22 or later: products are faster there",
          };
    const several: Finding = {
      name: "WASM threads",
      state: note === undefined ? "well" : "absent",
      text: note === undefined ? String(threads) : `${threads}: ${note}`,
    };
    return [{ name: "WASM SIMD", state: "well", text: "yes" }, relaxed, several];
  } catch (error) {
    return [{ name: "WASM SIMD", state: "broken", text: messageOf(error), fix: "Use the cpu backend" }];
  }
}

async function cuda(): Promise<readonly Finding[]> {
  const { inspectCuda } = await import("@crease/backend-cuda");
  const { driver, gpus, binding, probe, libraries } = await inspectCuda();
  return [
    bindingOf(binding, probe),
    driver === undefined
      ? {
          name: "NVIDIA driver",
          state: "absent",
          text: "not loaded",
          fix: "With an NVIDIA GPU, install its driver; without one there is nothing to do",
        }
      : { name: "NVIDIA driver", state: "well", text: [driver, ...gpus].join(", ") },
    librariesOf(binding, libraries),
    registered(driver, binding, probe),
  ];
}

type Report = Awaited<ReturnType<typeof import("@crease/backend-cuda")["inspectCuda"]>>;

function bindingOf(binding: Report["binding"], probe: Report["probe"]): Finding {
  const name = "TensorFlow binding";
  if (binding === undefined || probe === undefined)
    return { name, state: "absent", text: "not built", fix: "crease cuda install" };
  if ("failure" in probe)
    return {
      name,
      state: "broken",
      text: `does not load: ${probe.failure}`,
      fix: "Build it anew: crease cuda install",
    };
  return { name, state: "well", text: `libtensorflow ${probe.version} in ${binding.libtensorflow}` };
}

function librariesOf(binding: Report["binding"], libraries: Report["libraries"]): Finding {
  const name = "CUDA libraries";
  const missing = libraries.filter(({ file }) => file === undefined).map((library) => library.name);
  if (missing.length === 0) return { name, state: "well", text: `all ${libraries.length} found` };
  if (binding?.device === "cpu") return { name, state: "absent", text: "not used: this libtensorflow is for CPUs" };
  const text = `missing: ${missing.join(", ")}`;
  const state = binding === undefined ? "absent" : "broken";
  // An installation keeps what it once fetched: what was lost since then comes with a new one.
  const anew = binding?.origin === "wheel" ? "crease cuda remove && " : "";
  return { name, state, text, fix: `${anew}crease cuda install --gpu fetches them` };
}

function registered(driver: string | undefined, binding: Report["binding"], probe: Report["probe"]): Finding {
  const name = "GPUs registered";
  if (probe !== undefined && "gpu" in probe && probe.gpu)
    return { name, state: "well", text: probe.devices.join("; ") || "one" };
  if (driver === undefined) return { name, state: "absent", text: "none: no driver is loaded" };
  if (binding?.device !== "gpu")
    return { name, state: "absent", text: "none: no libtensorflow for GPUs", fix: "crease cuda install --gpu" };
  return { name, state: "broken", text: "none", fix: "See to the driver and the libraries above" };
}

/** The backends that are tried; undefined where one is not set up, which the lines above have said. */
const starts: { readonly [name: string]: () => Promise<Backend | undefined> } = {
  cpu: async () => (await import("@crease/backend-cpu")).cpuBackend() as Backend,
  wasm: async () => (await (await import("@crease/backend-wasm")).wasmBackend()) as Backend,
  "tfjs-wasm": async () => {
    const { tfjsWasmBackend } = await import("@crease/backend-tfjs");
    const backend = await tfjsWasmBackend().catch((error: { readonly problem?: unknown }) => {
      if (error.problem === "TensorFlow.js cannot be loaded") return undefined;
      throw error;
    });
    return backend as Backend | undefined;
  },
  cuda: async () => {
    const { bindingStatus, cudaBackend, probeBinding } = await import("@crease/backend-cuda");
    const status = bindingStatus();
    const probe = status && (await probeBinding(status.file));
    if (probe === undefined || "failure" in probe) return undefined;
    return (await cudaBackend({ device: probe.gpu ? "gpu" : "cpu" })) as Backend;
  },
};

/** Rows and columns of the product that is checked; odd, so that no kernel's blocks fit. */
const size = 65;

/** A product whose elements are whole numbers, which every backend gives exactly. */
async function product(backendName: string, start: () => Promise<Backend | undefined>): Promise<Finding> {
  const name = `matmul on ${backendName}`;
  try {
    const backend = await start();
    if (backend === undefined) return { name, state: "absent", text: "not set up" };
    const { tensor } = await import("@crease/tensor");
    const elements = Float32Array.from({ length: size * size }, (_, i) => (i % 7) - 3);
    const x = tensor(elements, { shape: [size, size], backend });
    const began = performance.now();
    const y = x.matmul(x);
    const found = await y.data();
    const milliseconds = performance.now() - began;
    y.dispose();
    x.dispose();
    await backend.dispose();
    const wrong = firstWrong(elements, found as Float32Array);
    if (wrong !== undefined)
      return {
        name,
        state: "broken",
        text: wrong,
        fix: "Use another backend, and report this with crease doctor's output",
      };
    return { name, state: "well", text: `right, ${milliseconds.toFixed(1)} ms the first time` };
  } catch (error) {
    return { name, state: "broken", text: messageOf(error), fix: "Use another backend" };
  }
}

function firstWrong(x: Float32Array, found: Float32Array): string | undefined {
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += (x[row * size + i] as number) * (x[i * size + column] as number);
      const element = found[row * size + column];
      if (element !== sum) return `wrong: element [${row}, ${column}] is ${element}, not ${sum}`;
    }
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
