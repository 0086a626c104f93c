/** The window on the ball: drag it, or turn it by the sliders. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "../../app/appState.ts";
import { readPalette } from "../../components/palette.ts";
import { FlatBall } from "./flatBall.tsx";
import { loadOgl } from "./ogl.ts";
import type { PartProps } from "./part.ts";
import type { Scene } from "./scene.ts";
import { Stage } from "./stage.ts";

/** Height divided by width. */
const ratio = 0.86;

/** The window; without WebGL a sentence and a flat picture. */
export function BallView({ session, words, scene }: PartProps & { readonly scene: Scene }): JSX.Element {
  const [isFlat, setIsFlat] = useState(false);
  const { turn, tilt } = session;
  const last = useRef<readonly [x: number, y: number]>(undefined);
  const drag = (event: PointerEvent): void => {
    const from = last.current;
    if (from === undefined) return;
    last.current = [event.clientX, event.clientY];
    turn.value = around(turn.peek() - (event.clientX - from[0]) * 0.6);
    tilt.value = Math.max(-85, Math.min(85, tilt.peek() + (event.clientY - from[1]) * 0.6));
  };
  const release = (): void => {
    last.current = undefined;
  };
  const grab = (event: PointerEvent): void => {
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
    last.current = [event.clientX, event.clientY];
  };
  return (
    <>
      {isFlat && <p class="hint paper-flat">{words.noWebgl}</p>}
      <div
        class="paper-window"
        onPointerDown={grab}
        onPointerMove={drag}
        onPointerUp={release}
        onPointerCancel={release}
      >
        {isFlat ? (
          <FlatBall scene={scene} turn={turn.value} tilt={tilt.value} ratio={ratio} every={1} label={words.ballLabel} />
        ) : (
          <SolidBall session={session} words={words} scene={scene} onFail={() => setIsFlat(true)} />
        )}
      </div>
    </>
  );
}

function SolidBall({
  session,
  words,
  scene,
  onFail,
}: PartProps & { readonly scene: Scene; onFail(): void }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [stage, setStage] = useState<Stage>();
  const [width, setWidth] = useState(0);
  const { theme } = useApp();
  const scheme = theme.scheme.value;
  const [turn, tilt] = [session.turn.value, session.tilt.value];
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.parentElement?.clientWidth ?? 0));
    observer.observe(element.parentElement as Element);
    let made: Stage | undefined;
    let isGone = false;
    element.addEventListener("webglcontextlost", () => !isGone && onFail());
    if (element.getContext("webgl2") === null) onFail();
    else
      loadOgl().then((ogl) => {
        if (isGone) return;
        made = new Stage(ogl, element);
        setStage(made);
      }, onFail);
    return () => {
      isGone = true;
      observer.disconnect();
      made?.dispose();
    };
  }, []);
  useEffect(() => {
    if (stage === undefined || width === 0) return;
    const { series, ink } = readPalette();
    const colors = { first: rgb(series[0]), second: rgb(series[1]), ink: rgb(ink) };
    stage.draw(scene, { turn, tilt, width, height: width * ratio }, colors);
  }, [stage, scene, turn, tilt, width, scheme]);
  return (
    <canvas
      ref={canvas}
      class="canvas"
      style={{ aspectRatio: `1 / ${ratio}` }}
      role="img"
      aria-label={words.ballLabel}
    />
  );
}

/** `#rrggbb` as three numbers from 0 to 1. */
function rgb(color = "#000000"): number[] {
  return [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16) / 255);
}

/** Degrees from -180 to 180. */
function around(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}
