/** Numbers as the page shows them. */

/** `0.9786` as `97.9%`; a dash for what is no number. */
export function percent(value: number | undefined, digits = 1): string {
  return value === undefined || !Number.isFinite(value) ? "–" : `${(value * 100).toFixed(digits)}%`;
}

/** Three figures, without more places than they need; a dash for what is no number. */
export function short(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return "–";
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** A count with its thousands set apart as the language does. */
export function count(value: number | undefined, language: string): string {
  return value === undefined ? "–" : Math.round(value).toLocaleString(language);
}
