/** What page 1 asks of its worker. */

/** The calls of the service. */
export interface NetworkCalls {
  /** Proof of life until the real ones are here. */
  readonly add: { readonly input: readonly number[]; readonly output: number; readonly event: never };
}
