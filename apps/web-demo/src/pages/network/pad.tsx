/** The pad to draw on, what the network sees of it, what its hidden layer makes of that, and what it takes it for. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { fill } from "../../app/words.ts";
import { Button } from "../../components/button.tsx";
import { Figure } from "../../components/figure.tsx";
import type { Digit } from "./calls.ts";
import type { PartProps } from "./controls.tsx";
import { DigitImage } from "./digitImage.tsx";
import { inkOf, type Point, type Stroke } from "./digitInk.ts";
import { HiddenUnits } from "./hiddenUnits.tsx";
import { percent } from "./numbers.ts";

/** Points nearer to the last one than this share of the pad are left out. */
const leastDistance = 0.006;

/** The network from left to right: pad and picture, hidden units, probabilities. Below it digits to pick. */
export function DrawingDesk({ session, words }: PartProps): JSX.Element {
  const drawing = session.drawing.value;
  const show = (strokes: readonly Stroke[]): void =>
    session.show(strokes.length === 0 ? undefined : { pixels: inkOf(strokes), digit: undefined });
  const pick = (digit: Digit): void =>
    session.show({ pixels: Float32Array.from(digit.pixels, (byte) => byte / 255), digit });
  const { data } = session;
  return (
    <Figure wide class="network-draw">
      <div class="network-pad-column" id="network-pad">
        <h3>{words.inputTitle}</h3>
        <Pad words={words} digit={drawing?.digit} isEmpty={drawing === undefined} onDraw={show} />
        <div class="network-pad-foot">
          <Button disabled={drawing === undefined} onClick={() => session.show(undefined)}>
            {words.clear}
          </Button>
          <div class="network-seen">
            <DigitImage pixels={drawing?.pixels ?? []} full={1} label={words.seen} />
            <span>{words.seen}</span>
          </div>
        </div>
      </div>
      <Hidden session={session} words={words} />
      <Answer session={session} words={words} />
      {data.value.kind === "ready" && (
        <div class="network-picker">
          <h3 id="network-pick">{words.pick}</h3>
          <ul aria-labelledby="network-pick">
            {data.value.samples.map((digit) => (
              <li key={digit.index}>
                <button
                  type="button"
                  aria-label={fill(words.pickDigit, { index: digit.index, label: digit.label })}
                  aria-pressed={drawing?.digit?.index === digit.index}
                  onClick={() => pick(digit)}
                >
                  <DigitImage pixels={digit.pixels} full={255} />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Figure>
  );
}

interface PadProps extends Pick<PartProps, "words"> {
  /** A digit that was picked, to show instead of strokes. */
  readonly digit: Digit | undefined;
  readonly isEmpty: boolean;
  onDraw(strokes: readonly Stroke[]): void;
}

function Pad({ words, digit, isEmpty, onDraw }: PadProps): JSX.Element {
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const drawn = useRef<Point[][]>([]);
  const frame = useRef(0);
  useEffect(() => {
    // Cleared from outside, or replaced by a digit.
    if (isEmpty || digit !== undefined) {
      drawn.current = [];
      setStrokes([]);
    }
  }, [isEmpty, digit]);
  const publish = (): void => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      const copy = drawn.current.map((stroke) => [...stroke]);
      setStrokes(copy);
      onDraw(copy);
    });
  };
  const pointOf = (event: PointerEvent): Point => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const within = (value: number): number => Math.min(1, Math.max(0, value));
    return { x: within((event.clientX - box.left) / box.width), y: within((event.clientY - box.top) / box.height) };
  };
  const begin = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    drawn.current.push([pointOf(event)]);
    publish();
  };
  const move = (event: PointerEvent): void => {
    const stroke = drawn.current.at(-1);
    if (stroke === undefined || !(event.currentTarget as Element).hasPointerCapture(event.pointerId)) return;
    const point = pointOf(event);
    const last = stroke.at(-1);
    if (last !== undefined && Math.hypot(point.x - last.x, point.y - last.y) < leastDistance) return;
    stroke.push(point);
    publish();
  };
  const state =
    digit !== undefined
      ? fill(words.padDigit, { index: digit.index, label: digit.label })
      : isEmpty
        ? words.padNone
        : words.padShows;
  return (
    <div class="network-pad" onPointerDown={begin} onPointerMove={move}>
      {digit !== undefined && <DigitImage pixels={digit.pixels} full={255} />}
      <svg viewBox="0 0 1 1" role="img" aria-label={`${words.pad}: ${state}`}>
        {strokes.map((stroke, i) => (
          <polyline key={`${i}`} points={stroke.map(({ x, y }) => `${x},${y}`).join(" ") + endOf(stroke)} />
        ))}
      </svg>
      {isEmpty && <span aria-hidden="true">{words.padHint}</span>}
    </div>
  );
}

/** A dot is a line to itself, which a round cap makes visible. */
function endOf(stroke: Stroke): string {
  const [first] = stroke;
  return stroke.length === 1 && first !== undefined ? ` ${first.x},${first.y}` : "";
}

function Hidden({ session, words }: PartProps): JSX.Element {
  const { answer, hasNetwork, trained, reading } = session;
  const values = answer.value?.hidden;
  const count = values?.length ?? (hasNetwork.value ? trained.value : reading.value.settings)?.units;
  const active = Array.from(values ?? []).filter((value) => value !== 0).length;
  return (
    <div class="network-hidden">
      <h3>{words.hiddenTitle}</h3>
      {count === undefined ? (
        <p class="hint">{words.hiddenUnknown}</p>
      ) : (
        <>
          <HiddenUnits
            count={count}
            values={values ?? undefined}
            label={values ? fill(words.hiddenLabel, { count, active }) : fill(words.hiddenIdle, { count })}
          />
          <p class="hint">{values ? fill(words.hiddenLabel, { count, active }) : fill(words.hiddenIdle, { count })}</p>
        </>
      )}
    </div>
  );
}

function Answer({ session, words }: PartProps): JSX.Element {
  const probabilities = session.answer.value?.probabilities;
  const hasDrawing = session.drawing.value !== undefined;
  const best = probabilities?.reduce((at, value, i) => (value > (probabilities[at] ?? 0) ? i : at), 0);
  const verdict = !session.hasNetwork.value
    ? words.readsUntrained
    : !hasDrawing || probabilities === undefined || best === undefined
      ? words.readsNothing
      : fill(words.reads, { digit: best, probability: percent(probabilities[best]) });
  return (
    <div class="network-answer">
      <h3>{words.outputTitle}</h3>
      <p class="network-verdict" role="status">
        {verdict}
      </p>
      <ol class="network-bars" aria-label={words.probabilities} start={0}>
        {Array.from({ length: 10 }, (_, digit) => {
          const value = probabilities?.[digit] ?? 0;
          return (
            <li key={`${digit}`} class={digit === best ? "is-best" : undefined}>
              <span class="network-bar-digit">{digit}</span>
              <span class="network-bar" aria-hidden="true">
                <span class="network-fill" style={{ transform: `scaleX(${value})` }} />
              </span>
              <span class="network-bar-value">{probabilities === undefined ? "–" : percent(value)}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
