/** The race: its settings, the map, the models, the curves, and who is where. */
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { fill } from "../../app/words.ts";
import { Button } from "../../components/button.tsx";
import { Chart } from "../../components/chart.tsx";
import { Segments, Select, Slider } from "../../components/fields.tsx";
import { Figure } from "../../components/figure.tsx";
import { optimizerNames, problemNames, raceSteps, settings } from "./choices.ts";
import { colorOf, markPath } from "./marks.ts";
import { ModelPlot } from "./modelPlot.tsx";
import type { PartProps } from "./part.ts";
import { batchSizes, type DescentSession } from "./session.ts";
import { SurfaceMap } from "./surfaceMap.tsx";

/** Steps that are played in a second. */
const pace = 30;

/** The figure. */
export function RaceFigure({ session, words }: PartProps): JSX.Element {
  usePlaying(session);
  return (
    <Figure wide class="descent-race" caption={words.raceCaption}>
      <RaceSettings session={session} words={words} />
      <div class="descent-sides">
        <div>
          <SurfaceMap session={session} words={words} />
          <Playback session={session} words={words} />
        </div>
        <div class="descent-side">
          <Runners session={session} words={words} />
          <h3>{words.modelTitle}</h3>
          <ModelPlot session={session} words={words} />
          <h3>{words.lossTitle}</h3>
          <LossCurves session={session} words={words} />
        </div>
      </div>
    </Figure>
  );
}

/** Moves the step that is shown while the race plays. */
function usePlaying(session: DescentSession): void {
  const isPlaying = session.isPlaying.value;
  useEffect(() => {
    if (!isPlaying) return;
    let last = performance.now();
    let frame = requestAnimationFrame(function tick(now) {
      const next = session.shown.peek() + ((now - last) / 1000) * pace;
      last = now;
      session.shown.value = Math.min(raceSteps, Math.max(0, next));
      if (next >= raceSteps) session.isPlaying.value = false;
      else frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [session, isPlaying]);
}

function RaceSettings({ session, words }: PartProps): JSX.Element {
  const { first, second, names } = settings[session.problem.value];
  const [a, b] = session.start.value;
  const two = (value: number): string => value.toFixed(2);
  return (
    <div class="controls descent-controls">
      <Select
        label={words.problem}
        value={session.problem.value}
        options={problemNames.map((value) => ({ value, label: words[`problem.${value}`] }))}
        hint={words[`hint.${session.problem.value}`]}
        onChange={(value) => session.choose(value)}
      />
      <Slider
        label={words.learningRate}
        value={Math.log10(session.learningRate.value)}
        min={-3}
        max={0.3}
        step={0.02}
        format={(value) => String(Number((10 ** value).toPrecision(2)))}
        onInput={(value) => {
          session.learningRate.value = 10 ** value;
          void session.race();
        }}
      />
      <div>
        <Segments
          label={words.batch}
          value={session.batch.value}
          options={(["full", "mini", "one"] as const).map((value) => ({
            value,
            label: fill(words[`batch.${value}`], { count: batchSizes[value] }),
          }))}
          onChange={(value) => {
            session.batch.value = value;
            void session.race();
          }}
        />
      </div>
      <div>
        <Slider
          label={fill(words.startOf, { name: names[0] })}
          value={a}
          min={first[0]}
          max={first[1]}
          step={0.02}
          format={two}
          onInput={(value) => session.startAt([value, b])}
        />
        <Slider
          label={fill(words.startOf, { name: names[1] })}
          value={b}
          min={second[0]}
          max={second[1]}
          step={0.02}
          format={two}
          onInput={(value) => session.startAt([a, value])}
        />
      </div>
    </div>
  );
}

function Playback({ session, words }: PartProps): JSX.Element {
  const isPlaying = session.isPlaying.value;
  const play = (): void => {
    if (session.shown.peek() >= raceSteps) session.shown.value = 0;
    session.isPlaying.value = !isPlaying;
  };
  return (
    <div class="descent-playback">
      <Slider
        label={words.step}
        value={Math.round(session.shown.value)}
        min={0}
        max={raceSteps}
        step={1}
        disabled={!session.isComplete.value}
        format={(value) => `${value} / ${raceSteps}`}
        onInput={(value) => {
          session.isPlaying.value = false;
          session.shown.value = value;
        }}
      />
      <div class="button-row">
        <Button kind="main" disabled={!session.isComplete.value} onClick={play}>
          {isPlaying ? words.pause : session.shown.value >= raceSteps ? words.again : words.play}
        </Button>
        <Button disabled={session.batch.value === "full"} onClick={() => session.reshuffle()}>
          {words.reshuffle}
        </Button>
      </div>
    </div>
  );
}

/** Who runs, with the loss of all data now; each can be hidden. */
function Runners({ session, words }: PartProps): JSX.Element {
  const step = Math.round(session.shown.value);
  return (
    <ul class="descent-runners" aria-label={words.runners}>
      {optimizerNames.map((name, i) => {
        const loss = session.paths.value[i]?.losses[step];
        return (
          <li key={name}>
            <label>
              <input type="checkbox" checked={!session.hidden.value.has(name)} onChange={() => session.toggle(name)} />
              <svg
                viewBox="-1.2 -1.2 2.4 2.4"
                aria-hidden="true"
                style={{ fill: `var(--series-${colorOf(name) + 1})` }}
              >
                <path d={markPath(name)} />
              </svg>
              <span>{words[`runner.${name}`]}</span>
            </label>
            <span class="descent-loss">
              {loss === undefined ? "–" : loss < 1e4 ? loss.toPrecision(3) : words.diverged}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function LossCurves({ session, words }: PartProps): JSX.Element {
  const paths = session.paths.value;
  const hidden = session.hidden.value;
  const surface = session.surface.value;
  const shown = Math.round(session.shown.value);
  // No higher than the map, however far one jumps.
  const range = useMemo(() => {
    if (surface === undefined) return undefined;
    const highest = Math.max(surface.lowest, ...paths.flatMap(({ losses }) => [...losses].filter(Number.isFinite)));
    return [surface.lowest / 1.5, Math.min(surface.highest, 1.5 * highest)] as const;
  }, [paths, surface]);
  const x = useMemo(() => Array.from({ length: raceSteps + 1 }, (_, i) => i), []);
  const curves = useMemo(
    () =>
      paths
        .filter(({ optimizer }) => !hidden.has(optimizer))
        .map(({ optimizer, losses }) => ({
          label: words[`runner.${optimizer}`],
          color: colorOf(optimizer),
          values: x.map((i) => {
            const loss = losses[i] as number;
            return i <= shown && Number.isFinite(loss) ? loss : null;
          }),
        })),
    [paths, hidden, words, x, shown],
  );
  return (
    <Chart
      label={words.lossLabel}
      x={x}
      xLabel={words.stepAxis}
      height={180}
      curves={curves}
      logarithmic
      range={range}
      format={(value) => String(Number(value.toPrecision(2)))}
    />
  );
}
