/** Shapes as the reader types them, and how they meet under broadcasting, axis by axis. */

/** The most axes and elements that the page asks for. */
export const mostAxes = 6;
/** So that a shape typed in passing takes no memory worth mentioning. */
export const mostElements = 1_000_000;

/** What is wrong with a text. */
export type ShapeProblem = "noShape" | "tooManyAxes" | "tooLarge";

/** The sizes that a text lists, brackets allowed. */
export function readShape(text: string): readonly number[] | ShapeProblem {
  const inner = text
    .trim()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/^\((.*?),?\)$/, "$1")
    .trim();
  const parts = inner === "" ? [] : inner.split(/\s*[,\s×x]\s*/);
  if (!parts.every((part) => /^\d{1,7}$/.test(part))) return "noShape";
  if (parts.length > mostAxes) return "tooManyAxes";
  const shape = parts.map(Number);
  return shape.reduce((a, b) => a * b, 1) > mostElements ? "tooLarge" : shape;
}

/** How two sizes meet. `missing` stands for the side that has no such axis. */
export interface AxisMeeting {
  readonly a: number | undefined;
  readonly b: number | undefined;
  readonly kind: "same" | "stretchA" | "stretchB" | "addA" | "addB" | "clash";
}

/** The axes of both, aligned at the last one. */
export function meetingsOf(a: readonly number[], b: readonly number[]): readonly AxisMeeting[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [x, y] = [a[i - rank + a.length], b[i - rank + b.length]];
    return { a: x, b: y, kind: kindOf(x, y) };
  });
}

function kindOf(a: number | undefined, b: number | undefined): AxisMeeting["kind"] {
  if (a === undefined) return "addA";
  if (b === undefined) return "addB";
  if (a === b) return "same";
  if (a === 1) return "stretchA";
  return b === 1 ? "stretchB" : "clash";
}

/** How many elements the result has; more than `mostElements` is not asked for. */
export function resultSize(meetings: readonly AxisMeeting[]): number {
  return meetings.reduce((size, { a = 1, b = 1 }) => size * (a === 1 ? b : a), 1);
}
