/** The marks of the runners: a shape each, so that colour is not all that tells them apart. */
import { type OptimizerName, optimizerNames } from "./choices.ts";

/** The corners of a mark around (0, 0), at most 1 from it; none for a disc. */
const corners: Readonly<Record<OptimizerName, readonly (readonly [x: number, y: number])[]>> = {
  sgd: [],
  momentum: polygon(4, 45),
  nesterov: polygon(4, 0),
  adagrad: polygon(3, -90),
  rmsprop: polygon(3, 90),
  adam: polygon(5, -90, 0.5),
};

/** Draws a mark of the given radius. */
export function drawMark(
  context: CanvasRenderingContext2D,
  name: OptimizerName,
  [x, y, radius]: readonly [x: number, y: number, radius: number],
): void {
  context.beginPath();
  const points = corners[name];
  if (points.length === 0) context.arc(x, y, radius * 0.85, 0, 2 * Math.PI);
  for (const [px, py] of points) context.lineTo(x + px * radius, y + py * radius);
  context.closePath();
  context.fill();
  context.stroke();
}

/** The mark as the path of an SVG with the box `-1.2 -1.2 2.4 2.4`. */
export function markPath(name: OptimizerName): string {
  const points = corners[name];
  if (points.length === 0) return "M-.85 0a.85.85 0 1 0 1.7 0a.85.85 0 1 0-1.7 0z";
  return `M${points.map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`).join("L")}z`;
}

/** Its position in the palette's `series`. */
export function colorOf(name: OptimizerName): number {
  return optimizerNames.indexOf(name);
}

/** A regular polygon, or a star where `inner` is below 1. */
function polygon(count: number, turn: number, inner = 1): readonly (readonly [number, number])[] {
  const spikes = inner < 1 ? 2 * count : count;
  return Array.from({ length: spikes }, (_, i) => {
    const angle = ((turn + (360 * i) / spikes) * Math.PI) / 180;
    const radius = i % 2 === 1 && inner < 1 ? inner : 1;
    return [Math.cos(angle) * radius, Math.sin(angle) * radius] as const;
  });
}
