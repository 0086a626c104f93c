/** Whether the binding loads and computes, asked of a process of its own: one that fails takes nobody else along. */
import { reasonOf, run } from "./program.ts";

/** What the binding says of itself. */
export interface Probe {
  /** libtensorflow's version. */
  readonly version: string;
  /** Whether a GPU is registered. */
  readonly gpu: boolean;
  /** GPUs as TensorFlow's log names them: `Created device /job:localhost/.../device:GPU:0 with ... MB memory: ...`. */
  readonly devices: readonly string[];
  /** Libraries that TensorFlow said it could not load. */
  readonly missing: readonly string[];
}

/** Multiplies `[[1, 2], [3, 4]]` by itself. */
const script = `
const binding = require(process.argv[1]);
const { TF_FLOAT } = binding;
const x = binding.createTensor([2, 2], TF_FLOAT, Float32Array.of(1, 2, 3, 4));
const y = binding.tensorDataSync(binding.executeOp("MatMul", [], [x, x], 1)[0].id);
if (y.join() !== "7,10,15,22") throw new Error("2x2 by 2x2 gave " + y.join());
console.log(JSON.stringify({ version: binding.TF_Version, gpu: binding.isUsingGpuDevice() }));
`;

/**
 * Loads a binding in a process of its own and multiplies two matrices with it.
 *
 * @returns What it says of itself, or why it failed.
 * @example
 * ```ts
 * import { probeBinding } from "@crease/backend-cuda";
 * "failure" in (await probeBinding("no/such/file.node")); // => true
 * ```
 */
export async function probeBinding(file: string): Promise<Probe | { readonly failure: string }> {
  const env = { TF_CPP_MIN_LOG_LEVEL: "0", TF_FORCE_GPU_ALLOW_GROWTH: "true" };
  const ended = await run(globalThis.process.execPath, ["-e", script, file], { env });
  const line = ended.stdout.split("\n").find((text) => text.startsWith("{"));
  if (ended.status !== 0 || line === undefined) return { failure: reasonOf(ended) };
  const said = JSON.parse(line) as Pick<Probe, "version" | "gpu">;
  const devices = [...ended.stderr.matchAll(/device:GPU:\d+ with .*?-> device: (.*)/g)].map(
    ([, text]) => text as string,
  );
  const missing = [...ended.stderr.matchAll(/Could not load dynamic library '([^']+)'/g)].map(
    ([, name]) => name as string,
  );
  return { ...said, devices, missing };
}
