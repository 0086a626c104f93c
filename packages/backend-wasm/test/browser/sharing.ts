// A worker that multiplies on one thread and on two and says whether the results are the same.
import { type WasmOptions, wasmBackend, wasmFiles } from "../../src/index.ts";

const spec = { dtype: "float32", shape: [200, 200] } as const;
const values = Float32Array.from({ length: 40_000 }, (_, i) => ((i * 37) % 101) / 50 - 1);

async function optionsUnder(policy: string): Promise<WasmOptions> {
  if (policy === "allows") return {};
  // The page has no server of its own here: addresses made before the policy stand for files.
  const { wasm, worker } = await wasmFiles();
  const [wasmUrl, workerUrl] = [new Blob([wasm]), new Blob([worker], { type: "text/javascript" })].map((file) =>
    URL.createObjectURL(file),
  ) as [string, string];
  URL.createObjectURL = () => {
    throw new Error("Refused to create a worker: worker-src");
  };
  return policy === "forbids" ? {} : { wasmUrl, workerUrl };
}

globalThis.onmessage = async ({ data }) => {
  const options = await optionsUnder(data as string);
  const results: Float32Array[] = [];
  let info: object = {};
  for (const threads of [1, 2]) {
    const backend = await wasmBackend({ ...options, threads });
    const x = { ...spec, handle: backend.upload(values, spec) };
    const [handle] = backend.run("matmul", [x, x], { transposeA: false, transposeB: true }, [spec]);
    results.push(backend.downloadSync({ ...spec, handle }) as Float32Array);
    const { note } = backend.info;
    info = { threads: backend.info.threads, ...(note === undefined ? {} : { note }) };
    await backend.dispose();
  }
  const [one, two] = results as [Float32Array, Float32Array];
  postMessage({ ...info, isSame: one.every((value, i) => value === two[i]) });
};
