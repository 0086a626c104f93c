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
  /** Which of the values counts, default the median. */
  readonly statistic?: "min" | "median";
  /** What it is divided by; with any number of threads where none is said. */
  readonly beside?: { readonly subject: string; readonly threads?: number };
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

const both = (
  fields: Omit<Bar, "threads" | "subject">,
  peer: string,
  bounds: readonly [number | undefined, number],
  subject: string = "crease-wasm",
): Bar[] =>
  bounds.flatMap((atLeast, i) =>
    atLeast === undefined
      ? []
      : [
          {
            ...fields,
            subject,
            threads: i + 1,
            atLeast,
            beside: { subject: peer, ...((peer === "torch" || peer === "yardstick") && { threads: i + 1 }) },
          },
        ],
  );

const bars: readonly Bar[] = [
  ...both({ case: "chapter2" }, "tfjs-layers-wasm", [22, 42]),
  ...both({ case: "chapter2", metric: "fit, SGD" }, "jax-js-wasm", [3.5, 7]),
  ...both({ case: "chapter2" }, "keras", [undefined, 1.4]),
  ...both({ case: "chapter2" }, "torch", [0.65, 0.78]),
  ...both({ case: "chapter2" }, "torch", [1.1, 1.35], "crease-wasm-revectorize"),
  ...both({ case: "chapter2" }, "yardstick", [0.93, 0.93]),
  { case: "gemm", subject: "crease-cpu", threads: 1, beside: { subject: "tfjs-cpu" }, atLeast: 3 },
  { case: "gemm", subject: "crease-wasm", threads: 1, atLeast: 0.9 * peakPerCore },
  { case: "gemm", subject: "crease-wasm", threads: 2, atLeast: 2 * 0.9 * peakPerCore },
  { case: "op", subject: "crease-cpu", threads: 1, statistic: "min", atMost: 1 },
  { case: "op", subject: "crease-cpu", threads: 1, metric: "one op, under a tape", statistic: "min", atMost: 2 },
  { case: "op", subject: "crease-wasm", threads: 1, statistic: "min", atMost: 1.5 },
  { case: "small-net", subject: "crease-wasm", threads: 1, beside: { subject: "keras" }, atLeast: 6 },
  { case: "small-net", subject: "crease-wasm", threads: 1, beside: { subject: "torch" }, atLeast: 3.5 },
  { case: "predict-one", subject: "crease-wasm", threads: 1, atMost: 50 },
  { case: "predict-one", subject: "crease-wasm", threads: 1, metric: "direct call", atMost: 20 },
  ...both({ case: "evaluate" }, "keras", [undefined, 2]),
  { case: "start-up", subject: "crease-wasm", threads: 1, atMost: 0.3 },
  { case: "start-up", subject: "crease-wasm", threads: 2, metric: "import to backend ready", atMost: 0.06 },
];

/** The bars of a case that its results allow to judge. */
export function judge(name: CaseName, results: readonly Result[]): readonly Outcome[] {
  return bars.flatMap((bar) => {
    if (bar.case !== name) return [];
    const { subject, threads, statistic = "median", beside, atLeast, atMost } = bar;
    const own = find(results, bar);
    const other = beside === undefined ? undefined : find(results, { ...beside, metric: bar.metric });
    if (own === undefined || (beside !== undefined && other === undefined)) return [];
    const value = other === undefined ? own[statistic] : own[statistic] / other[statistic];
    const bound = atLeast === undefined ? `<= ${formatNumber(atMost ?? 0)}` : `>= ${formatNumber(atLeast)}`;
    const unit = other === undefined ? own.unit : `times ${beside?.subject}`;
    return [
      {
        bar: `${subject} (${threads}), ${statistic} of ${own.metric}: ${bound} ${unit}`,
        value,
        isMet: atLeast === undefined ? value <= (atMost ?? 0) : value >= atLeast,
      },
    ];
  });
}

interface Wanted {
  readonly subject: string;
  readonly threads?: number | undefined;
  readonly metric?: string | undefined;
}

function find(results: readonly Result[], { subject, threads, metric }: Wanted): Summary | undefined {
  const result = results.find((one) => one.subject === subject && (threads === undefined || one.threads === threads));
  return metric === undefined ? result : result?.details.find((detail) => detail.metric === metric);
}

/** A line for each bar. */
export function formatBars(outcomes: readonly Outcome[]): string {
  return outcomes
    .map(({ bar, value, isMet }) => `  ${isMet ? "met   " : "MISSED"}  ${bar}, got ${formatNumber(value)}`)
    .join("\n");
}
