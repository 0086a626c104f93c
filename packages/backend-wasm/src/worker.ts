/** What a worker thread runs: it makes its own instance over the shared memory and works until it is told to stop. */

/** What a worker is started with. */
export interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly id: number;
  readonly rows: number;
  readonly columns: number;
  /** Byte addresses of the words that say a worker died, and that the main thread waits on. */
  readonly dead: number;
  readonly done: number;
}

/** Functions go into the table in the order in which `instantiate` puts them there. */
const body: string = `
function start({ module, memory, id, rows, columns, dead, done }, ready) {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const functions = Object.values(exports).filter((value) => typeof value === "function");
  const first = exports.table.grow(functions.length);
  functions.forEach((run, i) => exports.table.set(first + i, run));
  exports.setTile(rows, columns);
  ready();
  const words = new Int32Array(memory.buffer);
  try {
    exports.work(id);
  } catch {
    Atomics.store(words, dead >> 2, 1);
    Atomics.notify(words, done >> 2);
  }
}`;

/** The program of a worker in Node. */
export const nodeWorker: string = `${body}
const { parentPort } = require("node:worker_threads");
parentPort.once("message", (data) => start(data, () => {}));`;

/** The program of a Worker in a page. */
export const pageWorker: string = `${body}
onmessage = ({ data }) => {
  start(data, () => postMessage("ready"));
  close();
};`;
