/** What the hidden units say about a picture: a small square each, the stronger its colour the farther from 0. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useApp } from "../../app/appState.ts";
import { readPalette } from "../../components/palette.ts";
import { channels } from "./digitImage.tsx";

/** Pixels of a square with the gap beside it, and of the gap. */
const cell = 5;
const gap = 1;

/** The units. */
export interface HiddenUnitsProps {
  readonly count: number;
  /** What each says; undefined where nothing was asked. */
  readonly values: ArrayLike<number> | undefined;
  readonly label: string;
}

/** All units in rows, a little wider than high. */
export function HiddenUnits({ count, values, label }: HiddenUnitsProps): JSX.Element {
  const { theme } = useApp();
  const scheme = theme.scheme.value;
  const element = useRef<HTMLCanvasElement>(null);
  const columns = Math.ceil(Math.sqrt(1.25 * count));
  const rows = Math.ceil(count / columns);
  const [width, height] = [columns * cell - gap, rows * cell - gap];
  useLayoutEffect(() => {
    const context = element.current?.getContext("2d");
    if (!context) return;
    const { line, series } = readPalette();
    const [zero, plus, minus] = [line, series[0] ?? "", series[1] ?? ""].map((color) => channels(color));
    const strongest = Math.max(1e-6, ...Array.from(values ?? [], Math.abs));
    context.clearRect(0, 0, width, height);
    for (let unit = 0; unit < count; unit++) {
      const value = values?.[unit] ?? 0;
      const toward = value > 0 ? plus : minus;
      const share = Math.min(1, Math.abs(value) / strongest);
      const part = (c: number): number =>
        Math.round((zero?.[c] ?? 0) + share * ((toward?.[c] ?? 0) - (zero?.[c] ?? 0)));
      context.fillStyle = `rgb(${part(0)} ${part(1)} ${part(2)})`;
      context.fillRect((unit % columns) * cell, Math.floor(unit / columns) * cell, cell - gap, cell - gap);
    }
  }, [count, values, columns, width, height, scheme]);
  return <canvas ref={element} class="network-units" width={width} height={height} role="img" aria-label={label} />;
}
