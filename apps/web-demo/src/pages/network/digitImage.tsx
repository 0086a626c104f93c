/** A digit as a picture, pixel by pixel. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useApp } from "../../app/appState.ts";
import { readPalette } from "../../components/palette.ts";

const side = 28;

/** The digit's pixels. */
export interface DigitImageProps {
  /** 784 amounts of ink. */
  readonly pixels: ArrayLike<number>;
  /** What is full ink: 1, or 255. */
  readonly full: number;
  /** Left out where a button around it has the name. */
  readonly label?: string | undefined;
}

/** Ink in the colour of text on the colour of the sheet. */
export function DigitImage({ pixels, full, label }: DigitImageProps): JSX.Element {
  const { theme } = useApp();
  const scheme = theme.scheme.value;
  const element = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = element.current?.getContext("2d");
    if (!context) return;
    const { ink, surface } = readPalette();
    const [from, to] = [channels(surface), channels(ink)];
    const image = context.createImageData(side, side);
    for (let i = 0; i < side * side; i++) {
      const amount = (pixels[i] ?? 0) / full;
      for (let c = 0; c < 3; c++)
        image.data[4 * i + c] = (from[c] as number) + amount * ((to[c] as number) - (from[c] as number));
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [pixels, full, scheme]);
  return (
    <canvas
      ref={element}
      class="digit-image"
      width={side}
      height={side}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    />
  );
}

/** Red, green and blue of `#rrggbb`, or of `#rgb`, which a minifier makes of some. */
export function channels(color: string): readonly number[] {
  const digits =
    color.length === 4 ? [...color].map((digit, i) => (i === 0 ? "" : digit + digit)).join("") : color.slice(1);
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
}
