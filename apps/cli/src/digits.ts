/** Handwritten digits in the terminal, beside what a network thinks of them. */

/** A test digit with the network's ten probabilities. */
export interface JudgedDigit {
  /** 28 x 28 grey values, 0 to 255, row by row. */
  readonly pixels: ArrayLike<number>;
  readonly label: number;
  readonly probabilities: ArrayLike<number>;
}

const side = 28;
/** Digits are centred in a box of 20 x 20: this much of the frame is left out on each side. */
const margin = 2;
const inner = side - 2 * margin;
const ink = 64;
const gap = "  ";
/** Characters of a probability's line: digit, bar, percentage. */
const barWidth = 5;
const lineWidth = 2 + barWidth + 5;
const blockWidth = inner + gap.length + lineWidth;

/** Digits in rows that fit the width, each as half-block characters with its probabilities at its right. */
export function drawDigits(digits: readonly JudgedDigit[], columns: number, useColor: boolean): string {
  const perRow = Math.max(1, Math.floor((columns + gap.length) / (blockWidth + gap.length)));
  const rows: string[] = [];
  for (let i = 0; i < digits.length; i += perRow) {
    const blocks = digits.slice(i, i + perRow).map((digit) => block(digit, useColor));
    const height = blocks[0]?.length ?? 0;
    for (let line = 0; line < height; line++)
      rows.push(
        blocks
          .map((lines) => lines[line])
          .join(gap)
          .trimEnd(),
      );
    rows.push("");
  }
  return rows.join("\n");
}

/** Lines of one width each: the verdict, then picture and probabilities. */
function block({ pixels, label, probabilities }: JudgedDigit, useColor: boolean): string[] {
  const best = argMax(probabilities);
  const verdict = best === label ? `${best}` : `${best}, is ${label}`;
  const mark = best === label ? "✓" : "✗";
  const title = `${mark} ${verdict} (${percent(probabilities[best] as number)})`;
  const lines = [paint(title.padEnd(blockWidth), best === label ? 32 : 31, useColor)];
  for (let y = margin; y < side - margin; y += 2) {
    let picture = "";
    for (let x = margin; x < side - margin; x++) {
      const top = (pixels[y * side + x] as number) >= ink;
      const bottom = (pixels[(y + 1) * side + x] as number) >= ink;
      picture += top ? (bottom ? "█" : "▀") : bottom ? "▄" : " ";
    }
    const digit = (y - margin) / 2 - 1;
    lines.push(
      picture +
        gap +
        (digit >= 0 && digit < 10
          ? bar(digit, probabilities[digit] as number, digit === best, useColor)
          : " ".repeat(lineWidth)),
    );
  }
  return lines;
}

function bar(digit: number, probability: number, isBest: boolean, useColor: boolean): string {
  const length = Math.round(probability * barWidth);
  const text = `${digit} ${"■".repeat(length)}${"·".repeat(barWidth - length)} ${percent(probability).padStart(4)}`;
  return isBest ? paint(text, 1, useColor) : text;
}

function argMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
}

function percent(probability: number): string {
  return `${Math.round(probability * 100)}%`;
}

function paint(text: string, code: number, useColor: boolean): string {
  return useColor ? `\u001b[${code}m${text}\u001b[0m` : text;
}
