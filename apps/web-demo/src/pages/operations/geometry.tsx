/** The geometry of a layer: a point set under a map of the plane whose arrows can be dragged. */
import type { JSX } from "preact";
import { useCallback, useState } from "preact/hooks";
import { useApp } from "../../app/appState.ts";
import { fill } from "../../app/words.ts";
import { Canvas, type Sheet } from "../../components/canvas.tsx";
import { Code } from "../../components/code.tsx";
import { Segments, Slider } from "../../components/fields.tsx";
import { Figure } from "../../components/figure.tsx";
import { drawPlane, drawPoints, project } from "./drawPoints.ts";
import { Handle } from "./handle.tsx";
import { PointSetChoice } from "./pointSetChoice.tsx";
import type { MapKind, MapState } from "./session.ts";
import { useGlide } from "./useGlide.ts";
import type { PartProps } from "./words.ts";

const kinds: readonly MapKind[] = ["translation", "rotation", "scaling", "affine", "relu"];
/** Half of the width of the plane that is seen. */
const extent = 3;

/** The figure. */
export function Geometry({ session, words }: PartProps): JSX.Element {
  const map = session.map.value;
  return (
    <Figure wide caption={words[`caption.${map.kind}`]}>
      <div class="operations-sides">
        <MapPlane session={session} words={words} />
        <div class="operations-panel">
          <PointSetChoice session={session} words={words} />
          <Segments
            label={words.mapKind}
            value={map.kind}
            options={kinds.map((value) => ({ value, label: words[`kind.${value}`] }))}
            onChange={(kind) => session.setKind(kind)}
          />
          <Numbers session={session} words={words} />
          <Matrix words={words} map={map} />
          <Code code={codeOf(map)} label={words.codeLabel} />
        </div>
      </div>
    </Figure>
  );
}

/** The code with the numbers as they are. */
export function codeOf({ kind, weights, bias }: Pick<MapState, "kind" | "weights" | "bias">): string {
  const [a, b, c, d] = weights.map(shown);
  const lines = [
    `const w = tensor([[${a}, ${b}], [${c}, ${d}]]);`,
    `const b = tensor([${bias.map(shown).join(", ")}]);`,
    "// Points are rows here: x·Wᵀ is W·x for each of them.",
    `const y = points.matmul(w, { transposeB: true }).add(b)${kind === "relu" ? "\n  .relu()" : ""};`,
  ];
  return lines.join("\n");
}

function shown(value: number): string {
  return String(Math.round(value * 100) / 100 || 0);
}

function MapPlane({ session, words }: PartProps): JSX.Element {
  const { isMotionReduced } = useApp();
  const isInstant = isMotionReduced.value || !session.isGliding.value;
  const map = session.map.value;
  const set = session.pointSet.value;
  const stages = session.mapped.ready.value?.output.stages;
  const last = stages?.at(-1);
  const target = last !== undefined && last.length === set.points.length ? last : set.points;
  const points = useGlide(target, isInstant);
  const [a, b, c, d] = map.weights;
  const [x, y] = map.bias;
  const arrows = useGlide(useStable([x, y, a, c, b, d]), isInstant);
  const draw = useCallback(
    (sheet: Sheet) => {
      drawPlane(sheet, extent);
      drawPoints(sheet, extent, set, set.points, true);
      drawPoints(sheet, extent, set, points, false);
      const at = project(sheet, extent);
      const [ox = 0, oy = 0] = [arrows[0], arrows[1]];
      [0, 1].forEach((which) => {
        const tip = at(ox + (arrows[2 + 2 * which] ?? 0), oy + (arrows[3 + 2 * which] ?? 0));
        drawArrow(sheet, at(ox, oy), tip, sheet.palette.series[which === 0 ? 2 : 3] ?? sheet.palette.ink);
      });
    },
    [set, points, arrows],
  );
  // What this kind of map cannot do makes it any affine map.
  const wider = map.kind === "relu" ? "relu" : "affine";
  return (
    <div class={`operations-plane${isInstant ? "" : " is-gliding"}`}>
      <Canvas label={fill(words.planeLabel, { set: words[`set.${session.setName.value}`] })} ratio={1} draw={draw} />
      <Handle
        x={x}
        y={y}
        extent={extent}
        label={words.handleOrigin}
        sign="b"
        color="var(--ink)"
        onMove={(px, py) => session.change({ bias: [px, py], kind: map.kind === "translation" ? map.kind : wider })}
      />
      <Handle
        x={x + a}
        y={y + c}
        extent={extent}
        label={words.handleX}
        sign="x"
        color="var(--series-3)"
        onMove={(px, py) => session.change({ weights: [px - x, b, py - y, d], kind: wider })}
      />
      <Handle
        x={x + b}
        y={y + d}
        extent={extent}
        label={words.handleY}
        sign="y"
        color="var(--series-4)"
        onMove={(px, py) => session.change({ weights: [a, px - x, c, py - y], kind: wider })}
      />
    </div>
  );
}

/** The same array as long as its numbers are the same. */
function useStable(numbers: readonly number[]): readonly number[] {
  const [kept, setKept] = useState(numbers);
  const isSame = kept.every((value, i) => value === numbers[i]);
  if (isSame) return kept;
  setKept(numbers);
  return numbers;
}

function drawArrow(
  { context, palette }: Sheet,
  from: readonly [number, number],
  to: readonly [number, number],
  color: string,
): void {
  // A rim in the sheet's colour keeps it apart from the points.
  for (const [stroke, width] of [
    [palette.surface, 6],
    [color, 3],
  ] as const) {
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  }
}

function Numbers({ session, words }: PartProps): JSX.Element {
  const { kind, weights, bias, angle } = session.map.value;
  const [a, b, c, d] = weights;
  const [x, y] = bias;
  const slider = (label: string, value: number, set: (value: number) => void, from = -2, to = 2): JSX.Element => (
    <Slider
      key={label}
      label={label}
      value={value}
      min={from}
      max={to}
      step={0.05}
      format={(number) => number.toFixed(2)}
      onInput={set}
    />
  );
  const shifts = [
    slider(words.shiftX, x, (value) => session.change({ bias: [value, y] })),
    slider(words.shiftY, y, (value) => session.change({ bias: [x, value] })),
  ];
  switch (kind) {
    case "translation":
      return <div class="controls">{shifts}</div>;
    case "rotation":
      return (
        <Slider
          label={words.angle}
          value={angle}
          min={-180}
          max={180}
          step={1}
          format={(degrees) => `${degrees}°`}
          onInput={(degrees) => session.turn(degrees)}
        />
      );
    case "scaling":
      return (
        <div class="controls">
          {slider(words.scaleX, a, (value) => session.change({ weights: [value, 0, 0, d] }))}
          {slider(words.scaleY, d, (value) => session.change({ weights: [a, 0, 0, value] }))}
        </div>
      );
    default:
      return (
        <div class="controls operations-six">
          {slider("W[0, 0]", a, (value) => session.change({ weights: [value, b, c, d] }))}
          {slider("W[0, 1]", b, (value) => session.change({ weights: [a, value, c, d] }))}
          {slider("W[1, 0]", c, (value) => session.change({ weights: [a, b, value, d] }))}
          {slider("W[1, 1]", d, (value) => session.change({ weights: [a, b, c, value] }))}
          {slider("b[0]", x, (value) => session.change({ bias: [value, y] }))}
          {slider("b[1]", y, (value) => session.change({ bias: [x, value] }))}
        </div>
      );
  }
}

/** `y = relu(W·x + b)` in the notation of mathematics. */
function Matrix({ words, map }: Pick<PartProps, "words"> & { readonly map: MapState }): JSX.Element {
  const { kind, weights, bias } = map;
  const [a = 0, b = 0, c = 0, d = 0] = weights;
  const cell = (value: number): string => value.toFixed(2).replace("-", "−").replace("−0.00", "0.00");
  return (
    <div class="operations-formula" role="img" aria-label={words.formulaLabel}>
      <span>y = {kind === "relu" && "relu("}</span>
      <span class="operations-bracket operations-two">
        <span class="operations-x">{cell(a)}</span>
        <span class="operations-y">{cell(b)}</span>
        <span class="operations-x">{cell(c)}</span>
        <span class="operations-y">{cell(d)}</span>
      </span>
      <span>· x +</span>
      <span class="operations-bracket">
        <span>{cell(bias[0])}</span>
        <span>{cell(bias[1])}</span>
      </span>
      {kind === "relu" && <span>)</span>}
    </div>
  );
}
