/** The worker threads of one backend: started, waited for, stopped. */
import { isNode, nodeBuiltin } from "@crease/backend";
import { layout } from "./layout.ts";
import { nodeWorker, pageWorker, type WorkerStart } from "./worker.ts";

/** How a thread is stopped. */
type Stop = () => Promise<void>;

/** A thread that starts up while its work is prepared. */
interface Recruit {
  /** Gives it its work; resolves when that is known to have worked, or need not be known. */
  begin(start: WorkerStart): Promise<void>;
  readonly stop: Stop;
}

/** Whether this thread may sleep until another wakes it: a page's main thread may not. */
export function mayWait(): boolean {
  return isNode() || !("document" in globalThis);
}

/** Threads that start up by themselves; `begin` gives each its work. */
export class Recruits {
  readonly #recruits: readonly Recruit[];

  /** Starts `count` threads. `workerUrl` replaces the blob in pages. */
  constructor(count: number, workerUrl?: string | URL) {
    this.#recruits = Array.from({ length: count }, () => (isNode() ? recruitInNode() : recruitInPage(workerUrl)));
  }

  /** Resolves with what stops them. */
  async begin(starts: readonly WorkerStart[], memory: WebAssembly.Memory): Promise<Stop> {
    await Promise.all(this.#recruits.map((recruit, i) => recruit.begin(starts[i] as WorkerStart)));
    return async () => {
      const words = new Int32Array(memory.buffer);
      Atomics.store(words, layout.stop >> 2, 1);
      Atomics.add(words, layout.generation >> 2, 1);
      Atomics.notify(words, layout.generation >> 2);
      await this.dismiss();
    };
  }

  /** Ends all. */
  async dismiss(): Promise<void> {
    await Promise.all(this.#recruits.map(({ stop }) => stop()));
  }
}

function recruitInNode(): Recruit {
  const { Worker } = nodeBuiltin("node:worker_threads");
  const worker = new Worker(nodeWorker, { eval: true, execArgv: [], env: {} });
  // Without it others do its part.
  worker.on("error", () => {});
  return {
    // Nobody waits for it: what it does not take yet, others do. It never keeps the process alive.
    begin: async (start) => {
      worker.postMessage(start);
      worker.unref();
    },
    stop: async () => {
      await worker.terminate();
    },
  };
}

function recruitInPage(workerUrl?: string | URL): Recruit {
  const url = workerUrl ?? URL.createObjectURL(new Blob([pageWorker], { type: "text/javascript" }));
  const worker = new Worker(url);
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => reject(new Error(event.message || "the worker could not be loaded"));
  });
  ready.catch(() => {});
  return {
    begin: async (start) => {
      worker.postMessage(start);
      await ready;
      if (workerUrl === undefined) URL.revokeObjectURL(String(url));
    },
    stop: async () => worker.terminate(),
  };
}
