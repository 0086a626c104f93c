/** Names in Keras's files and ours: `use_bias` and `useBias`, `sum_over_batch_size` and `sumOverBatchSize`. */

/** Names that follow no rule: ours, then Keras's. */
const irregular: readonly (readonly [ours: string, theirs: string])[] = [
  ["fbetaScore", "f_beta_score"],
  ["binaryIoU", "binary_io_u"],
];

/**
 * A name as Keras spells it: `useBias` as `use_bias`, `adamBeta1` as `adam_beta_1`, `l2` as it is.
 */
export function toSnake(name: string): string {
  const [, theirs] = irregular.find(([ours]) => ours === name) ?? [];
  return (
    theirs ??
    name
      .replace(/(beta|epsilon)(\d)/gi, "$1_$2")
      .replace(/(?<=[a-z0-9_])[A-Z]/g, (capital) => `_${capital}`)
      .replaceAll("__", "_")
      .toLowerCase()
  );
}

/** A name of Keras's as ours: `use_bias` as `useBias`; class names, which it takes for losses and metrics, as `auc`, `klDivergence`. */
export function toCamel(name: string): string {
  const [ours] = irregular.find(([, theirs]) => theirs === name) ?? [];
  if (ours !== undefined) return ours;
  if (name === name.toUpperCase()) return name.toLowerCase();
  return name
    .replace(/_([a-z0-9])/g, (_, next: string) => next.toUpperCase())
    .replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (capitals) => capitals.toLowerCase());
}
