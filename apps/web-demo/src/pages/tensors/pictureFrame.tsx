/** A picture on which the slice's rows and columns are seen, and can be drawn with a mouse, a pen or a finger. */
import type { JSX } from "preact";
import { useCallback, useRef, useState } from "preact/hooks";
import type { Palette } from "../../components/palette.ts";
import type { Elements } from "./calls.ts";
import { faded, PixelImage, type Rgb, rgbOf } from "./pixelImage.tsx";

/** The picture and its slice. */
export interface PictureFrameProps {
  readonly values: Elements;
  /** Where the picture begins in `values`. */
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
  readonly label: string;
  /** Which rows, columns and channels are taken; undefined where the picture is not in the slice. */
  readonly taken:
    | readonly [rows: readonly number[], columns: readonly number[], channels: readonly number[]]
    | undefined;
  /** Called while a rectangle is drawn, with ends that are outside of it. */
  onDraw?(rows: readonly [number, number], columns: readonly [number, number]): void;
}

/** The picture; what is not taken is faded. */
export function PictureFrame(props: PictureFrameProps): JSX.Element {
  const { values, offset, rows, columns, label, taken, onDraw } = props;
  const start = useRef<readonly [row: number, column: number]>(undefined);
  const [isDrawing, setIsDrawing] = useState(false);
  const colors = useCallback(
    ({ surface }: Palette) => {
      const ground = rgbOf(surface);
      const [ofRows, ofColumns] = [new Set(taken?.[0]), new Set(taken?.[1])];
      const channels = taken?.[2] ?? [];
      return (row: number, column: number): Rgb => {
        const at = offset + (row * columns + column) * 3;
        const color: Rgb = [values[at] ?? 0, values[at + 1] ?? 0, values[at + 2] ?? 0];
        if (!ofRows.has(row) || !ofColumns.has(column)) return faded(color, ground);
        const shown = (channel: number): number => (channels.includes(channel) ? (color[channel] as number) : 0);
        return [shown(0), shown(1), shown(2)];
      };
    },
    [values, offset, columns, taken],
  );
  const placeOf = (event: PointerEvent): readonly [number, number] => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const within = (share: number, size: number): number => Math.min(size - 1, Math.max(0, Math.floor(share * size)));
    return [
      within((event.clientY - box.top) / box.height, rows),
      within((event.clientX - box.left) / box.width, columns),
    ];
  };
  const move = (event: PointerEvent): void => {
    const from = start.current;
    if (from === undefined) return;
    const to = placeOf(event);
    const span = (i: 0 | 1): readonly [number, number] => [Math.min(from[i], to[i]), Math.max(from[i], to[i]) + 1];
    onDraw?.(span(0), span(1));
  };
  const stop = (): void => {
    start.current = undefined;
    setIsDrawing(false);
  };
  return (
    <div
      class={`tensors-frame${onDraw === undefined ? "" : " is-drawable"}${isDrawing ? " is-drawing" : ""}`}
      onPointerDown={(event) => {
        if (onDraw === undefined || event.button !== 0 || !event.isPrimary) return;
        event.preventDefault();
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
        start.current = placeOf(event);
        setIsDrawing(true);
      }}
      onPointerMove={move}
      onPointerUp={stop}
      onPointerCancel={stop}
    >
      <PixelImage rows={rows} columns={columns} colors={colors} label={label} />
    </div>
  );
}
