/** One buffer on one backend, counted: it is given back when its last holder lets go. */
import type { Backend } from "@crease/backend";
import { context } from "./context.ts";

/** A backend's buffer with the number of its holders: tensors (a view shares one), Variables, tapes. */
export class Storage {
  readonly backend: Backend;
  readonly handle: unknown;
  /** Number of holders. */
  refs = 1;
  readonly #registered: boolean;

  /** Takes over `handle`; the maker is the first holder. */
  constructor(backend: Backend, handle: unknown) {
    this.backend = backend;
    this.handle = handle;
    // An entry costs 0.3 µs, so only where neither a scope nor the garbage collector would free the buffer.
    this.#registered = context.scope === null && !backend.traits.garbageCollected;
    if (this.#registered) context.lost.register(this, { backend, handle }, this);
  }

  /** Counts one more holder. */
  retain(): void {
    this.refs++;
  }

  /** Counts one holder less; the last one gives the buffer back. */
  release(): void {
    if (--this.refs > 0) return;
    if (this.#registered) context.lost.unregister(this);
    this.backend.release(this.handle);
  }
}
