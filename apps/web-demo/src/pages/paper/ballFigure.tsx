/** The paper ball: train, scrub through training and depth, turn it around. */
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { useApp } from "../../app/appState.ts";
import { fill } from "../../app/words.ts";
import { Button } from "../../components/button.tsx";
import { Slider } from "../../components/fields.tsx";
import { Figure } from "../../components/figure.tsx";
import { BallView } from "./ballView.tsx";
import { TrainingControls } from "./controls.tsx";
import { FlatBall } from "./flatBall.tsx";
import type { PartProps } from "./part.ts";
import { sceneAt } from "./scene.ts";
import type { PaperSession } from "./session.ts";

/** Layers that are passed in a second. */
const pace = 0.9;

/** The figure. */
export function BallFigure({ session, words }: PartProps): JSX.Element {
  const { isMotionReduced } = useApp();
  useDiving(session);
  const { layers, folds, seed } = session.settings.value;
  const moments = session.ball.moments.value;
  const at = session.ball.at.value;
  const depth = session.depth.value;
  const scene = useMemo(() => sceneAt(moments, at, depth), [moments, at, depth]);
  const dive = (): void => {
    if (isMotionReduced.value) {
      session.depth.value = depth >= layers ? 0 : layers;
      return;
    }
    if (depth >= layers) session.depth.value = 0;
    session.isDiving.value = !session.isDiving.value;
  };
  return (
    <Figure wide class="paper-ball" caption={words.ballCaption}>
      <div class="paper-sides">
        <div class="paper-view">{scene && <BallView session={session} words={words} scene={scene} />}</div>
        <div class="paper-controls">
          <TrainingControls film={session.ball} words={words} name={words.ballName} />
          <div class="paper-depth">
            <Slider
              label={words.depth}
              value={depth}
              min={0}
              max={layers}
              step={0.05}
              format={(value) => depthText(value, layers, words)}
              onInput={(value) => {
                session.isDiving.value = false;
                session.depth.value = value;
              }}
            />
            <Button onClick={dive}>{session.isDiving.value ? words.hold : words.dive}</Button>
          </div>
          <div class="controls paper-turns">
            <Slider
              label={words.turn}
              value={Math.round(session.turn.value)}
              min={-180}
              max={180}
              step={1}
              format={(value) => `${value}°`}
              onInput={(value) => {
                session.turn.value = value;
              }}
            />
            <Slider
              label={words.tilt}
              value={Math.round(session.tilt.value)}
              min={-85}
              max={85}
              step={1}
              format={(value) => `${value}°`}
              onInput={(value) => {
                session.tilt.value = value;
              }}
            />
            <Slider
              label={words.folds}
              value={folds}
              min={1}
              max={10}
              step={1}
              onInput={(value) => void session.crumple({ folds: value })}
            />
            <Slider
              label={words.layers}
              value={layers}
              min={1}
              max={6}
              step={1}
              onInput={(value) => void session.crumple({ layers: value })}
            />
          </div>
          <div class="button-row">
            <Button onClick={() => void session.crumple({ seed: seed + 1 })}>{words.newBall}</Button>
          </div>
        </div>
      </div>
      <Layers session={session} words={words} />
    </Figure>
  );
}

/** Moves the depth while it plays. */
function useDiving(session: PaperSession): void {
  const isDiving = session.isDiving.value;
  useEffect(() => {
    if (!isDiving) return;
    let last = performance.now();
    let frame = requestAnimationFrame(function tick(now) {
      const { layers } = session.settings.peek();
      const next = Math.max(0, session.depth.peek() + ((now - last) / 1000) * pace);
      last = now;
      session.depth.value = Math.min(layers, next);
      if (next >= layers) session.isDiving.value = false;
      else frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [session, isDiving]);
}

/** A small picture of the sheets after each layer; a click goes there. */
function Layers({ session, words }: PartProps): JSX.Element {
  const { layers } = session.settings.value;
  const moments = session.ball.moments.value;
  const at = session.ball.at.value;
  const scenes = useMemo(
    () => Array.from({ length: layers + 1 }, (_, depth) => sceneAt(moments, at, depth)),
    [moments, at, layers],
  );
  return (
    <ol class="paper-layers" aria-label={words.layersLabel}>
      {scenes.map((scene, depth) => {
        const text = depthText(depth, layers, words);
        return (
          <li key={`${depth}`}>
            <button
              type="button"
              aria-pressed={session.depth.value === depth}
              onClick={() => {
                session.isDiving.value = false;
                session.depth.value = depth;
              }}
            >
              {scene && (
                <FlatBall
                  scene={scene}
                  turn={session.turn.value}
                  tilt={session.tilt.value}
                  ratio={1}
                  every={2}
                  label=""
                />
              )}
              <span>{text}</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function depthText(depth: number, layers: number, words: PartProps["words"]): string {
  if (depth === 0) return words.depthInput;
  if (Number.isInteger(depth)) return fill(words.depthAfter, { layer: depth, layers });
  return fill(words.depthIn, { layer: Math.ceil(depth), layers });
}
