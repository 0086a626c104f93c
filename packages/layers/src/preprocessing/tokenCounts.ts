/** How often tokens occur in documents, and the vocabulary that follows from it. */

/** Counts tokens document by document. */
export class TokenCounts<T extends string | number> {
  readonly #counts = new Map<T, number>();
  /** In how many documents each token occurs. */
  readonly #spread = new Map<T, number>();
  #documents = 0;

  /** Counts the tokens of one more document. */
  add(document: readonly T[]): void {
    this.#documents++;
    for (const token of document) this.#counts.set(token, (this.#counts.get(token) ?? 0) + 1);
    for (const token of new Set(document)) this.#spread.set(token, (this.#spread.get(token) ?? 0) + 1);
  }

  /** The tokens, most frequent first, of equally frequent ones the greater first. */
  ranked(): T[] {
    return [...this.#counts]
      .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || compareTokens(b, a))
      .map(([token]) => token);
  }

  /** `log(1 + documents / (1 + documents with the token))`. */
  inverseDocumentFrequency(token: T): number {
    return Math.log(1 + this.#documents / (1 + (this.#spread.get(token) ?? 0)));
  }
}

/** Numbers by size, strings by code points, which is also the order of their UTF-8 bytes. */
function compareTokens<T extends string | number>(a: T, b: T): number {
  if (typeof a === "number") return a - (b as number);
  const [left, right] = [a as string, b as string];
  const shorter = Math.min(left.length, right.length);
  for (let i = 0; i < shorter; i++)
    if (left[i] !== right[i]) return (left.codePointAt(i) as number) - (right.codePointAt(i) as number);
  return left.length - right.length;
}
