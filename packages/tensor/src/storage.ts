/** One buffer on one backend, counted: it is given back when its last holder lets go. */
import type { Backend } from "@crease/backend";
import { context } from "./context.ts";

/** A backend's buffer with the number of its holders: tensors (a view shares one), Variables, tapes. */
export class Storage {
  readonly backend: Backend;
  readonly handle: unknown;
  /** Number of holders. */
  refs = 1;
  #isWatched = false;

  /** Takes over `handle`; the maker is the first holder. */
  constructor(backend: Backend, handle: unknown) {
    this.backend = backend;
    this.handle = handle;
    if (context.scope === null) this.watch();
  }

  /** Has the buffer freed should the storage become unreachable: for storages that no scope will give up. */
  watch(): void {
    // An entry costs 0.3 µs, so there is none where the garbage collector frees buffers by itself.
    if (this.#isWatched || this.refs === 0 || this.backend.traits.garbageCollected) return;
    this.#isWatched = true;
    context.lost.register(this, { backend: this.backend, handle: this.handle }, this);
  }

  /** Counts one more holder. */
  retain(): void {
    this.refs++;
  }

  /** Counts one holder less; the last one gives the buffer back. */
  release(): void {
    if (--this.refs > 0) return;
    if (this.#isWatched) context.lost.unregister(this);
    this.backend.release(this.handle);
  }
}
