/** What a picture of a model shows: boxes for its layers and arrows between them. */
import {
  activations,
  formatPartialShape,
  type Layer,
  type PartialShape,
  type SymbolicTensor,
  symbolicList,
  type Tensors,
} from "@crease/layers";
import type { AnyModel } from "../anyModel.ts";
import { Model } from "../model.ts";
import { Sequential } from "../sequential.ts";
import type { PlotModelOptions } from "./plotModel.ts";

type AnyLayer = Layer<Tensors, Tensors>;

/** A line of text in a box. */
export interface Line {
  readonly text: string;
  /** What kind of line it is; the first is the largest. */
  readonly style: "title" | "detail";
}

/** What is drawn for one layer. */
export interface Box {
  readonly lines: readonly Line[];
  /** Inputs, layers with weights, and all others are told apart by colour. */
  readonly kind: "input" | "weights" | "plain";
  /** Shown where somebody points at the box. */
  readonly hint: string;
  /** The layers inside, where they are shown. */
  readonly inner: Diagram | undefined;
}

/** Boxes with arrows from one to another, by number. */
export interface Diagram {
  readonly boxes: readonly Box[];
  readonly arrows: readonly (readonly [from: number, to: number])[];
}

/** Shape and dtype of what goes in or comes out. */
interface Spec {
  readonly shape: PartialShape;
  readonly dtype: SymbolicTensor["dtype"];
}

/** More shapes of one layer than this are counted, not listed. */
const maxShapes = 4;

/** The diagram of a functional model's graph, of a Sequential's row, or of the layers of another model, which stand alone. */
export function diagramOf(model: AnyModel, options: PlotModelOptions): Diagram {
  if (model.graph !== undefined) return graphDiagram(model, options);
  if (model instanceof Sequential) return rowDiagram(model, options);
  return { boxes: model.layers.map((layer) => boxOf(layer, undefined, undefined, options)), arrows: [] };
}

function graphDiagram({ graph }: AnyModel, options: PlotModelOptions): Diagram {
  if (graph === undefined) return { boxes: [], arrows: [] };
  const { entries, layers } = graph;
  const number = new Map(layers.map((layer, i) => [layer, i]));
  const arrows = new Map<string, readonly [number, number]>();
  const boxes = layers.map((layer, to) => {
    const entry = entries.find((x) => x.node.layer === layer);
    if (entry !== undefined) return boxOf(layer, [], [entry], options);
    const calls = graph.callsOf(layer);
    const sources = calls.flatMap(({ inputs }) => (inputs === null ? [] : symbolicList(inputs)));
    for (const x of sources) {
      // In the middle of another's graph, an input of the model's own stands for what comes from there.
      const given = symbolicList(graph.inputs).indexOf(x);
      const from = number.get(entries[given]?.node.layer ?? x.node.layer);
      // A layer that takes its own output has no arrow: its box says how often it is called.
      if (from !== undefined && from !== to) arrows.set(`${from} ${to}`, [from, to]);
    }
    const results = calls.flatMap(({ outputs }) => outputs);
    const box = boxOf(layer, sources, results, options);
    if (calls.length < 2) return box;
    return { ...box, lines: [...box.lines, { text: `called ${calls.length} times`, style: "detail" as const }] };
  });
  return { boxes, arrows: [...arrows.values()] };
}

function rowDiagram(model: Sequential, options: PlotModelOptions): Diagram {
  let spec: Spec | undefined = model.built ? model.input : undefined;
  const boxes: Box[] = [];
  const [first] = model.layers;
  if (spec !== undefined && first?.className !== "InputLayer")
    boxes.push(boxOf(model.input.node.layer, [], [spec], options));
  for (const layer of model.layers) {
    const output = spec && (layer.computeOutputSpec(spec) as Spec);
    boxes.push(boxOf(layer, spec && (layer.className === "InputLayer" ? [] : [spec]), output && [output], options));
    spec = output;
  }
  return { boxes, arrows: boxes.slice(1).map((_, i) => [i, i + 1] as const) };
}

/** `inputs` and `outputs` are undefined where nobody knows them before there are data. */
function boxOf(
  layer: AnyLayer,
  inputs: readonly Spec[] | undefined,
  outputs: readonly Spec[] | undefined,
  options: PlotModelOptions,
): Box {
  const { showLayerNames = false, showTrainable = false, expandNested = false } = options;
  const isInput = layer.className === "InputLayer";
  const params = layer.countParams();
  const activation = options.showLayerActivations ? activationOf(layer) : undefined;
  const detail = (text: string): Line => ({ text, style: "detail" });
  const lines: Line[] = [{ text: showLayerNames ? layer.name : layer.className, style: "title" }];
  if (showLayerNames) lines.push(detail(layer.className));
  if (activation !== undefined) lines.push(detail(`activation ${activation}`));
  if (!isInput) lines.push(...specLines("in ", inputs, options));
  lines.push(...specLines("out", outputs, options));
  if (showTrainable && params > 0) lines.push(detail(layer.trainable ? "trainable" : "not trainable"));
  const weights = params === 0 ? "no weights" : `${params.toLocaleString("en-US")} parameters`;
  return {
    lines,
    kind: isInput ? "input" : params > 0 ? "weights" : "plain",
    hint: `${layer.name} (${layer.className}), ${layer.built || params > 0 ? weights : "not built yet"}`,
    inner: expandNested && layer instanceof Model ? diagramOf(layer as AnyModel, options) : undefined,
  };
}

function specLines(label: string, specs: readonly Spec[] | undefined, options: PlotModelOptions): readonly Line[] {
  const { showShapes = false, showDtype = false } = options;
  if (!showShapes && (!showDtype || label !== "out")) return [];
  const texts = specs?.map(({ shape, dtype }) =>
    showShapes ? formatPartialShape(shape, showDtype ? dtype : undefined) : dtype,
  ) ?? ["?"];
  // A layer that is called several times usually takes and gives the same each time.
  const different = [...new Set(texts)];
  const shown = different.length > maxShapes ? different.slice(0, maxShapes - 1) : different;
  const rest = different.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].map((text, i) => ({
    text: `${i === 0 ? label : "   "} ${text}`,
    style: "detail",
  }));
}

/** The name of a layer's activation; undefined for layers that have none. */
function activationOf(layer: AnyLayer): string | undefined {
  const { activation } = layer as { readonly activation?: unknown };
  if (typeof activation !== "function") return undefined;
  const known = Object.entries(activations).find(([, each]) => each === activation);
  return known?.[0] ?? (activation.name || "custom");
}
