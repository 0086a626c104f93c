/** Draws a diagram as SVG. */
import type { Box, Diagram, Line } from "./diagram.ts";
import { layOut, type Point } from "./layout.ts";
import type { RankDir } from "./plotModel.ts";
import { xmlText } from "./xmlText.ts";

const font = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
const fontSizes = { title: 14, detail: 12 } as const;
const lineHeights = { title: 20, detail: 17 } as const;
/** Width of a character over the font's size, in the widest of the fonts above. */
const charWidth = 0.61;
const paddingX = 14;
const paddingY = 9;
const minWidth = 96;
/** Around the drawing, and around the layers of a model that is shown from inside. */
const margin = 16;

/** Colours that read on white and on black; boxes have a ground of their own. */
const style = `
.crease-plot text{font-family:${font};fill:#1f2430}
.crease-plot .title{font-size:${fontSizes.title}px;font-weight:600}
.crease-plot .detail{font-size:${fontSizes.detail}px;fill:#5a6270}
.crease-plot rect{stroke-width:1.25}
.crease-plot .plain{fill:#f6f7f9;stroke:#aab1bd}
.crease-plot .weights{fill:#e8f0fe;stroke:#5b8def}
.crease-plot .input{fill:#e6f6ec;stroke:#4fae72}
.crease-plot .group{fill:#8a93a312;stroke:#8a93a3;stroke-dasharray:5 4}
.crease-plot .arrow{fill:none;stroke:#8a93a3;stroke-width:1.5}
.crease-plot .head{fill:#8a93a3}
@media (prefers-color-scheme:dark){
.crease-plot text{fill:#eef1f6}
.crease-plot .detail{fill:#aeb6c4}
.crease-plot .plain{fill:#23272f;stroke:#616a79}
.crease-plot .weights{fill:#1c2b47;stroke:#5b8def}
.crease-plot .input{fill:#17301f;stroke:#4fae72}
}`.replaceAll("\n", "");

/** A picture with its size. */
interface Picture {
  readonly width: number;
  readonly height: number;
  readonly markup: string;
}

/** The SVG of a diagram. */
export function drawSvg(diagram: Diagram, options: { readonly rankdir: RankDir; readonly title: string }): string {
  const { width, height, markup } = draw(diagram, options.rankdir);
  const [fullWidth, fullHeight] = [width + 2 * margin, height + 2 * margin].map(Math.ceil);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="crease-plot" role="img" width="${fullWidth}" height="${fullHeight}" viewBox="0 0 ${fullWidth} ${fullHeight}">`,
    `<title>${xmlText(options.title)}</title>`,
    `<style>${style}</style>`,
    `<g transform="translate(${margin} ${margin})">${markup}</g>`,
    "</svg>\n",
  ].join("\n");
}

function draw({ boxes, arrows }: Diagram, rankdir: RankDir): Picture {
  const isSideways = rankdir === "LR" || rankdir === "RL";
  const isMirrored = rankdir === "BT" || rankdir === "RL";
  const pictures = boxes.map((box) => drawBox(box, rankdir));
  const sizes = pictures.map(({ width, height }) =>
    isSideways ? { width: height, depth: width } : { width, depth: height },
  );
  const layout = layOut(sizes, arrows);
  const at = ({ x, y }: Point): Point => {
    const across = isMirrored ? layout.depth - y : y;
    return isSideways ? { x: across, y: x } : { x, y: across };
  };
  const placed = pictures.map(({ width, height, markup }, i) => {
    const middle = layout.boxes[i] as Point;
    const { x, y } = at({ x: middle.x, y: middle.y + (sizes[i] as { depth: number }).depth / 2 });
    return `<g transform="translate(${round(x - width / 2)} ${round(y - height / 2)})">${markup}</g>`;
  });
  const drawn = layout.arrows.map((points) => drawArrow(points.map(at), isSideways));
  const [width, height] = isSideways ? [layout.depth, layout.width] : [layout.width, layout.depth];
  return { width, height, markup: [...drawn, ...placed].join("\n") };
}

function drawBox(box: Box, rankdir: RankDir): Picture {
  return box.inner === undefined || box.inner.boxes.length === 0 ? drawLayer(box) : drawGroup(box, box.inner, rankdir);
}

function drawLayer({ lines, kind, hint }: Box): Picture {
  const { width, height, markup } = drawLines(lines);
  return {
    width,
    height,
    markup: `<g><title>${xmlText(hint)}</title><rect class="${kind}" width="${width}" height="${height}" rx="7"/>${markup}</g>`,
  };
}

/** A model with its layers: the lines about it above them. */
function drawGroup({ lines, hint }: Box, inner: Diagram, rankdir: RankDir): Picture {
  const head = drawLines(lines);
  const body = draw(inner, rankdir);
  const width = Math.max(head.width, body.width + 2 * margin);
  const bodyTop = head.height + margin / 2;
  const height = bodyTop + body.height + margin;
  return {
    width,
    height,
    markup: `<g><title>${xmlText(hint)}</title><rect class="group" width="${round(width)}" height="${round(height)}" rx="10"/>${head.markup}</g><g transform="translate(${round((width - body.width) / 2)} ${bodyTop})">${body.markup}</g>`,
  };
}

function drawLines(lines: readonly Line[]): Picture {
  const textWidths = lines.map(({ text, style }) => cellsOf(text) * fontSizes[style] * charWidth);
  const width = Math.ceil(Math.max(minWidth, ...textWidths.map((textWidth) => textWidth + 2 * paddingX)));
  // A single line stands in the middle, several begin at the left.
  const place = lines.length === 1 ? `x="${width / 2}" text-anchor="middle"` : `x="${paddingX}"`;
  let y = paddingY;
  const texts = lines.map(({ text, style }) => {
    const baseline = y + lineHeights[style] * 0.72;
    y += lineHeights[style];
    return `<text class="${style}" ${place} y="${round(baseline)}" xml:space="preserve">${xmlText(text)}</text>`;
  });
  return {
    width,
    height: y + paddingY,
    markup: texts.join(""),
  };
}

/** A line through the points, curved where it changes its course, with a head at its end. */
function drawArrow(points: readonly Point[], isSideways: boolean): string {
  const [start, ...rest] = points as [Point, ...Point[]];
  const end = rest.at(-1) ?? start;
  const before = rest.at(-2) ?? start;
  const direction = Math.sign(isSideways ? end.x - before.x : end.y - before.y) || 1;
  const headLength = 7;
  // The line ends at the head's base, which covers its tip.
  const tip = isSideways
    ? { x: end.x - direction * headLength, y: end.y }
    : { x: end.x, y: end.y - direction * headLength };
  let path = `M${round(start.x)} ${round(start.y)}`;
  let from = start;
  for (const point of [...rest.slice(0, -1), tip]) {
    const bend = isSideways ? (point.x - from.x) / 2 : (point.y - from.y) / 2;
    const isStraight = isSideways ? point.y === from.y : point.x === from.x;
    path += isStraight
      ? `L${round(point.x)} ${round(point.y)}`
      : isSideways
        ? `C${round(from.x + bend)} ${round(from.y)} ${round(point.x - bend)} ${round(point.y)} ${round(point.x)} ${round(point.y)}`
        : `C${round(from.x)} ${round(from.y + bend)} ${round(point.x)} ${round(point.y - bend)} ${round(point.x)} ${round(point.y)}`;
    from = point;
  }
  const wing = 4;
  const corners = isSideways
    ? [`${round(tip.x)} ${round(tip.y - wing)}`, `${round(tip.x)} ${round(tip.y + wing)}`]
    : [`${round(tip.x - wing)} ${round(tip.y)}`, `${round(tip.x + wing)} ${round(tip.y)}`];
  return `<path class="arrow" d="${path}"/><path class="head" d="M${round(end.x)} ${round(end.y)}L${corners[0]}L${corners[1]}Z"/>`;
}

/** Columns that a text takes in a monospaced font: two for characters of East Asian scripts and emoji. */
function cellsOf(text: string): number {
  let cells = 0;
  for (const char of text) cells += (char.codePointAt(0) as number) >= 0x1100 ? 2 : 1;
  return cells;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
