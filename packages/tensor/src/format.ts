/** Tensors as text, laid out as NumPy's `str` does with its default print options. */
import { type Data, type Shape, type Spec, sizeOf, stridesOf } from "@crease/backend";
import type { Precision } from "./digits.ts";
import { floatFormat, formatFloat } from "./floatFormat.ts";

/** NumPy's `threshold`, `edgeitems` and `linewidth`: arrays above the first show only this many at each edge. */
const threshold = 1000;
const edgeItems = 3;
const lineWidth = 75;

const precisions: { readonly [dtype: string]: Precision } = { float16: 11, float32: 24, float64: 53 };

/**
 * Elements in row-major order as NumPy's `str` shows them: nested brackets, aligned columns, `...` in place of the
 * middle of more than 1000 elements, strings in quotes. A scalar stands alone, an array without elements is `[]`.
 */
export function formatTensor(data: Data, spec: Spec): string {
  const { shape } = spec;
  if (shape.length === 0) return formatScalar(data[0] as number | string, spec);
  if (sizeOf(shape) === 0) return "[]";
  const layout: Layout = { shape, strides: stridesOf(shape), summarize: sizeOf(shape) > threshold, word: () => "" };
  const shown: number[] = [];
  collectShown(layout, 0, 0, shown);
  const word = wordFormat(data, shown, spec);
  return formatAxis({ ...layout, word }, 0, 0, " ", lineWidth);
}

interface Layout {
  readonly shape: Shape;
  readonly strides: readonly number[];
  /** True where the middle is left out. */
  readonly summarize: boolean;
  /** The text of the element at a flat index. */
  readonly word: (index: number) => string;
}

function formatScalar(value: number | string, { dtype }: Spec): string {
  const precision = precisions[dtype];
  if (precision !== undefined) return formatFloat(value as number, precision);
  return dtype === "bool" ? (value ? "True" : "False") : String(value);
}

function wordFormat(data: Data, shown: readonly number[], { dtype }: Spec): (index: number) => string {
  const precision = precisions[dtype];
  if (precision !== undefined) {
    const format = floatFormat(
      shown.map((i) => data[i] as number),
      precision,
    );
    return (i) => format(data[i] as number);
  }
  if (dtype === "bool") return (i) => (data[i] ? " True" : "False");
  if (dtype === "string") return (i) => quoted(data[i] as string);
  let width = 0;
  for (const i of shown) width = Math.max(width, String(data[i]).length);
  return (i) => String(data[i]).padStart(width);
}

/** Positions along one axis that are shown; -1 stands for the gap. */
function positions({ shape, summarize }: Layout, axis: number): readonly number[] {
  const size = shape[axis] as number;
  if (!summarize || size <= 2 * edgeItems) return Array.from({ length: size }, (_, i) => i);
  const edge = Array.from({ length: edgeItems }, (_, i) => i);
  return [...edge, -1, ...edge.map((i) => size - edgeItems + i)];
}

function collectShown(layout: Layout, axis: number, offset: number, shown: number[]): void {
  if (axis === layout.shape.length) {
    shown.push(offset);
    return;
  }
  for (const i of positions(layout, axis))
    if (i >= 0) collectShown(layout, axis + 1, offset + i * (layout.strides[axis] as number), shown);
}

/** One bracketed axis; `indent` is what its continuation lines begin with. */
function formatAxis(layout: Layout, axis: number, offset: number, indent: string, width: number): string {
  const stride = layout.strides[axis] as number;
  const left = layout.shape.length - axis;
  const part = (i: number): string => {
    if (i < 0) return "...";
    const at = offset + i * stride;
    return left === 1 ? layout.word(at) : formatAxis(layout, axis + 1, at, `${indent} `, width - 1);
  };
  const parts = positions(layout, axis).map(part);
  const body = left === 1 ? wrapped(parts, indent, width - 1) : parts.join("\n".repeat(left - 1) + indent);
  return `[${body}]`;
}

/** Words with spaces between, broken before the one that would pass `width`. */
function wrapped(words: readonly string[], indent: string, width: number): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of words) {
    if (line.length > indent.length && line.length + word.length > width) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  lines.push(line.slice(0, -1));
  return lines.join("\n").slice(indent.length);
}

/** Python's `repr` of a string. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let inner = "";
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (character === "\\" || character === quote) inner += `\\${character}`;
    else if (character === "\n") inner += "\\n";
    else if (character === "\r") inner += "\\r";
    else if (character === "\t") inner += "\\t";
    else if (code < 32 || code === 127) inner += `\\x${code.toString(16).padStart(2, "0")}`;
    else inner += character;
  }
  return quote + inner + quote;
}
