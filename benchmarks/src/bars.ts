/** The speeds that the project holds itself to, each taken from figures of one run. */
import type { CaseName } from "./cases.ts";
import type { Result, Summary } from "./results.ts";
import { formatNumber } from "./table.ts";

/** A bound on a figure of a subject, or on its ratio to the same figure of another. */
interface Bar {
  readonly case: CaseName;
  readonly subject: string;
  readonly threads: number;
  /** A detail; the case's own figure where it is left out. */
  readonly metric?: string;
  /** Which of the values counts, default the median; the best one for a rate in absolute numbers, which other work on the machine only lowers. */
  readonly statistic?: "min" | "median" | "max";
  /** Whose figure it is divided by: taken with the same number of threads, else with the only one there is. */
  readonly beside?: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** A bar with what was measured. */
export interface Outcome {
  readonly bar: string;
  readonly value: number;
  readonly isMet: boolean;
}

/** GFLOP/s of one core's fused multiply-adds on the machine that the wasm kernels were designed on. */
const peakPerCore = 59;

/** A ratio of training rates, of the wasm backend unless another subject is said. */
const ratio = (threads: number, beside: string, atLeast: number, more: Partial<Bar> = {}): Bar => ({
  case: "chapter2",
  subject: "crease-wasm",
  threads,
  beside,
  atLeast,
  ...more,
});

const bars: readonly Bar[] = [
  ratio(1, "tfjs-layers-wasm", 22),
  ratio(2, "tfjs-layers-wasm", 42),
  ratio(1, "jax-js-wasm", 3.5, { metric: "fit, SGD" }),
  ratio(2, "jax-js-wasm", 7, { metric: "fit, SGD" }),
  ratio(2, "keras", 1.4),
  ratio(1, "torch", 0.65),
  ratio(2, "torch", 0.78),
  ratio(1, "torch", 1.1, { subject: "crease-wasm-revectorize" }),
  ratio(2, "torch", 1.35, { subject: "crease-wasm-revectorize" }),
  ratio(1, "tfjs-layers-wasm", 3, { subject: "crease-tfjs-wasm" }),
  ratio(2, "tfjs-layers-node", 3, { subject: "crease-cuda-cpu" }),
  ratio(2, "keras", 1, { subject: "crease-cuda-cpu" }),
  ratio(1, "yardstick", 0.93),
  ratio(2, "yardstick", 0.93),
  ratio(1, "tfjs-cpu", 3, { case: "gemm", subject: "crease-cpu" }),
  ratio(1, "tfjs-cpu", 3, { case: "gemm", subject: "crease-cpu", metric: "128x784 by 784x512" }),
  { case: "gemm", subject: "crease-wasm", threads: 1, statistic: "max", atLeast: 0.9 * peakPerCore },
  { case: "gemm", subject: "crease-wasm", threads: 2, statistic: "max", atLeast: 2 * 0.9 * peakPerCore },
  { case: "op", subject: "crease-cpu", threads: 1, statistic: "min", atMost: 1 },
  { case: "op", subject: "crease-cpu", threads: 1, metric: "one op, under a tape", statistic: "min", atMost: 2 },
  { case: "op", subject: "crease-wasm", threads: 1, statistic: "min", atMost: 1.5 },
  ratio(1, "keras", 6, { case: "small-net" }),
  ratio(1, "torch", 3.5, { case: "small-net" }),
  { case: "predict-one", subject: "crease-wasm", threads: 1, atMost: 50 },
  { case: "predict-one", subject: "crease-wasm", threads: 1, metric: "direct call", atMost: 20 },
  ratio(2, "keras", 2, { case: "evaluate" }),
  { case: "start-up", subject: "crease-wasm", threads: 1, atMost: 0.3 },
  { case: "frames", subject: "web-demo", threads: 1, atLeast: 30 },
  { case: "page-start", subject: "web-demo", threads: 1, atMost: 2 },
  { case: "start-up", subject: "crease-wasm", threads: 2, metric: "import to backend ready", atMost: 0.06 },
];

/** The bars of a case that its results allow to judge. */
export function judge(name: CaseName, results: readonly Result[]): readonly Outcome[] {
  return bars.flatMap((bar) => {
    if (bar.case !== name) return [];
    const { subject, threads, metric, statistic = "median", beside, atLeast, atMost } = bar;
    const own = pick(
      results.find((one) => one.subject === subject && one.threads === threads),
      metric,
    );
    const peers = results.filter((one) => one.subject === beside);
    const peer = pick(
      peers.find((one) => one.threads === threads) ?? (peers.length === 1 ? peers[0] : undefined),
      metric,
    );
    if (own === undefined || (beside !== undefined && peer === undefined)) return [];
    const value = peer === undefined ? own[statistic] : own[statistic] / peer[statistic];
    const bound = atLeast === undefined ? `<= ${formatNumber(atMost ?? 0)}` : `>= ${formatNumber(atLeast)}`;
    const unit = beside === undefined ? own.unit : `times ${beside}`;
    return [
      {
        bar: `${subject} (${threads}), ${statistic} of ${own.metric}: ${bound} ${unit}`,
        value,
        isMet: atLeast === undefined ? value <= (atMost ?? 0) : value >= atLeast,
      },
    ];
  });
}

function pick(result: Result | undefined, metric: string | undefined): Summary | undefined {
  return metric === undefined ? result : result?.details.find((detail) => detail.metric === metric);
}

/** A line for each bar. */
export function formatBars(outcomes: readonly Outcome[]): string {
  return outcomes
    .map(({ bar, value, isMet }) => `  ${isMet ? "met   " : "MISSED"}  ${bar}, got ${formatNumber(value)}`)
    .join("\n");
}
