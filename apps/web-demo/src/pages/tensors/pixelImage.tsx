/** A picture drawn number by number, each a square of the screen. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useApp } from "../../app/appState.ts";
import { type Palette, readPalette } from "../../components/palette.ts";

/** Red, green, blue, from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** What is drawn. */
export interface PixelImageProps {
  readonly rows: number;
  readonly columns: number;
  /** What it shows, for those who do not see it. Left out where a button around it has the name. */
  readonly label?: string;
  /** Whether squares are blended where it is scaled; default false. */
  readonly smooth?: boolean;
  readonly class?: string;
  /** Gives the colour of each square. Pass the same function as long as the picture is the same. */
  colors(palette: Palette): (row: number, column: number) => Rgb;
}

/** The picture. */
export function PixelImage(props: PixelImageProps): JSX.Element {
  const { rows, columns, label, smooth = false, class: extra = "", colors } = props;
  const { theme } = useApp();
  const scheme = theme.scheme.value;
  const element = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = element.current?.getContext("2d");
    if (!context || rows === 0 || columns === 0) return;
    const colorAt = colors(readPalette());
    const image = context.createImageData(columns, rows);
    for (let row = 0, at = 0; row < rows; row++)
      for (let column = 0; column < columns; column++, at += 4) {
        const [red, green, blue] = colorAt(row, column);
        image.data[at] = red;
        image.data[at + 1] = green;
        image.data[at + 2] = blue;
        image.data[at + 3] = 255;
      }
    context.putImageData(image, 0, 0);
  }, [rows, columns, colors, scheme]);
  return (
    <canvas
      ref={element}
      class={`tensors-pixels ${smooth ? "is-smooth" : ""} ${extra}`}
      width={Math.max(1, columns)}
      height={Math.max(1, rows)}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    />
  );
}

/** Red, green and blue of `#rrggbb` or `#rgb`. */
export function rgbOf(color: string): Rgb {
  const digits = color.length === 4 ? [...color.slice(1)].map((digit) => digit + digit).join("") : color.slice(1);
  const part = (at: number): number => Number.parseInt(digits.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}

/** The colour `share` of the way from `a` to `b`. */
export function blend(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), a[2] + share * (b[2] - a[2])];
}

/** What is left of a colour that is not in the slice. */
export function faded(color: Rgb, ground: Rgb): Rgb {
  const gray = 0.3 * color[0] + 0.59 * color[1] + 0.11 * color[2];
  return blend([gray, gray, gray], ground, 0.6);
}
