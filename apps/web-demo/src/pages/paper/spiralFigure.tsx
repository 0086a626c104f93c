/** The spiral in its plane, and the same plane as the hidden layer sees it. */
import type { JSX } from "preact";
import { useCallback } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Canvas, type Sheet } from "../../components/canvas.tsx";
import { Slider } from "../../components/fields.tsx";
import { Figure } from "../../components/figure.tsx";
import type { SpiralMoment } from "./calls.ts";
import { TrainingControls } from "./controls.tsx";
import type { PartProps } from "./part.ts";
import { armPoints, gridSide } from "./shapes.ts";

/** Every how many grid points a line is drawn. */
const lineEvery = 4;
/** How strongly the sides of the cut are tinted. */
const tint = 0.22;

/** From a point of a space to the picture. */
type ToPicture = (x: number, y: number) => readonly [left: number, top: number];

/** The figure. */
export function SpiralFigure({ session, words }: PartProps): JSX.Element {
  const { spiral } = session;
  const points = session.spiralPoints.value;
  const moments = spiral.moments.value;
  const at = spiral.at.value;
  const drawPlane = useCallback(
    (sheet: Sheet) => {
      const moment = moments[Math.round(at)];
      if (moment !== undefined && points !== undefined) paintPlane(sheet, moment, points);
    },
    [moments, at, points],
  );
  const drawHidden = useCallback(
    (sheet: Sheet) => {
      const [first, second] = [moments[Math.floor(at)], moments[Math.ceil(at)]];
      if (first !== undefined) paintHidden(sheet, between(first, second ?? first, at - Math.floor(at)));
    },
    [moments, at],
  );
  return (
    <Figure wide class="paper-spiral" caption={words.spiralCaption}>
      <div class="paper-spaces">
        <div>
          <h3>{words.planeTitle}</h3>
          <Canvas ratio={1} label={words.planeLabel} draw={drawPlane} />
        </div>
        <div>
          <h3>{words.hiddenTitle}</h3>
          <Canvas ratio={1} label={words.hiddenLabel} draw={drawHidden} />
        </div>
        <div class="paper-controls">
          <TrainingControls film={spiral} words={words} name={words.spiralName} />
          <Slider
            label={words.turns}
            value={session.turns.value}
            min={0.5}
            max={2}
            step={0.25}
            onInput={(turns) => void session.wind({ turns })}
          />
          <div class="button-row">
            <Button onClick={() => void session.wind({ isNew: true })}>{words.newWeights}</Button>
          </div>
        </div>
      </div>
    </Figure>
  );
}

function paintPlane(sheet: Sheet, { map }: SpiralMoment, points: Float32Array): void {
  const { context, width, palette } = sheet;
  const cell = width / (gridSide - 1);
  const image = new OffscreenCanvas(gridSide, gridSide);
  const colors = image.getContext("2d") as OffscreenCanvasRenderingContext2D;
  for (let i = 0; i < map.length; i++) {
    const probability = map[i] as number;
    colors.globalAlpha = tint * Math.abs(2 * probability - 1);
    colors.fillStyle = palette.series[probability < 0.5 ? 0 : 1] as string;
    colors.fillRect(i % gridSide, gridSide - 1 - Math.floor(i / gridSide), 1, 1);
  }
  context.imageSmoothingQuality = "high";
  context.drawImage(image, -cell / 2, -cell / 2, width + cell, width + cell);
  const toPicture: ToPicture = (x, y) => [((x + 1) / 2) * width, ((1 - y) / 2) * width];
  const line = Array.from({ length: gridSide }, (_, i) => (2 * i) / (gridSide - 1) - 1);
  paintGrid(sheet, (row, column) => toPicture(line[column] as number, line[row] as number));
  paintPoints(sheet, points, toPicture);
}

function paintHidden(sheet: Sheet, { grid, points, cut }: Pick<SpiralMoment, "grid" | "points" | "cut">): void {
  const { context, width, palette } = sheet;
  const { middle, half } = frameOf(points);
  const toPicture: ToPicture = (x, y) => [
    ((x - middle[0]) / half / 2 + 0.5) * width,
    (0.5 - (y - middle[1]) / half / 2) * width,
  ];
  // The cut is a line; everything to one side of it is one class.
  const [a, b, c] = cut as [number, number, number];
  const length = Math.hypot(a, b) || 1;
  const distance = (a * middle[0] + b * middle[1] + c) / length;
  const [nx, ny] = [a / length, b / length];
  const foot = [middle[0] - nx * distance, middle[1] - ny * distance] as const;
  const far = 6 * half + Math.abs(distance);
  const corner = (along: number, across: number) =>
    toPicture(foot[0] - ny * along + nx * across, foot[1] + nx * along + ny * across);
  context.globalAlpha = tint;
  for (const [series, side] of [
    [0, -far],
    [1, far],
  ] as const) {
    context.fillStyle = palette.series[series] as string;
    context.beginPath();
    for (const [left, top] of [corner(-far, 0), corner(far, 0), corner(far, side), corner(-far, side)])
      context.lineTo(left, top);
    context.fill();
  }
  context.globalAlpha = 1;
  paintGrid(sheet, (row, column) => {
    const i = 2 * (row * gridSide + column);
    return toPicture(grid[i] as number, grid[i + 1] as number);
  });
  context.strokeStyle = palette.ink;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(...corner(-far, 0));
  context.lineTo(...corner(far, 0));
  context.stroke();
  paintPoints(sheet, points, toPicture);
}

function paintGrid({ context, palette }: Sheet, at: (row: number, column: number) => readonly [number, number]): void {
  context.strokeStyle = palette.inkSoft;
  context.globalAlpha = 0.45;
  context.lineWidth = 1;
  context.beginPath();
  for (let i = 0; i < gridSide; i += lineEvery) {
    for (let j = 0; j < gridSide; j++) context[j === 0 ? "moveTo" : "lineTo"](...at(i, j));
    for (let j = 0; j < gridSide; j++) context[j === 0 ? "moveTo" : "lineTo"](...at(j, i));
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** Discs for the first arm, squares for the second. */
function paintPoints({ context, width, palette }: Sheet, points: Float32Array, toPicture: ToPicture): void {
  const radius = Math.max(2.4, width / 130);
  context.strokeStyle = palette.surface;
  context.lineWidth = 1;
  for (let i = 0; i < points.length / 2; i++) {
    const [left, top] = toPicture(points[2 * i] as number, points[2 * i + 1] as number);
    const isFirst = i < armPoints;
    context.fillStyle = palette.series[isFirst ? 0 : 1] as string;
    context.beginPath();
    if (isFirst) context.arc(left, top, radius, 0, 2 * Math.PI);
    else context.rect(left - radius * 0.9, top - radius * 0.9, radius * 1.8, radius * 1.8);
    context.fill();
    context.stroke();
  }
}

/** The middle of the points' extent, and half of the side of a square around them with a margin. */
function frameOf(points: Float32Array): { readonly middle: readonly [number, number]; readonly half: number } {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  points.forEach((value, i) => {
    low[i % 2] = Math.min(low[i % 2] as number, value);
    high[i % 2] = Math.max(high[i % 2] as number, value);
  });
  const [x0, y0, x1, y1] = [...low, ...high] as [number, number, number, number];
  return { middle: [(x0 + x1) / 2, (y0 + y1) / 2], half: 0.56 * Math.max(x1 - x0, y1 - y0, 1e-3) };
}

function between(first: SpiralMoment, second: SpiralMoment, share: number) {
  const mix = (a: ArrayLike<number>, b: ArrayLike<number>): Float32Array<ArrayBuffer> =>
    Float32Array.from(a, (value, i) => value + ((b[i] as number) - value) * share);
  return {
    grid: mix(first.grid, second.grid),
    points: mix(first.points, second.points),
    cut: Array.from(mix(first.cut, second.cut)),
  };
}
