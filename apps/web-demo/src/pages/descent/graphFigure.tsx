/** The chapter's worked example as a graph: forward values, then gradients backwards, one step at a time. */
import type { JSX } from "preact";
import { fill } from "../../app/words.ts";
import { Button } from "../../components/button.tsx";
import { Slider } from "../../components/fields.tsx";
import { Figure } from "../../components/figure.tsx";
import type { GraphValues } from "./calls.ts";
import type { PartProps } from "./part.ts";

/** 0 shows the inputs; 1 to 3 compute forwards, 4 to 6 go back, 7 multiplies along the ways. */
const lastStep = 7;

interface Node {
  readonly name: keyof GraphValues;
  readonly at: readonly [x: number, y: number];
  readonly formula: string;
  /** The step at which its value is there. */
  readonly from: number;
}

interface Edge {
  readonly from: keyof GraphValues;
  readonly to: keyof GraphValues;
  readonly gradient: "x1ByX" | "x1ByW" | "x2ByB" | "x2ByX1" | "lossByX2" | "lossByYTrue";
  /** The step at which its gradient is there. */
  readonly at: number;
  /** Whether it lies on the way to a weight. */
  readonly isWay: boolean;
}

const nodes: readonly Node[] = [
  { name: "x", at: [70, 42], formula: "x", from: 0 },
  { name: "w", at: [210, 42], formula: "w", from: 0 },
  { name: "b", at: [325, 150], formula: "b", from: 0 },
  { name: "x1", at: [140, 150], formula: "x1 = w · x", from: 1 },
  { name: "x2", at: [220, 262], formula: "x2 = x1 + b", from: 2 },
  { name: "yTrue", at: [70, 262], formula: "y_true", from: 0 },
  { name: "loss", at: [165, 374], formula: "loss = |y_true − x2|", from: 3 },
];

const edges: readonly Edge[] = [
  { from: "x", to: "x1", gradient: "x1ByX", at: 6, isWay: false },
  { from: "w", to: "x1", gradient: "x1ByW", at: 6, isWay: true },
  { from: "x1", to: "x2", gradient: "x2ByX1", at: 5, isWay: true },
  { from: "b", to: "x2", gradient: "x2ByB", at: 5, isWay: true },
  { from: "x2", to: "loss", gradient: "lossByX2", at: 4, isWay: true },
  { from: "yTrue", to: "loss", gradient: "lossByYTrue", at: 4, isWay: false },
];

/** The figure. */
export function GraphFigure({ session, words }: PartProps): JSX.Element {
  const step = session.graphStep.value;
  const values = session.graph.value;
  const inputs = session.graphInputs.value;
  const go = (to: number): void => {
    session.graphStep.value = to;
  };
  return (
    <Figure wide class="descent-graph" caption={words.graphCaption}>
      <div class="descent-graph-sides">
        <Graph step={step} values={values} label={words.graphLabel} />
        <div class="descent-graph-steps">
          <p class="descent-graph-count">{fill(words.graphCount, { step, count: lastStep })}</p>
          <p class="descent-graph-text" role="status">
            {values && fill(words[`graph.${step}` as keyof typeof words], numbersOf(values))}
          </p>
          <div class="button-row">
            <Button kind="main" disabled={step === lastStep} onClick={() => go(step + 1)}>
              {words.graphNext}
            </Button>
            <Button disabled={step === 0} onClick={() => go(step - 1)}>
              {words.graphBack}
            </Button>
            <Button kind="quiet" disabled={step === 0} onClick={() => go(0)}>
              {words.graphReset}
            </Button>
          </div>
          <div class="controls descent-inputs">
            {(["w", "b", "x", "yTrue"] as const).map((name) => (
              <Slider
                key={name}
                label={name === "yTrue" ? "y_true" : name}
                value={inputs[name]}
                min={-5}
                max={5}
                step={0.5}
                onInput={(value) => session.setGraph({ [name]: value })}
              />
            ))}
          </div>
        </div>
      </div>
    </Figure>
  );
}

function Graph(props: {
  readonly step: number;
  readonly values: GraphValues | undefined;
  readonly label: string;
}): JSX.Element {
  const { step, values, label } = props;
  const spoken = values
    ? nodes
        .filter(({ from }) => from <= step)
        .map(({ name, formula }) => `${formula}: ${show(values[name])}`)
        .concat(
          edges
            .filter(({ at }) => at <= step)
            .map(({ from, to, gradient }) => `grad(${to}, ${from}) = ${show(values[gradient])}`),
        )
        .join("; ")
    : "";
  return (
    <svg class="descent-graph-drawing" viewBox="28 12 334 392" role="img" aria-label={`${label} ${spoken}`}>
      {edges.map((edge) => (
        <EdgeDrawing key={`${edge.from}-${edge.to}`} edge={edge} step={step} values={values} />
      ))}
      {nodes.map(({ name, at: [x, y], formula, from }) => (
        <g key={name} class={`descent-node${isActive(name, step) ? " is-active" : ""}`}>
          <rect x={x - widthOf(formula) / 2} y={y - 27} width={widthOf(formula)} height={54} rx={10} />
          <text class="descent-node-formula" x={x} y={y - 6}>
            {formula}
          </text>
          <text class="descent-node-value" x={x} y={y + 16}>
            {values !== undefined && from <= step ? show(values[name]) : "?"}
          </text>
        </g>
      ))}
    </svg>
  );
}

function EdgeDrawing(props: {
  readonly edge: Edge;
  readonly step: number;
  readonly values: GraphValues | undefined;
}): JSX.Element {
  const { edge, step, values } = props;
  const [x0, y0] = centreOf(edge.from);
  const [x1, y1] = centreOf(edge.to);
  // From the lower rim of one node to the upper rim of the other.
  const along = (share: number): readonly [number, number] => [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share];
  const height = y1 - y0;
  const [start, end] = [along(28 / height), along(1 - 34 / height)];
  const isBack = edge.at <= step;
  const isWay = step === lastStep && edge.isWay;
  const [lx, ly] = along(0.5);
  const toRight = edge.from === "w" || edge.from === "b" || edge.from === "x2";
  return (
    <g class={`descent-edge${isBack ? " is-back" : ""}${isWay ? " is-way" : ""}`}>
      <line x1={start[0]} y1={start[1]} x2={end[0]} y2={end[1]} />
      <path d={isBack ? arrow(end, start) : arrow(start, end)} />
      {isBack && values !== undefined && (
        <text x={lx + (toRight ? 14 : -14)} y={ly + 5} text-anchor={toRight ? "start" : "end"}>
          ×{show(values[edge.gradient])}
        </text>
      )}
    </g>
  );
}

function centreOf(name: keyof GraphValues): readonly [number, number] {
  return nodes.find((node) => node.name === name)?.at ?? [0, 0];
}

function widthOf(formula: string): number {
  return Math.max(64, formula.length * 8.6 + 24);
}

/** The nodes that a step is about. */
function isActive(name: string, step: number): boolean {
  const active: readonly (readonly string[])[] = [
    ["x", "w", "b", "yTrue"],
    ["x1"],
    ["x2"],
    ["loss"],
    ["loss", "x2"],
    ["x2", "x1", "b"],
    ["x1", "w"],
    ["w", "b"],
  ];
  return active[step]?.includes(name) ?? false;
}

function arrow([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): string {
  const angle = Math.atan2(y1 - y0, x1 - x0);
  const wing = (turn: number): string =>
    `${(x1 - 9 * Math.cos(angle + turn)).toFixed(1)} ${(y1 - 9 * Math.sin(angle + turn)).toFixed(1)}`;
  return `M${wing(0.45)}L${x1.toFixed(1)} ${y1.toFixed(1)}L${wing(-0.45)}`;
}

function show(value: number): string {
  return String(Number(value.toFixed(2))).replace("-", "−");
}

function numbersOf(values: GraphValues): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, show(value)]));
}
