/** Names in Keras's files and ours: `use_bias` and `useBias`, `sum_over_batch_size` and `sumOverBatchSize`. */

/** A name that follows no rule: ours, then Keras's. */
const irregular = ["fbetaScore", "f_beta_score"] as const;

/** A name as Keras spells it: `useBias` as `use_bias`, `adamBeta1` as `adam_beta_1`, `l2` as it is. */
export function toSnake(name: string): string {
  if (name === irregular[0]) return irregular[1];
  return name
    .replace(/(beta|epsilon)(\d)/gi, "$1_$2")
    .replace(/(?!^)[A-Z]/g, "_$&")
    .toLowerCase();
}

/**
 * A name of Keras's as ours: `use_bias` as `useBias`; class names, which it takes for losses and metrics, as `auc` and
 * `klDivergence`.
 */
export function toCamel(name: string): string {
  if (name === irregular[1]) return irregular[0];
  if (name === name.toUpperCase()) return name.toLowerCase();
  return name
    .replace(/_([a-z0-9])/g, (_, next: string) => next.toUpperCase())
    .replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (capitals) => capitals.toLowerCase());
}
