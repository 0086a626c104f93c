/** Draws the plane with its axes, and a point set on it. */
import type { Sheet } from "../../components/canvas.tsx";
import type { PointSet } from "./pointSets.ts";

/** From the plane to the sheet: the origin in the middle, `extent` at the edges. */
export function project({ width, height }: Pick<Sheet, "width" | "height">, extent: number) {
  const scale = Math.min(width, height) / 2 / extent;
  return (x: number, y: number): readonly [number, number] => [width / 2 + x * scale, height / 2 - y * scale];
}

/** Lines at whole numbers, the axes darker. */
export function drawPlane(sheet: Sheet, extent: number): void {
  const { context, width, height, palette } = sheet;
  const at = project(sheet, extent);
  const spacing = extent > 40 ? 20 : extent > 16 ? 5 : extent > 7 ? 2 : 1;
  context.lineWidth = 1;
  for (let n = -Math.ceil(extent / spacing) * spacing; n <= extent; n += spacing) {
    context.strokeStyle = n === 0 ? palette.inkSoft : palette.line;
    const [x, y] = at(n, n);
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, height);
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
  }
}

/** The points in their colours, or faint, as they were before. */
export function drawPoints(
  sheet: Sheet,
  extent: number,
  set: PointSet,
  points: ArrayLike<number>,
  isFaint: boolean,
): void {
  const { context, palette } = sheet;
  const at = project(sheet, extent);
  const place = (i: number) => at(points[2 * i] as number, points[2 * i + 1] as number);
  const count = points.length / 2;
  context.save();
  context.globalAlpha = isFaint ? 0.22 : 1;
  if (set.lineLength !== undefined) {
    context.lineWidth = isFaint ? 1 : 1.6;
    for (let start = 0; start < count; start += set.lineLength) {
      const isUpright = start < count / 2;
      context.strokeStyle = (isFaint ? palette.inkSoft : palette.series[isUpright ? 0 : 1]) ?? palette.ink;
      context.beginPath();
      for (let i = start; i < start + set.lineLength; i++) context.lineTo(...place(i));
      context.stroke();
    }
  } else {
    const size = set.colors === undefined ? 2.2 : Math.max(2, (Math.min(sheet.width, sheet.height) / extent) * 0.022);
    context.fillStyle = isFaint ? palette.inkSoft : palette.accent;
    for (let i = 0; i < count; i++) {
      const [x, y] = place(i);
      if (set.colors !== undefined && !isFaint)
        context.fillStyle = `rgb(${set.colors[3 * i]} ${set.colors[3 * i + 1]} ${set.colors[3 * i + 2]})`;
      context.fillRect(x - size / 2, y - size / 2, size, size);
    }
  }
  context.restore();
}
