/** Several layers of random affine maps, with relu or without: what depth does to the plane. */
import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { useApp } from "../../app/appState.ts";
import { fill } from "../../app/words.ts";
import { Button } from "../../components/button.tsx";
import { Canvas, type Sheet } from "../../components/canvas.tsx";
import { Check, Slider } from "../../components/fields.tsx";
import { Figure } from "../../components/figure.tsx";
import type { PlaneLayer } from "./calls.ts";
import { drawPlane, drawPoints } from "./drawPoints.ts";
import { PointSetChoice } from "./pointSetChoice.tsx";
import { mostLayers } from "./session.ts";
import type { PartProps } from "./words.ts";

/** Stages in a second while it plays. */
const speed = 0.9;

/** The figure. */
export function Layers({ session, words }: PartProps): JSX.Element {
  const { isMotionReduced } = useApp();
  const { depth } = session;
  const journey = session.journey.ready.value?.output;
  const set = session.pointSet.value;
  const stages = journey?.stages[0]?.length === set.points.length ? journey.stages : undefined;
  const last = Math.max(0, (stages?.length ?? 1) - 1);
  const at = Math.min(depth.value, last);
  const [isPlaying, setIsPlaying] = useState(false);
  useEffect(() => {
    if (!isPlaying) return;
    let before = performance.now();
    let frame = 0;
    const advance = (now: number): void => {
      // Where less motion is asked for, whole stages follow each other.
      const step = isMotionReduced.value ? 1 : (speed * (now - before)) / 1000;
      if (isMotionReduced.value && now - before < 1000) {
        frame = requestAnimationFrame(advance);
        return;
      }
      before = now;
      const next = Math.min(last, depth.peek() + step);
      depth.value = next;
      if (next >= last) setIsPlaying(false);
      else frame = requestAnimationFrame(advance);
    };
    frame = requestAnimationFrame(advance);
    return () => cancelAnimationFrame(frame);
  }, [isPlaying, last]);
  const points = useMemo(() => between(stages, at, set.points), [stages, at, set]);
  const reach = useMemo(() => Math.max(1.6, reachOf(points)) * 1.12, [points]);
  const draw = useCallback(
    (sheet: Sheet) => {
      drawPlane(sheet, reach);
      drawPoints(sheet, reach, set, points, false);
    },
    [set, points, reach],
  );
  const perLayer = session.hasRelu.value ? 2 : 1;
  const place = (value: number): string => {
    const stage = Math.ceil(value);
    if (stage === 0) return words.depthStart;
    const layer = Math.ceil(stage / perLayer);
    return fill(perLayer === 2 && stage % 2 === 0 ? words.depthRelu : words.depthAffine, { layer });
  };
  return (
    <Figure wide caption={session.hasRelu.value ? words.layersCaption : words.layersLinearCaption}>
      <div class="operations-sides">
        <div class="operations-plane">
          <Canvas label={fill(words.layersLabel, { place: place(at) })} ratio={1} draw={draw} />
        </div>
        <div class="operations-panel">
          <PointSetChoice session={session} words={words} />
          <Slider
            label={words.layerCount}
            value={session.layerCount.value}
            min={1}
            max={mostLayers}
            step={1}
            onInput={(value) => {
              session.layerCount.value = value;
            }}
          />
          <Check
            label={words.hasRelu}
            checked={session.hasRelu.value}
            onChange={(checked) => {
              depth.value = 0;
              session.hasRelu.value = checked;
            }}
          />
          <Slider
            label={words.depth}
            value={at}
            min={0}
            max={last}
            step={0.05}
            format={place}
            onInput={(value) => {
              setIsPlaying(false);
              depth.value = value;
            }}
          />
          <div class="button-row">
            <Button
              kind="main"
              onClick={() => {
                if (!isPlaying && at >= last) depth.value = 0;
                setIsPlaying(!isPlaying);
              }}
            >
              {isPlaying ? words.stop : words.play}
            </Button>
            <Button
              onClick={() => {
                session.layerSeed.value = session.layerSeed.peek() + 1;
              }}
            >
              {words.newWeights}
            </Button>
          </div>
          {journey?.joined !== undefined && (
            <p class="operations-joined">
              {fill(words.joined, { count: session.layerCount.value, map: mapText(journey.joined) })}
            </p>
          )}
        </div>
      </div>
    </Figure>
  );
}

function mapText({ weights, bias }: PlaneLayer): string {
  const [a, b, c, d, x, y] = [...weights, ...bias].map((value) => value.toFixed(2).replace("-", "−"));
  return `y = [[${a}, ${b}], [${c}, ${d}]] · x + [${x}, ${y}]`;
}

/** Between two stages points go straight from one to the other. */
function between(
  stages: readonly Float32Array[] | undefined,
  at: number,
  otherwise: Float32Array<ArrayBuffer>,
): Float32Array {
  const [from, to] = [stages?.[Math.floor(at)], stages?.[Math.ceil(at)]];
  if (from === undefined || to === undefined) return otherwise;
  const share = at - Math.floor(at);
  return from.map((value, i) => value + share * ((to[i] as number) - value));
}

/** The largest distance from an axis. */
function reachOf(points: Float32Array): number {
  let most = 0;
  for (const value of points) most = Math.max(most, Math.abs(value));
  return most;
}
