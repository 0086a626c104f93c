/** Starting an engine: what the place it runs in allows, the build, the memory, the threads, the tile. */
import { BackendError, isNode, nodeBuiltin } from "@crease/backend";
import { Engine } from "./engine.ts";
import { layout } from "./layout.ts";
import { decodeBase64, instantiate, marked, withoutSharing } from "./load.ts";
import { mayWait, Recruits } from "./pool.ts";
import { checkProduct } from "./selfTest.ts";
import { bestTile, bestVariant, binaryOf } from "./variants.ts";
import type { WasmInfo, WasmOptions } from "./wasmBackend.ts";

const pageBytes = 65536;
/**
 * Loads that a waiting thread spins for before it sleeps: a busy machine then costs no more than one thread. A worker's take
 * 90 µs, longer than the small operations between two large ones.
 */
const spins = 20_000;

/** A running engine and how to stop it. */
export interface Started {
  readonly engine: Engine;
  readonly info: WasmInfo;
  readonly stop: () => Promise<void>;
}

/** Starts an engine. @throws BackendError where that fails. */
export async function startEngine(options: WasmOptions): Promise<Started> {
  const variant = options.variant ?? bestVariant();
  const wanted = options.threads ?? defaultThreads();
  const isIsolated = isNode() || globalThis.crossOriginIsolated === true;
  const canShare = mayWait() && isIsolated && typeof SharedArrayBuffer === "function";
  const threads = canShare ? wanted : 1;
  const maxMemory = options.maxMemory ?? (isNode() ? 2 ** 32 : 2 ** 30);
  if (options.revectorize) turnOnRevectorizer();
  const start = async (count: number): Promise<{ engine: Engine; stop: () => Promise<void> }> => {
    const isShared = count > 1;
    // Threads take longer to come up than the rest, so they begin first.
    const recruits = new Recruits(count - 1, options.workerUrl);
    try {
      const binary =
        options.wasmUrl === undefined ? decodeBase64(await binaryOf(variant)) : await fetchBinary(options.wasmUrl);
      const bytes = options.revectorize ? marked(binary, "revectorized") : binary;
      const module = await WebAssembly.compile(isShared ? bytes : withoutSharing(bytes));
      const memory = newMemory(maxMemory, isShared);
      const instance = await instantiate(module, memory);
      const engine = new Engine({ memory, instance, threads: count, maxMemory, fences: options.fences ?? false });
      engine.views.int32[layout.spin >> 2] = spins;
      instance.exports.setTile(tile.rows, tile.columns);
      const { dead, done } = layout;
      const starts = Array.from({ length: count - 1 }, (_, i) => ({ module, memory, id: i + 1, ...tile, dead, done }));
      return { engine, stop: await recruits.begin(starts, memory) };
    } catch (error) {
      await recruits.dismiss();
      throw error;
    }
  };
  const tile = options.tile ?? (options.revectorize ? { rows: 6, columns: 16 } : bestTile(variant));
  let note = threads < wanted ? whyOneThread(isIsolated) : undefined;
  let started: Awaited<ReturnType<typeof start>>;
  try {
    started = await start(threads);
  } catch (error) {
    // A page whose policy forbids workers from blobs still has this thread.
    if (threads === 1 || isNode()) throw cannotStart(error);
    note = "workers could not be started: allow `worker-src blob:` or give `workerUrl`";
    started = await start(1);
  }
  const { engine, stop } = started;
  if (options.revectorize) checkProduct(engine);
  const info = { variant, tile, threads: engine.threads };
  return { engine, stop, info: note === undefined ? info : { ...info, note } };
}

function defaultThreads(): number {
  if (isNode()) return Math.min(64, nodeBuiltin("node:os").availableParallelism());
  return Math.min(64, Math.max(1, (globalThis.navigator?.hardwareConcurrency ?? 2) - 1));
}

function whyOneThread(isIsolated: boolean): string {
  return isIsolated
    ? "a page's main thread may not wait for others: use the backend in a worker"
    : "the page is not cross-origin isolated, so memory cannot be shared";
}

function newMemory(maxMemory: number, shared: boolean): WebAssembly.Memory {
  const maximum = Math.floor(maxMemory / pageBytes);
  return new WebAssembly.Memory({ initial: Math.min(maximum, 16), maximum, shared });
}

function cannotStart(cause: unknown): BackendError {
  return new BackendError({
    op: "wasmBackend",
    problem: `it could not start: ${cause instanceof Error ? cause.message : String(cause)}`,
    fix: "Give fewer `threads` or less `maxMemory`, or use the cpu backend",
    cause,
  });
}

async function fetchBinary(url: string | URL): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) throw cannotStart(new Error(`${url} answered ${response.status}`));
  return new Uint8Array(await response.arrayBuffer());
}

function turnOnRevectorizer(): void {
  if (!isNode())
    throw new BackendError({
      op: "wasmBackend",
      problem: "revectorize needs a V8 flag, which only Node can set",
      fix: "Leave it out",
    });
  nodeBuiltin("node:v8").setFlagsFromString("--experimental-wasm-revectorize");
}
