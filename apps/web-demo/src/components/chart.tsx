/** Curves over a shared axis, drawn by uPlot, which is loaded with the first chart. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type uPlot from "uplot";
import { useApp } from "../app/appState.ts";
import { readPalette } from "./palette.ts";

/** One curve. */
export interface Curve {
  readonly label: string;
  /** Position in the palette's `series`. */
  readonly color: number;
  /** Null leaves a gap; with `connect` points are joined over gaps. */
  readonly values: readonly (number | null)[];
  readonly connect?: boolean;
  /** Drawn as points on the line; default false. */
  readonly points?: boolean;
}

/** A chart. */
export interface ChartProps {
  /** What the chart says at the moment, for those who do not see it. */
  readonly label: string;
  readonly x: readonly number[];
  readonly xLabel: string;
  readonly curves: readonly Curve[];
  /** Height in CSS pixels; default 220. */
  readonly height?: number;
  /** Whether the vertical axis counts in powers of ten; default false. Values must be above 0 then. */
  readonly logarithmic?: boolean;
  /** Bounds of the vertical axis; default: what the values need. */
  readonly range?: readonly [low: number, high: number] | undefined;
  format(value: number): string;
}

/** A chart that follows its data. */
export function Chart(props: ChartProps): JSX.Element {
  const { label, x, curves, height = 220 } = props;
  const { theme } = useApp();
  const scheme = theme.scheme.value;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const shape = JSON.stringify([
    props.xLabel,
    props.range,
    props.logarithmic,
    height,
    curves.map(({ values: _, ...curve }) => curve),
  ]);
  useEffect(() => {
    const element = host.current as HTMLDivElement;
    let isGone = false;
    let observer: ResizeObserver | undefined;
    loadPlot().then((Plot) => {
      if (isGone) return;
      plot.current = new Plot(optionsOf(Plot, latest.current, element.clientWidth), dataOf(latest.current), element);
      observer = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
      observer.observe(element);
    });
    return () => {
      isGone = true;
      observer?.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [shape, scheme]);
  useEffect(() => {
    plot.current?.setData(dataOf({ x, curves }));
  }, [x, curves]);
  return <div ref={host} class="chart" style={{ minHeight: `${height}px` }} role="img" aria-label={label} />;
}

async function loadPlot(): Promise<typeof uPlot> {
  const [{ default: Plot }] = await Promise.all([import("uplot"), import("uplot/dist/uPlot.min.css")]);
  return Plot;
}

function dataOf({ x, curves }: Pick<ChartProps, "x" | "curves">): uPlot.AlignedData {
  return [x as number[], ...curves.map(({ values }) => values as (number | null)[])];
}

function optionsOf(Plot: typeof uPlot, props: ChartProps, width: number): uPlot.Options {
  const { xLabel, curves, height = 220, range, format, logarithmic = false } = props;
  const { ink, inkSoft, line, surface, series } = readPalette();
  const font = `12px ${getComputedStyle(document.documentElement).getPropertyValue("--sans")}`;
  const axis = { stroke: inkSoft, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    scales: {
      // From 0 on, however late the first point is, and to 1 at least, so that a run begins on an axis that stays.
      x: { time: false, range: (_, low, high) => [Math.min(0, low ?? 0), Math.max(1, high ?? 1)] },
      y: {
        distr: logarithmic ? 3 : 1,
        range: (_, low, high) => {
          if (range !== undefined) return [range[0], range[1]];
          // Without values there are axes all the same.
          if (logarithmic) return Plot.rangeLog(low ?? 0.1, high ?? 10, 10, true);
          return Plot.rangeNum(low ?? 0, high ?? 1, 0.1, true);
        },
      },
    },
    axes: [
      { ...axis, label: xLabel, labelFont: font, labelSize: 18, size: 28, gap: 4 },
      {
        ...axis,
        size: 52,
        gap: 6,
        values: (_, splits) => splits.map((value) => (value === null ? "" : format(value))),
      },
    ],
    series: [
      {},
      ...curves.map(({ label, color, connect = false, points = false }) => ({
        label,
        stroke: series[color] ?? ink,
        width: 2,
        spanGaps: connect,
        points: { show: points, size: 6, fill: surface },
      })),
    ],
  };
}
