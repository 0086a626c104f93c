/** Buttons that steer a run, its numbers, and its curves. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useApp } from "../../app/appState.ts";
import { fill } from "../../app/words.ts";
import { Button } from "../../components/button.tsx";
import { Chart } from "../../components/chart.tsx";
import { Legend } from "../../components/legend.tsx";
import { ProgressBar } from "../../components/progressBar.tsx";
import type { PartProps } from "./controls.tsx";
import { count, percent, short } from "./numbers.ts";
import type { Curves } from "./session.ts";

/** Start, pause, step, reset. */
export function RunButtons({ session, words }: PartProps): JSX.Element {
  const { phase, reading, data, draft, goesOn, hasNetwork, obstacles } = session;
  const { settings } = reading.value;
  const now = phase.value;
  const canStart = settings !== undefined && data.value.kind === "ready" && !obstacles.has(settings.backend);
  const label =
    now === "paused"
      ? words.resume
      : now === "starting"
        ? words.starting
        : goesOn.value
          ? fill(words.goOn, { epochs: draft.value.epochs })
          : hasNetwork.value
            ? words.startAnew
            : words.start;
  return (
    <div class="button-row network-buttons">
      {now === "running" ? (
        <Button kind="main" onClick={() => session.pause()}>
          {words.pause}
        </Button>
      ) : (
        <Button
          kind="main"
          disabled={now === "starting" || (now !== "paused" && !canStart)}
          onClick={() => session.start()}
        >
          {label}
        </Button>
      )}
      <Button
        disabled={now === "running" || now === "starting" || (now !== "paused" && !canStart)}
        onClick={() => session.step()}
      >
        {words.step}
      </Button>
      <Button disabled={now === "idle"} onClick={() => void session.reset()}>
        {words.reset}
      </Button>
    </div>
  );
}

/** How the data come in, until they are there. */
export function DataProgress({ session, words }: PartProps): JSX.Element | null {
  const data = session.data.value;
  if (data.kind !== "loading") return null;
  const { loaded, total } = data;
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  return (
    <ProgressBar
      label={words.dataLoading}
      value={total === 0 ? undefined : loaded / total}
      detail={total === 0 ? undefined : fill(words.dataAmount, { loaded: megabytes(loaded), total: megabytes(total) })}
    />
  );
}

/** The numbers of the run. */
export function RunNumbers({ session, words }: PartProps): JSX.Element {
  const { language } = useApp();
  const { progress, judgement, started, phase } = session;
  const now = progress.value;
  const epoch = now === undefined ? "–" : String(Math.min(Math.floor(now.at - 1e-9) + 1, 999));
  const entries = [
    [words.statEpoch, epoch],
    [words.statStep, now === undefined ? "–" : `${now.step} / ${now.steps}`],
    [words.statTest, percent(judgement.value?.accuracy, 2)],
    [words.statSpeed, count(now?.samplesPerSecond, language.value)],
    [words.statThreads, started.value === undefined ? "–" : String(started.value.threads)],
    [words.statParameters, count(started.value?.parameters, language.value)],
  ];
  const said =
    phase.value === "done" && judgement.value !== undefined
      ? fill(words.announceDone, { accuracy: percent(judgement.value.accuracy, 2) })
      : phase.value === "paused"
        ? words.announcePaused
        : "";
  return (
    <>
      <dl class="network-numbers">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="visually-hidden" role="status">
        {said}
      </p>
    </>
  );
}

/** Loss and accuracy. */
export function RunCurves({ session, words }: PartProps): JSX.Element {
  return (
    <div class="network-curves">
      <Curve session={session} words={words} quantity="loss" />
      <Curve session={session} words={words} quantity="accuracy" />
    </div>
  );
}

type Quantity = "loss" | "accuracy";

function Curve({ session, words, quantity }: PartProps & { readonly quantity: Quantity }): JSX.Element {
  const curves = session.curves.value;
  const { x, train, test } = useMemo(() => columnsOf(curves, quantity), [curves, quantity]);
  const format = quantity === "loss" ? short : (value: number | undefined) => percent(value, 1);
  const name = quantity === "loss" ? words.lossChart : words.accuracyChart;
  const lastTrain = curves.train.at(-1)?.[quantity];
  const lastTest = curves.test.at(-1)?.[quantity];
  const at = Math.max(curves.train.at(-1)?.at ?? 0, curves.test.at(-1)?.at ?? 0);
  return (
    <div>
      <div class="network-curve-head">
        <h3>{name}</h3>
        <Legend
          entries={[
            { label: words.training, color: 0, value: lastTrain === undefined ? undefined : format(lastTrain) },
            { label: words.test, color: 1, value: lastTest === undefined ? undefined : format(lastTest) },
          ]}
        />
      </div>
      <Chart
        label={
          x.length === 0
            ? fill(words.chartEmpty, { name })
            : fill(words.chartLabel, { name, at: at.toFixed(1), train: format(lastTrain), test: format(lastTest) })
        }
        x={x}
        xLabel={words.epochAxis}
        height={200}
        logarithmic={quantity === "loss"}
        curves={[
          { label: words.training, color: 0, values: train, connect: true },
          { label: words.test, color: 1, values: test, connect: true, points: true },
        ]}
        format={quantity === "loss" ? short : (value) => percent(value, value > 0.9 && value < 1 ? 1 : 0)}
      />
    </div>
  );
}

/** Both series over one axis: the points of each in order, with gaps where only the other has one. */
function columnsOf({ train, test }: Curves, quantity: Quantity) {
  const points = [
    ...train.map((point) => ({ at: point.at, train: finite(point[quantity]), test: null })),
    ...test.map((point) => ({ at: point.at, train: null, test: finite(point[quantity]) })),
  ].sort((a, b) => a.at - b.at);
  return {
    x: points.map(({ at }) => at),
    train: points.map((point) => point.train),
    test: points.map((point) => point.test),
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
