/** The worker's side of calls: finds the handler, passes on what it tells, answers with its result or its error. */
import type { FromWorker, ToWorker } from "./messages.ts";
import type { CallShape, ServiceName, Services } from "./services.ts";

/** What a handler may use beside its input. */
export interface CallContext<E> {
  /** Aborted when the page gives the call up. */
  readonly signal: AbortSignal;
  /** Tells the page something on the way. `transfer` lists buffers to hand over instead of copying. */
  emit(event: E, transfer?: readonly Transferable[]): void;
}

/** A result whose buffers are handed over instead of copied. */
export class Transferring<T> {
  readonly output: T;
  readonly transfer: readonly Transferable[];

  constructor(output: T, transfer: readonly Transferable[]) {
    this.output = output;
    this.transfer = transfer;
  }
}

type Answer<T> = T | Transferring<T>;

/** A handler for each call of a service. Calls may overlap: a handler that must not be disturbed says so itself. */
export type Handlers<C> = {
  readonly [K in keyof C]: C[K] extends CallShape
    ? (
        input: C[K]["input"],
        context: CallContext<C[K]["event"]>,
      ) => Answer<C[K]["output"]> | Promise<Answer<C[K]["output"]>>
    : never;
};

/** The side of a worker's global scope that this module uses. */
export interface WorkerPort {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

/** How each service is loaded. */
export type ServiceLoaders = { readonly [S in ServiceName]: () => Promise<Handlers<Services[S]>> };

type AnyHandler = (input: unknown, context: CallContext<unknown>) => unknown;

/** Serves the service that the first message names. */
export function serve(port: WorkerPort, loaders: ServiceLoaders): void {
  const running = new Map<number, AbortController>();
  let handlers: Promise<Readonly<Record<string, AnyHandler>>> | undefined;
  const send = (message: FromWorker, transfer: readonly Transferable[] = []): void =>
    port.postMessage(message, [...transfer]);

  const answer = async (id: number, name: string, input: unknown): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = (await handlers)?.[name];
      if (handler === undefined) throw new Error(`The worker has no call "${name}".`);
      const emit = (event: unknown, transfer?: readonly Transferable[]): void =>
        send({ kind: "event", id, event }, transfer);
      const result = await handler(input, { signal: controller.signal, emit });
      if (result instanceof Transferring) send({ kind: "result", id, output: result.output }, result.transfer);
      else send({ kind: "result", id, output: result });
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      send({ kind: "error", id, name, message });
    } finally {
      running.delete(id);
    }
  };

  port.onmessage = ({ data }) => {
    switch (data.kind) {
      case "open":
        handlers = loaders[data.service]() as Promise<unknown> as NonNullable<typeof handlers>;
        // Said by each call; a failure before the first one is no unhandled rejection.
        handlers.catch(() => undefined);
        break;
      case "call":
        void answer(data.id, data.name, data.input);
        break;
      case "cancel":
        running.get(data.id)?.abort();
        break;
      case "ping":
        send({ kind: "pong", id: data.id });
        break;
    }
  };
}
