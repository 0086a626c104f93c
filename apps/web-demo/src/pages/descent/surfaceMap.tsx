/** The loss surface from above, with the ways of the race on it and the start to be dragged. */
import type { JSX } from "preact";
import { useCallback, useRef } from "preact/hooks";
import { fill } from "../../app/words.ts";
import { Canvas, type Sheet } from "../../components/canvas.tsx";
import type { Path, Place, Surface } from "./calls.ts";
import { settings, surfaceSide } from "./choices.ts";
import { contour, levelsOf } from "./contours.ts";
import { colorOf, drawMark } from "./marks.ts";
import type { PartProps } from "./part.ts";

/** Height divided by width. */
const ratio = 0.82;
const levelCount = 14;
/** Share of the rectangle that an arrow key moves the start. */
const nudge = 1 / 40;

/** The map. */
export function SurfaceMap({ session, words }: PartProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const { first, second, names } = settings[session.problem.value];
  const surface = session.surface.value;
  const start = session.start.value;
  const paths = session.paths.value.filter(({ optimizer }) => !session.hidden.value.has(optimizer));
  const shown = session.shown.value;
  const drawSurface = useCallback((sheet: Sheet) => surface && paintSurface(sheet, surface), [surface]);
  const toShare = ([a, b]: Place): Place => [
    (a - first[0]) / (first[1] - first[0]),
    1 - (b - second[0]) / (second[1] - second[0]),
  ];
  const drawPaths = (sheet: Sheet): void => {
    if (surface !== undefined) paintBest(sheet, toShare(surface.best));
    for (const path of paths) paintPath(sheet, path, shown, toShare);
  };
  const move = (event: MouseEvent): void => {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined) return;
    const across = (event.clientX - box.left) / box.width;
    const down = (event.clientY - box.top) / box.height;
    session.startAt([first[0] + across * (first[1] - first[0]), second[1] - down * (second[1] - second[0])]);
  };
  const press = (event: KeyboardEvent): void => {
    const [dx, dy] = arrows[event.key] ?? [0, 0];
    if (dx === 0 && dy === 0) return;
    event.preventDefault();
    const step = event.shiftKey ? 4 * nudge : nudge;
    session.startAt([start[0] + dx * step * (first[1] - first[0]), start[1] + dy * step * (second[1] - second[0])]);
  };
  const [left, top] = toShare(start);
  const placeText = { first: names[0], second: names[1], a: start[0].toFixed(2), b: start[1].toFixed(2) };
  return (
    <div class="descent-map-box">
      <span class="descent-axis descent-axis-y" aria-hidden="true">
        {names[1]} ↑
      </span>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the handle has the keys, and two sliders do the same. */}
      <div class="descent-map" ref={frame} onClick={move}>
        <Canvas class="descent-surface" ratio={ratio} label={fill(words.mapLabel, placeText)} draw={drawSurface} />
        <Canvas class="descent-paths" ratio={ratio} label={words.pathsLabel} draw={drawPaths} />
        <button
          type="button"
          class="descent-handle"
          aria-label={fill(words.handle, placeText)}
          style={{ left: `${left * 100}%`, top: `${top * 100}%` }}
          onKeyDown={press}
          onClick={(event) => event.stopPropagation()}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && move(event)}
        />
      </div>
      <span class="descent-axis" aria-hidden="true">
        {names[0]} →
      </span>
    </div>
  );
}

const arrows: Readonly<Record<string, Place>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function paintSurface({ context, width, height, palette }: Sheet, { losses, lowest, highest }: Surface): void {
  const last = surfaceSide - 1;
  const levels = levelsOf(lowest, highest, levelCount);
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, width, height);
  // Higher is darker, in even steps from line to line.
  const image = new OffscreenCanvas(surfaceSide, surfaceSide);
  const ink = image.getContext("2d") as OffscreenCanvasRenderingContext2D;
  ink.fillStyle = palette.series[1] as string;
  for (let row = 0; row < surfaceSide; row++)
    for (let column = 0; column < surfaceSide; column++) {
      const share = (((losses[row * surfaceSide + column] as number) - lowest) / (highest - lowest)) ** (1 / 3);
      ink.globalAlpha = 0.42 * share;
      ink.fillRect(column, last - row, 1, 1);
    }
  const cell = [width / last, height / last] as const;
  context.imageSmoothingQuality = "high";
  // Grid points are the middles of pixels.
  context.drawImage(image, -cell[0] / 2, -cell[1] / 2, width + cell[0], height + cell[1]);
  context.strokeStyle = palette.series[1] as string;
  context.globalAlpha = 0.4;
  context.lineWidth = 1;
  context.beginPath();
  for (const level of levels)
    for (const [x0, y0, x1, y1] of contour(losses, surfaceSide, level)) {
      context.moveTo(x0 * cell[0], height - y0 * cell[1]);
      context.lineTo(x1 * cell[0], height - y1 * cell[1]);
    }
  context.stroke();
  context.globalAlpha = 1;
}

/** A small cross where the grid is lowest. */
function paintBest({ context, width, height, palette }: Sheet, [x, y]: Place): void {
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const side of [-1, 1]) {
    context.moveTo(x * width - 5, y * height - 5 * side);
    context.lineTo(x * width + 5, y * height + 5 * side);
  }
  context.stroke();
}

function paintPath(sheet: Sheet, { optimizer, places }: Path, shown: number, toShare: (place: Place) => Place): void {
  const { context, width, height, palette } = sheet;
  const color = palette.series[colorOf(optimizer)] as string;
  const at = (i: number): Place => {
    const [x, y] = toShare([places[2 * i] as number, places[2 * i + 1] as number]);
    return [x * width, y * height];
  };
  const whole = Math.floor(shown);
  const points = Array.from({ length: whole + 1 }, (_, i) => at(i));
  const [from, to] = [at(whole), at(Math.min(whole + 1, places.length / 2 - 1))];
  const part = shown - whole;
  const head: Place = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
  points.push(head);
  context.lineJoin = "round";
  context.beginPath();
  for (const [x, y] of points) if (Number.isFinite(x) && Number.isFinite(y)) context.lineTo(clamp(x), clamp(y));
  context.strokeStyle = palette.surface;
  context.lineWidth = 4;
  context.stroke();
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.stroke();
  if (!Number.isFinite(head[0] + head[1])) return;
  context.fillStyle = color;
  context.strokeStyle = palette.surface;
  context.lineWidth = 1.5;
  drawMark(context, optimizer, [clamp(head[0]), clamp(head[1]), 8]);
}

/** Canvases draw nothing for lines that end very far away. */
function clamp(value: number): number {
  return Math.min(1e5, Math.max(-1e5, value));
}
