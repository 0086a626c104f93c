/** What a slice of pictures gives, drawn as pictures again. */
import type { JSX } from "preact";
import { useCallback } from "preact/hooks";
import type { Part } from "./calls.ts";
import { PixelImage, type Rgb } from "./pixelImage.tsx";

/** The slice and one of its pictures. */
export interface ResultPictureProps {
  readonly part: Part;
  /** Which picture of the slice, counted over all leading axes. */
  readonly at: number;
  readonly label?: string;
}

/** One channel is drawn in grays, three as they come: reversed channels are seen. Two leave the third dark. */
export function ResultPicture({ part, at, label }: ResultPictureProps): JSX.Element | null {
  const [rows, columns, channels] = part.places.slice(-3).map(({ length }) => length) as [number, number, number];
  const colors = useCallback(
    () =>
      (row: number, column: number): Rgb => {
        const start = ((at * rows + row) * columns + column) * channels;
        const value = (channel: number): number => (channel < channels ? (part.values[start + channel] ?? 0) : 0);
        return channels === 1 ? [value(0), value(0), value(0)] : [value(0), value(1), value(2)];
      },
    [part, at, rows, columns, channels],
  );
  if (rows * columns * channels === 0) return null;
  return (
    <PixelImage
      rows={rows}
      columns={columns}
      colors={colors}
      class="tensors-result"
      {...(label !== undefined && { label })}
    />
  );
}
