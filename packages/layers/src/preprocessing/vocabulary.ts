/** The tokens that a lookup layer knows, and their indices. */
import { ValueError } from "@crease/backend";

/** The entries before the tokens: the mask first, where there is one, then those for tokens that are not known. */
export interface SpecialTokens<T> {
  readonly maskToken: T | null;
  readonly oovToken: T;
  readonly numOovIndices: number;
  /** Whether the mask has an index: only where indices are the output. */
  readonly isMaskIndexed: boolean;
}

/** Tokens in the order of their indices, after the special ones, and for tf-idf a weight for each index. */
export interface Vocabulary<T> {
  readonly tokens: readonly T[];
  readonly indexOf: ReadonlyMap<T, number>;
  /** One for each index, special ones too; null outside of tf-idf. */
  readonly idfWeights: readonly number[] | null;
}

/** The special entries in order. */
export function specialEntries<T>({ maskToken, oovToken, numOovIndices, isMaskIndexed }: SpecialTokens<T>): T[] {
  const mask = isMaskIndexed && maskToken !== null ? [maskToken] : [];
  return [...mask, ...new Array<T>(numOovIndices).fill(oovToken)];
}

/**
 * A vocabulary of the tokens that a user gives, with all special entries before them or with none. Where there are
 * none, unknown tokens weigh what all others weigh on average.
 *
 * @throws ValueError for no token, repeated ones, special ones among them, and weights that are not one for each.
 */
export function vocabularyOf<T extends string | number>(
  op: string,
  given: readonly T[],
  special: SpecialTokens<T>,
  { idfWeights, isInverted }: { readonly idfWeights: readonly number[] | null; readonly isInverted: boolean },
): Vocabulary<T> {
  if (typeof given === "string")
    throw new ValueError({
      op,
      problem: `the vocabulary is the string ${JSON.stringify(given)}`,
      fix: "Read the file, and give its lines",
    });
  if (given.length === 0)
    throw new ValueError({ op, problem: "the vocabulary is empty", fix: "Give at least one token" });
  const entries = specialEntries(special);
  const hasSpecial = entries.every((entry, i) => given[i] === entry);
  const tokens = hasSpecial ? given.slice(entries.length) : [...given];
  const seen = new Set<T>();
  const repeated = new Set(tokens.filter((token) => seen.size === seen.add(token).size));
  if (repeated.size > 0)
    throw new ValueError({ op, problem: `tokens are repeated: ${[...repeated].join(", ")}`, fix: "Give each once" });
  const reserved = [special.maskToken, isInverted ? special.oovToken : null];
  const misplaced = reserved.find((token) => token !== null && seen.has(token));
  if (misplaced !== undefined)
    throw new ValueError({
      op,
      problem: `the reserved token ${JSON.stringify(misplaced)} stands among the others`,
      fix: `Leave out all reserved tokens, or begin with exactly ${JSON.stringify(entries)}`,
    });
  if (idfWeights !== null && (idfWeights.length !== given.length || !idfWeights.every(Number.isFinite)))
    throw new ValueError({
      op,
      problem: `${idfWeights.length} idfWeights for ${given.length} tokens`,
      fix: "Give a number for each token",
    });
  const front = hasSpecial || idfWeights === null ? [] : entries.map(() => averageOf(idfWeights));
  return withIndices(tokens, entries.length, idfWeights && [...front, ...idfWeights]);
}

/** A vocabulary of tokens that need no checks. */
export function withIndices<T>(
  tokens: readonly T[],
  start: number,
  idfWeights: readonly number[] | null,
): Vocabulary<T> {
  return { tokens, indexOf: new Map(tokens.map((token, i) => [token, start + i])), idfWeights };
}

/** The mean of numbers. */
export function averageOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
