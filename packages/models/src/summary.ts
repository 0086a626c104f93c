/** The table that describes a model. */
import { bytesPerElement } from "@crease/backend";
import { formatPartialShape, type Layer, type PartialShape, symbolicList, type Tensors } from "@crease/layers";
import type { AnyModel } from "./anyModel.ts";
import type { Graph } from "./graph.ts";

/** See `Model.summary`. */
export function summary(model: AnyModel): string {
  const { graph } = model;
  const shows = graph !== undefined && !isRow(graph);
  const rows = [
    ["Layer (type)", "Output Shape", "Param #", ...(shows ? ["Connected to"] : [])],
    ...model.layers.map((layer) => [
      `${layer.name} (${layer.className})`,
      outputShapeOf(layer, graph),
      layer.built ? layer.countParams().toLocaleString("en-US") : "0 (unbuilt)",
      ...(shows ? [connectionsOf(layer, graph)] : []),
    ]),
  ];
  const widths = (rows[0] as string[]).map((_, i) => Math.max(...rows.map((row) => (row[i] as string).length)));
  // Numbers stand on the right.
  const padded = (cell: string, i: number): string =>
    i === 2 ? cell.padStart(widths[i] as number) : cell.padEnd(widths[i] as number);
  const [header, ...lines] = rows.map((row) => `│ ${row.map(padded).join(" │ ")} │`);
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((n) => "─".repeat(n + 2)).join(middle) + right;
  const trainable = countOf(model.trainableWeights);
  const frozen = countOf(model.nonTrainableWeights);
  return [
    `Model: "${model.name}"`,
    rule("┌", "┬", "┐"),
    header,
    rule("├", "┼", "┤"),
    ...lines,
    rule("└", "┴", "┘"),
    ` Total params: ${total([trainable, frozen])}`,
    ` Trainable params: ${total([trainable])}`,
    ` Non-trainable params: ${total([frozen])}`,
  ].join("\n");
}

/** True where each layer takes what the one before it gave: then nothing needs to be said of connections. */
function isRow({ entries, layers, nodes }: Graph): boolean {
  const values = [entries[0], ...nodes.flatMap((node) => node.outputs)];
  return (
    entries.length === 1 &&
    layers.length === nodes.length + 1 &&
    nodes.every((node, i) => node.inputs === values[i] && node.outputs.length === 1)
  );
}

/** Where a layer's inputs come from, as Keras writes it: `dense[0][0]` is the only output of its first call. */
function connectionsOf(layer: Layer<Tensors, Tensors>, graph: Graph): string {
  const sources = graph.callsOf(layer).flatMap(({ inputs }) => (inputs === null ? [] : symbolicList(inputs)));
  const names = sources.map((x) => {
    const [name, call, output] = graph.historyOf(x);
    return `${name}[${call}][${output}]`;
  });
  return names.join(", ") || "-";
}

/** The output's shape for any batch size; `?` where the layer was not built, or takes several inputs outside a graph. */
function outputShapeOf(layer: Layer<Tensors, Tensors>, graph: Graph | undefined): string {
  const [call] = graph?.callsOf(layer) ?? [];
  const entry = graph?.entries.find((x) => x.node.layer === layer);
  const outputs = call?.outputs ?? (entry ? [entry] : undefined);
  if (outputs !== undefined) {
    const shapes = outputs.map(({ shape }) => formatPartialShape(shape));
    return shapes.length === 1 ? (shapes[0] as string) : `[${shapes.join(", ")}]`;
  }
  const input = layer.inputShape as PartialShape | undefined;
  if (!Array.isArray(input) || input.some((size) => typeof size === "object" && size !== null)) return "?";
  const output = layer.computeOutputShape([null, ...input.slice(1)] as never) as unknown;
  return Array.isArray(output) ? formatPartialShape(output as PartialShape) : "?";
}

interface Count {
  readonly scalars: number;
  readonly bytes: number;
}

function countOf(weights: readonly { readonly size: number; readonly dtype: keyof typeof bytesPerElement }[]): Count {
  return weights.reduce(
    (sum, { size, dtype }) => ({ scalars: sum.scalars + size, bytes: sum.bytes + size * bytesPerElement[dtype] }),
    {
      scalars: 0,
      bytes: 0,
    },
  );
}

function total(counts: readonly Count[]): string {
  const scalars = counts.reduce((sum, count) => sum + count.scalars, 0);
  const bytes = counts.reduce((sum, count) => sum + count.bytes, 0);
  return `${scalars.toLocaleString("en-US")} (${formatBytes(bytes)})`;
}

function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(2)} KB` : `${(bytes / 1024 ** 2).toFixed(2)} MB`;
}
