/** Sends the numbers of each epoch to a server. */
import { requireOptions, ValueError } from "@crease/backend";
import { Callback, type Logs } from "./callback.ts";

/** What RemoteMonitor takes; names and defaults as Keras 3. */
export interface RemoteMonitorOptions {
  /** Address of the server, default `http://localhost:9000`. */
  readonly root?: string;
  /** What is added to it, default `/publish/epoch/end/`. */
  readonly path?: string;
  /** Name of the form's field with the JSON, default `data`. */
  readonly field?: string;
  /** Headers to send along. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the JSON is the body itself, not a field of a form; default false. */
  readonly sendAsJson?: boolean;
}

/** Longest time in ms that training waits for an answer. */
const patience = 10_000;

/**
 * After each epoch posts `{ "epoch": 0, "loss": 0.5, ... }`, numbers that JSON does not have as null. A server that
 * cannot be reached stops no training: `failures` counts, `lastError` tells.
 *
 * @throws ValueError for what is no address.
 * @example
 * ```ts
 * import { RemoteMonitor } from "@crease/models";
 * new RemoteMonitor({ root: "http://localhost:8080", sendAsJson: true }).url; // => http://localhost:8080/publish/epoch/end/
 * ```
 */
export class RemoteMonitor extends Callback {
  readonly url: string;
  /** Epochs that did not reach the server. */
  failures = 0;
  /** Why the last of them did not. */
  lastError: unknown;
  readonly #options: RemoteMonitorOptions;

  constructor(options: RemoteMonitorOptions = {}) {
    super();
    requireOptions<RemoteMonitorOptions>("RemoteMonitor", options, {
      root: true,
      path: true,
      field: true,
      headers: true,
      sendAsJson: true,
    });
    const { root = "http://localhost:9000", path = "/publish/epoch/end/" } = options;
    this.url = root + path;
    if (!URL.canParse(this.url))
      throw new ValueError({
        op: "RemoteMonitor",
        problem: `${JSON.stringify(this.url)} is no address`,
        fix: "Use one such as http://localhost:9000",
      });
    this.#options = options;
  }

  override async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const { field = "data", headers, sendAsJson = false } = this.#options;
    const json = JSON.stringify({ epoch, ...logs });
    const type = sendAsJson ? { "Content-Type": "application/json" } : undefined;
    try {
      const response = await fetch(this.url, {
        method: "POST",
        body: sendAsJson ? json : new URLSearchParams({ [field]: json }),
        headers: { ...type, ...headers },
        signal: AbortSignal.timeout(patience),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`${this.url} answered ${response.status}`);
    } catch (error) {
      this.failures++;
      this.lastError = error;
    }
  }
}
