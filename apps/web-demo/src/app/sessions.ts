/** What pages keep while the reader is on another one: a trained model should not be gone after a look at the next page. */

/** One object for each page, made when the page first opens. */
export class Sessions {
  readonly #kept = new Map<string, unknown>();

  /** The object of a page, made by `create` the first time. */
  open<T>(page: string, create: () => T): T {
    if (!this.#kept.has(page)) this.#kept.set(page, create());
    return this.#kept.get(page) as T;
  }
}
