/** Pictures in the terminal: half blocks in the colours that it has, else shades. */

/** A picture with numbers from 0 to 1 and its title. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly pixels: ArrayLike<number>;
  readonly title: string;
}

const gap = "  ";
const shades = " ░▒▓█";

/** The pictures side by side; `colorDepth` in bits, as Node tells it: 1 for none. */
export function drawPictures(pictures: readonly Picture[], columns: number, colorDepth: number): string[] {
  const width = Math.max(1, ...pictures.map((picture) => picture.width));
  const perRow = Math.max(1, Math.floor((columns + gap.length) / (width + gap.length)));
  const lines: string[] = [];
  for (let start = 0; start < pictures.length; start += perRow) {
    const row = pictures.slice(start, start + perRow);
    lines.push(
      row
        .map(({ title, width: own }) => title.slice(0, own).padEnd(own))
        .join(gap)
        .trimEnd(),
    );
    const height = Math.max(...row.map((picture) => picture.height));
    for (let y = 0; y < height; y += 2) {
      const line = row.map((picture) => lineOf(picture, y, colorDepth)).join(gap);
      lines.push(colorDepth > 4 ? line : line.trimEnd());
    }
    lines.push("");
  }
  return lines;
}

type Color = readonly [red: number, green: number, blue: number];

/** Two rows of pixels in one line. */
function lineOf(picture: Picture, y: number, colorDepth: number): string {
  let line = "";
  let last = "";
  for (let x = 0; x < picture.width; x++) {
    const [top, bottom] = [colorAt(picture, x, y), colorAt(picture, x, Math.min(y + 1, picture.height - 1))];
    if (colorDepth <= 4) {
      const shade = (brightness(top) + brightness(bottom)) / 2;
      line += shades[Math.min(shades.length - 1, Math.round(shade * (shades.length - 1)))];
      continue;
    }
    const code = `\u001b[38;${codeOf(top, colorDepth)};48;${codeOf(bottom, colorDepth)}m`;
    line += code === last ? "▀" : `${code}▀`;
    last = code;
  }
  return colorDepth <= 4 ? line : `${line}\u001b[0m`;
}

function colorAt({ width, channels, pixels }: Picture, x: number, y: number): Color {
  const at = (y * width + x) * channels;
  const [red, green, blue] = channels === 1 ? [0, 0, 0] : [0, 1, 2];
  return [pixels[at + red] as number, pixels[at + green] as number, pixels[at + blue] as number];
}

function brightness([red, green, blue]: Color): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** A colour in 24 bits, or the nearest of the 6 x 6 x 6 cube of 256 colours. */
function codeOf(color: Color, colorDepth: number): string {
  if (colorDepth >= 24) return `2;${color.map((part) => Math.round(part * 255)).join(";")}`;
  const [red, green, blue] = color.map((part) => Math.round(part * 5)) as [number, number, number];
  return `5;${16 + 36 * red + 6 * green + blue}`;
}
