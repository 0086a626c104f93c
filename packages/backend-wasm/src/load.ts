/** From a variant of the kernels to a running instance. */
import type { WasmKernel } from "./engine.ts";

/** What the binary exports beside the kernels. */
export interface Exports {
  readonly table: WebAssembly.Table;
  readonly launch: (kernel: number, parts: number) => number;
  readonly setTile: (rows: number, columns: number) => void;
  readonly gemmScratch: () => number;
  readonly staticEnd: () => number;
}

/** An instance with its kernels by name. */
export interface Instance {
  readonly exports: Exports;
  readonly kernels: ReadonlyMap<string, WasmKernel>;
}

/** The bytes of a base64 text. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** The imported memory's entry: module "env", name "memory", kind memory, flags 3 for shared with a maximum. */
const sharedMemory: readonly number[] = [3, 101, 110, 118, 6, 109, 101, 109, 111, 114, 121, 2, 3];

/** The same binary for a memory that is not shared: one byte of the import says so. */
export function withoutSharing(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const at = bytes.findIndex((_, i) => sharedMemory.every((byte, j) => bytes[i + j] === byte));
  const copy = bytes.slice();
  copy[at + sharedMemory.length - 1] = 1;
  return copy;
}

/** The same binary with an empty custom section, so that V8 compiles it anew instead of taking earlier code. */
export function marked(bytes: Uint8Array<ArrayBuffer>, name: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(bytes.length + name.length + 3);
  out.set(bytes);
  out.set([0, name.length + 1, name.length], bytes.length);
  for (let i = 0; i < name.length; i++) out[bytes.length + 3 + i] = name.charCodeAt(i);
  return out;
}

/** Makes an instance and puts all its functions into its table, in the order in which workers do too. */
export async function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<Instance> {
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const exports = instance.exports as unknown as Exports;
  const functions = Object.entries(instance.exports).filter(([, value]) => typeof value === "function");
  const first = exports.table.grow(functions.length);
  const kernels = new Map<string, WasmKernel>();
  functions.forEach(([name, run], i) => {
    exports.table.set(first + i, run);
    kernels.set(name, { run: run as WasmKernel["run"], index: first + i });
  });
  return { exports, kernels };
}
