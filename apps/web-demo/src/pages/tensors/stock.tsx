/** Prices of a year of trading: days × minutes × (price, high, low), as a map, and the slice as curves. */
import type { JSX } from "preact";
import { useCallback } from "preact/hooks";
import { Canvas, type Sheet } from "../../components/canvas.tsx";
import { Figure } from "../../components/figure.tsx";
import { Rich } from "../../components/rich.tsx";
import type { Part } from "./calls.ts";
import { FactsList } from "./factsList.tsx";
import { blend, faded, PixelImage, type Rgb, rgbOf } from "./pixelImage.tsx";
import { Slicer } from "./slicer.tsx";
import type { PartProps } from "./smallRanks.tsx";

const features = 3;

/** The figure. */
export function Stock({ session, words }: PartProps): JSX.Element {
  const { stock } = session;
  const whole = stock.whole.ready.value?.output;
  const part = stock.part.ready.value?.output;
  const [days = 0, minutes = 0] = whole?.facts.shape ?? [];
  const colors = useCallback(
    ({ surface, series }: { readonly surface: string; readonly series: readonly string[] }) => {
      const values = whole?.values ?? new Float32Array(0);
      const ground = rgbOf(surface);
      const [low, high] = [rgbOf(series[1] ?? "#000"), rgbOf(series[0] ?? "#000")];
      const [least, most] = rangeOf(values);
      const [dayPlaces, minutePlaces] = [new Set(part?.places[0]), new Set(part?.places[1])];
      return (row: number, column: number): Rgb => {
        const value = values[(row * minutes + column) * features] ?? 0;
        const share = (value - least) / (most - least || 1);
        const color = share < 0.5 ? blend(low, ground, 2 * share) : blend(ground, high, 2 * share - 1);
        return dayPlaces.has(row) && minutePlaces.has(column) ? color : faded(color, ground);
      };
    },
    [whole, part, minutes],
  );
  return (
    <>
      <p>
        <Rich text={words.stockText} />
      </p>
      <Figure wide caption={words.stockCaption}>
        <div class="tensors-sides">
          <div>
            <p class="tensors-axis-note">{words.stockAxes}</p>
            <PixelImage rows={days} columns={minutes} colors={colors} label={words.stockLabel} class="tensors-map" />
            <Curves words={words} part={part} />
            <FactsList words={words} facts={whole?.facts} name="prices" />
          </div>
          <Slicer
            words={words}
            exhibit={stock}
            name="prices"
            axes={[words.axisDay, words.axisMinute, words.axisFeature]}
            presets={[
              { label: words.presetQuarter, fields: ["[120, 183]", "null", "0"] },
              { label: words.presetDay, fields: ["120", "null", "0"] },
              { label: words.presetDayAll, fields: ["120", "null", "null"] },
              { label: words.presetLastMinute, fields: ["null", "-1", "0"] },
              { label: words.presetMornings, fields: ["[0, 5]", "[0, 60]", "0"] },
            ]}
          />
        </div>
      </Figure>
    </>
  );
}

function rangeOf(values: ArrayLike<number>): readonly [least: number, most: number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? [least, most] : [0, 1];
}

/** The slice's numbers in order, a curve for each feature that it has. */
function Curves({ words, part }: Pick<PartProps, "words"> & { readonly part: Part | undefined }): JSX.Element {
  const draw = useCallback(
    ({ context, width, height, palette }: Sheet) => {
      if (part === undefined || part.values.length === 0) return;
      const kinds = part.places[2] ?? [];
      const count = part.values.length / kinds.length;
      const [least, most] = rangeOf(part.values);
      const pad = { left: 52, top: 10, bottom: 8 };
      const y = (value: number): number =>
        pad.top + (1 - (value - least) / (most - least || 1)) * (height - pad.top - pad.bottom);
      const x = (i: number): number => pad.left + (i / Math.max(1, count - 1)) * (width - pad.left - 4);
      context.font = "12px system-ui, sans-serif";
      context.textAlign = "right";
      context.textBaseline = "middle";
      for (const value of [least, (least + most) / 2, most]) {
        context.strokeStyle = palette.line;
        context.beginPath();
        context.moveTo(pad.left, y(value));
        context.lineTo(width, y(value));
        context.stroke();
        context.fillStyle = palette.inkSoft;
        context.fillText(value.toFixed(2), pad.left - 6, y(value));
      }
      // High and low in other dashes, so that no colour is needed to tell them apart.
      kinds.forEach((kind, k) => {
        context.strokeStyle = palette.series[[0, 2, 1][kind] ?? 0] ?? palette.ink;
        context.lineWidth = kind === 0 ? 1.6 : 1;
        context.setLineDash([[], [5, 3], [1.5, 2.5]][kind] ?? []);
        context.beginPath();
        for (let i = 0; i < count; i++) context.lineTo(x(i), y(part.values[i * kinds.length + k] as number));
        if (count === 1) context.arc(x(0), y(part.values[k] as number), 3, 0, 7);
        context.stroke();
      });
    },
    [part],
  );
  return <Canvas label={words.stockCurveLabel} ratio={0.34} draw={draw} class="tensors-curves" />;
}
