/** The worker threads of one backend: started, waited for, stopped. */
import { layout } from "./layout.ts";
import { isNode, nodeBuiltin } from "./nodeBuiltin.ts";
import { nodeWorker, pageWorker, type WorkerStart } from "./worker.ts";

/** How a thread is stopped. */
type Stop = () => Promise<void>;

/** Whether this thread may sleep until another wakes it: a page's main thread may not. */
export function mayWait(): boolean {
  return isNode() || !("document" in globalThis);
}

/** Starts a worker for each of `starts`, resolves when all are ready. `workerUrl` replaces the blob in pages. */
export async function startWorkers(
  starts: readonly WorkerStart[],
  memory: WebAssembly.Memory,
  workerUrl?: string | URL,
): Promise<Stop> {
  const begin = isNode() ? startInNode : pageStarter(workerUrl);
  const stops = await Promise.all(starts.map(begin));
  return async () => {
    const words = new Int32Array(memory.buffer);
    Atomics.store(words, layout.stop >> 2, 1);
    Atomics.add(words, layout.generation >> 2, 1);
    Atomics.notify(words, layout.generation >> 2);
    await Promise.all(stops.map((stop) => stop()));
  };
}

async function startInNode(start: WorkerStart): Promise<Stop> {
  const { Worker } = nodeBuiltin("node:worker_threads");
  const worker = new Worker(nodeWorker, { eval: true, workerData: start, execArgv: [], env: {} });
  await new Promise<void>((resolve, reject) => {
    worker.once("message", () => resolve());
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("a worker ended before it was ready")));
  });
  worker.removeAllListeners();
  // A worker never keeps the process alive.
  worker.unref();
  return async () => {
    await worker.terminate();
  };
}

function pageStarter(workerUrl?: string | URL): (start: WorkerStart) => Promise<Stop> {
  return async (start) => {
    const url = workerUrl ?? URL.createObjectURL(new Blob([pageWorker], { type: "text/javascript" }));
    const worker = new Worker(url);
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = (event) => reject(new Error(event.message || "the worker could not be loaded"));
      worker.postMessage(start);
    });
    if (workerUrl === undefined) URL.revokeObjectURL(String(url));
    return async () => worker.terminate();
  };
}
