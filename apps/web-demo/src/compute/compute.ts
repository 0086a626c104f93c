/** The page's side of calls: a worker for one service, its health, and a way to start it again. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { FromWorker, ToWorker } from "./messages.ts";
import type { CallShape, ServiceName, Services } from "./services.ts";

/** `silent`: no answer for a while, perhaps a long step; `lost`: it ended, and all calls with it. */
export type Health = { readonly state: "well" | "silent" } | { readonly state: "lost"; readonly reason: string };

/** How a call is made. */
export interface CallOptions<E> {
  onEvent?(event: E): void;
  /** Gives the call up; it then rejects with whatever the worker makes of that. */
  readonly signal?: AbortSignal;
  /** Buffers to hand over instead of copying. */
  readonly transfer?: readonly Transferable[];
}

/** What a call rejects with when its worker ends before it does. */
export class ComputeLostError extends Error {
  override readonly name = "ComputeLostError";
}

/** What a call rejects with when its handler throws; `kind` is the name of the error there, such as `ShapeError`. */
export class ComputeError extends Error {
  override readonly name = "ComputeError";
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

interface Pending {
  resolve(output: unknown): void;
  reject(error: Error): void;
  readonly onEvent: ((event: never) => void) | undefined;
}

/** Time in ms between questions whether the worker is there, and without an answer until it counts as silent. */
const pingInterval = 2000;
const patience = 6000;

/** A worker that serves one service. */
export class Compute<S extends ServiceName> {
  readonly #service: S;
  readonly #health: Signal<Health> = signal({ state: "well" });
  readonly #pending = new Map<number, Pending>();
  #worker: Worker;
  #nextId = 0;
  #heard = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(service: S) {
    this.#service = service;
    this.#worker = this.#start();
  }

  /** Whether the worker is there. */
  get health(): ReadonlySignal<Health> {
    return this.#health;
  }

  /**
   * Makes a call and resolves to its result.
   *
   * @throws ComputeError with the message of what the handler threw; ComputeLostError where the worker ended.
   */
  call<K extends keyof Services[S] & string>(
    name: K,
    input: CallOf<S, K>["input"],
    options: CallOptions<CallOf<S, K>["event"]> = {},
  ): Promise<CallOf<S, K>["output"]> {
    const { onEvent, signal, transfer = [] } = options;
    const health = this.#health.peek();
    if (health.state === "lost") return Promise.reject(new ComputeLostError(health.reason));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as Pending["resolve"], reject, onEvent });
      this.#send({ kind: "call", id, name, input }, transfer);
      signal?.addEventListener("abort", () => this.#send({ kind: "cancel", id }));
      this.#watch();
    });
  }

  /** Ends the worker and everything in it, and starts a new one. */
  restart(): void {
    this.#end("restarted");
    this.#health.value = { state: "well" };
    this.#worker = this.#start();
  }

  /** Ends the worker for good. */
  close(): void {
    this.#end("closed");
    this.#health.value = { state: "lost", reason: "closed" };
  }

  #start(): Worker {
    const worker = new Worker(new URL("./computeWorker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#lose(event.message ?? "");
    };
    worker.onmessageerror = () => this.#lose("a message could not be read");
    worker.postMessage({ kind: "open", service: this.#service } satisfies ToWorker);
    return worker;
  }

  #send(message: ToWorker, transfer: readonly Transferable[] = []): void {
    this.#worker.postMessage(message, [...transfer]);
  }

  #receive(message: FromWorker): void {
    this.#heard = performance.now();
    if (this.#health.peek().state === "silent") this.#health.value = { state: "well" };
    if (message.kind === "pong") return;
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if (message.kind === "event") {
      pending.onEvent?.(message.event as never);
      return;
    }
    this.#pending.delete(message.id);
    if (message.kind === "result") pending.resolve(message.output);
    else pending.reject(new ComputeError(message.name, message.message));
  }

  /** Browsers end a worker that takes too much memory without a word, so that only asking tells. */
  #watch(): void {
    if (this.#timer !== undefined) return;
    this.#heard = performance.now();
    let last = this.#heard;
    this.#timer = setInterval(() => {
      const now = performance.now();
      // A page in the background, or a sleeping machine, asks seldom: that is not the worker's silence.
      if (now - last > 2 * pingInterval) this.#heard = now;
      last = now;
      if (this.#pending.size === 0) this.#stopWatching();
      else if (now - this.#heard > patience) this.#health.value = { state: "silent" };
      this.#send({ kind: "ping", id: 0 });
    }, pingInterval);
  }

  #stopWatching(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #lose(reason: string): void {
    this.#end(reason);
    this.#health.value = { state: "lost", reason };
  }

  #end(reason: string): void {
    this.#stopWatching();
    this.#worker.terminate();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(new ComputeLostError(reason));
  }
}

type CallOf<S extends ServiceName, K extends keyof Services[S]> = Services[S][K] & CallShape;
