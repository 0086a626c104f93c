/** The table that describes a model. */
import { bytesPerElement } from "@crease/backend";
import { formatPartialShape, type Layer, type PartialShape, type Tensors } from "@crease/layers";
import type { AnyModel } from "./anyModel.ts";

interface Row {
  readonly layer: string;
  readonly shape: string;
  readonly params: string;
}

/** See `Model.summary`. */
export function summary(model: AnyModel): string {
  const rows = model.sublayers().map(({ layer }) => rowOf(layer));
  const header: Row = { layer: "Layer (type)", shape: "Output Shape", params: "Param #" };
  const width = (key: keyof Row): number => Math.max(...[header, ...rows].map((row) => row[key].length));
  const [layer, shape, params] = [width("layer"), width("shape"), width("params")];
  const line = (row: Row): string =>
    `│ ${row.layer.padEnd(layer)} │ ${row.shape.padEnd(shape)} │ ${row.params.padStart(params)} │`;
  const rule = (left: string, middle: string, right: string): string =>
    left + [layer, shape, params].map((n) => "─".repeat(n + 2)).join(middle) + right;
  const trainable = countOf(model.trainableWeights);
  const frozen = countOf(model.nonTrainableWeights);
  return [
    `Model: "${model.name}"`,
    rule("┌", "┬", "┐"),
    line(header),
    rule("├", "┼", "┤"),
    ...rows.map(line),
    rule("└", "┴", "┘"),
    ` Total params: ${total([trainable, frozen])}`,
    ` Trainable params: ${total([trainable])}`,
    ` Non-trainable params: ${total([frozen])}`,
  ].join("\n");
}

function rowOf(layer: Layer<Tensors, Tensors>): Row {
  return {
    layer: `${layer.name} (${layer.className})`,
    shape: outputShapeOf(layer),
    params: layer.built ? layer.countParams().toLocaleString("en-US") : "0 (unbuilt)",
  };
}

/** The output's shape for any batch size, where the layer takes and gives one tensor. */
function outputShapeOf(layer: Layer<Tensors, Tensors>): string {
  const input = layer.inputShape as PartialShape | undefined;
  if (!Array.isArray(input)) return "?";
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
