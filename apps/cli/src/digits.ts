/** Handwritten digits in the terminal, beside what a network thinks of them. */

/** A digit with the network's ten probabilities. */
export interface JudgedDigit {
  /** 28 x 28 values from 0, paper, to 1, ink, row by row. */
  readonly pixels: ArrayLike<number>;
  /** What it is, where that is known. */
  readonly label: number | undefined;
  readonly probabilities: ArrayLike<number>;
  /** What it is called. */
  readonly title?: string;
}

const side = 28;
/** MNIST's digits lie in the 20 x 20 pixels around the centre, give or take two: this much is left out on each side. */
const margin = 2;
const inner = side - 2 * margin;
/** From this grey on a pixel is drawn. */
const ink = 0.25;
const gap = "  ";
const barWidth = 5;
/** A probability: digit, bar, percentage. */
const barLineWidth = 2 + barWidth + 5;
const blockWidth = inner + gap.length + barLineWidth;

const styles = { right: 32, wrong: 31, best: 1, faint: 2 } as const;
type Style = keyof typeof styles;

/**
 * Digits side by side in rows of at most `columns` characters, as half blocks with their probabilities at the right;
 * the probabilities are left out where not even one digit fits with them. A blank line ends each row.
 */
export function drawDigits(digits: readonly JudgedDigit[], columns: number, useColor: boolean): string {
  const withBars = columns >= blockWidth;
  const width = withBars ? blockWidth : inner;
  const perRow = Math.max(1, Math.floor((columns + gap.length) / (width + gap.length)));
  const lines: string[] = [];
  for (let start = 0; start < digits.length; start += perRow) {
    const blocks = digits.slice(start, start + perRow).map((digit) => block(digit, withBars, useColor));
    for (let i = 0; i <= inner / 2; i++)
      lines.push(
        blocks
          .map((part) => part[i])
          .join(gap)
          .trimEnd(),
      );
    lines.push("");
  }
  return lines.join("\n");
}

/** Lines of one width: the verdict, then the picture. */
function block({ pixels, label, probabilities, title }: JudgedDigit, withBars: boolean, useColor: boolean): string[] {
  const paint = (text: string, style: Style): string => (useColor ? `\u001b[${styles[style]}m${text}\u001b[0m` : text);
  const best = argMax(probabilities);
  const sure = percent(probabilities[best] as number);
  const width = withBars ? blockWidth : inner;
  const guess = `${best} (${sure})`;
  const called = title === undefined ? guess : `${title.slice(0, width - guess.length - 2)}: ${guess}`;
  const [verdict, style]: [string, Style] =
    label === undefined
      ? [called, "best"]
      : best === label
        ? [`✓ ${best} (${sure})`, "right"]
        : [`✗ ${best} (${sure}), it is ${label}`, "wrong"];
  const lines = [paint(verdict.padEnd(width), style)];
  for (let y = margin; y < side - margin; y += 2) {
    const digit = (y - margin) / 2 - 1;
    const probability = probabilities[digit];
    const bar =
      probability === undefined
        ? " ".repeat(barLineWidth)
        : barLine(digit, probability, digit === best ? "best" : "faint", paint);
    lines.push(withBars ? pictureLine(pixels, y) + gap + bar : pictureLine(pixels, y));
  }
  return lines;
}

/** Two rows of pixels in one line of characters. */
function pictureLine(pixels: ArrayLike<number>, y: number): string {
  let line = "";
  for (let x = margin; x < side - margin; x++) {
    const top = (pixels[y * side + x] as number) >= ink;
    const bottom = (pixels[(y + 1) * side + x] as number) >= ink;
    line += top ? (bottom ? "█" : "▀") : bottom ? "▄" : " ";
  }
  return line;
}

function barLine(
  digit: number,
  probability: number,
  style: Style,
  paint: (text: string, style: Style) => string,
): string {
  const length = Math.round(probability * barWidth);
  const bar = "■".repeat(length) + "·".repeat(barWidth - length);
  return paint(`${digit} ${bar} ${percent(probability).padStart(4)}`, style);
}

function argMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
}

function percent(probability: number): string {
  return `${Math.round(probability * 100)}%`;
}
