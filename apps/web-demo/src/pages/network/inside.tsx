/** What training has made of the network: which digits it mixes up, its worst mistakes, the weights of its first layer. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useApp } from "../../app/appState.ts";
import { fill } from "../../app/words.ts";
import { Figure } from "../../components/figure.tsx";
import { readPalette } from "../../components/palette.ts";
import type { Judgement, WrongDigit } from "./calls.ts";
import type { PartProps } from "./controls.tsx";
import { channels, DigitImage } from "./digitImage.tsx";
import { percent } from "./numbers.ts";

const side = 28;
const classes = 10;

/** The three figures. */
export function Inside({ session, words }: PartProps): JSX.Element {
  const judgement = session.judgement.value;
  if (judgement === undefined) return <p>{words.insideWaiting}</p>;
  const pick = (digit: WrongDigit): void => {
    session.show({ pixels: Float32Array.from(digit.pixels, (byte) => byte / 255), digit });
    document.getElementById("network-pad")?.scrollIntoView({ block: "center" });
  };
  return (
    <div class="wide network-inside">
      <Figure caption={words.confusionCaption}>
        <h3>{words.confusionTitle}</h3>
        <ConfusionTable words={words} confusion={judgement.confusion} />
      </Figure>
      <Figure caption={words.wrongCaption}>
        <h3>{words.wrongTitle}</h3>
        {judgement.worst.length === 0 ? (
          <p>{words.wrongNone}</p>
        ) : (
          <ul class="network-wrong">
            {judgement.worst.map((digit) => (
              <li key={digit.index}>
                <button
                  type="button"
                  aria-label={fill(words.wrongDigit, {
                    label: digit.label,
                    predicted: digit.predicted,
                    probability: percent(digit.probability),
                  })}
                  onClick={() => pick(digit)}
                >
                  <DigitImage pixels={digit.pixels} full={255} />
                  <span>{fill(words.wrongShort, { label: digit.label, predicted: digit.predicted })}</span>
                  <span class="network-sure">{percent(digit.probability)}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Figure>
      <Figure caption={fill(words.weightsCaption, { count: judgement.weights.length })} class="network-weights">
        <h3>{words.weightsTitle}</h3>
        <WeightPictures words={words} weights={judgement.weights} />
      </Figure>
    </div>
  );
}

function ConfusionTable({ words, confusion }: Pick<PartProps, "words"> & Pick<Judgement, "confusion">): JSX.Element {
  const digits = Array.from({ length: classes }, (_, digit) => digit);
  return (
    <table class="network-confusion">
      <thead>
        <tr>
          <td>
            <span class="visually-hidden">{words.confusionCorner}</span>
          </td>
          {digits.map((digit) => (
            <th key={digit} scope="col" aria-label={`${words.confusionColumn} ${digit}`}>
              {digit}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {digits.map((row) => {
          const counts = confusion.slice(row * classes, (row + 1) * classes);
          const total = counts.reduce((sum, value) => sum + value, 0) || 1;
          return (
            <tr key={row}>
              <th scope="row" aria-label={`${words.confusionRow} ${row}`}>
                {row}
              </th>
              {digits.map((column) => {
                const value = counts[column] ?? 0;
                // The root makes single mistakes visible beside hundreds of right answers.
                const depth = Math.round(100 * Math.sqrt(value / total)) * (row === column ? 0.5 : 0.9);
                const color = row === column ? "var(--series-2)" : "var(--series-1)";
                return (
                  <td
                    key={column}
                    class={value === 0 ? "is-none" : undefined}
                    style={{ background: `color-mix(in srgb, ${color} ${depth}%, transparent)` }}
                  >
                    {value}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** All pictures on one canvas, 8 in a row: one scale for all, so that they can be compared. */
function WeightPictures({ words, weights }: Pick<PartProps, "words"> & Pick<Judgement, "weights">): JSX.Element {
  const { theme } = useApp();
  const scheme = theme.scheme.value;
  const element = useRef<HTMLCanvasElement>(null);
  const columns = 8;
  const gap = 2;
  const rows = Math.ceil(weights.length / columns);
  const width = columns * (side + gap) - gap;
  const height = Math.max(1, rows * (side + gap) - gap);
  useLayoutEffect(() => {
    const context = element.current?.getContext("2d");
    if (!context) return;
    const { surface, series } = readPalette();
    const [zero, plus, minus] = [surface, series[0] ?? "", series[1] ?? ""].map(channels);
    const strongest = strengthOf(weights);
    const image = context.createImageData(width, height);
    weights.forEach((picture, unit) => {
      const left = (unit % columns) * (side + gap);
      const top = Math.floor(unit / columns) * (side + gap);
      picture.forEach((weight, i) => {
        const at = 4 * ((top + Math.floor(i / side)) * width + left + (i % side));
        const share = Math.min(1, Math.abs(weight) / strongest);
        const toward = weight > 0 ? plus : minus;
        for (let c = 0; c < 3; c++)
          image.data[at + c] = (zero?.[c] ?? 0) + share * ((toward?.[c] ?? 0) - (zero?.[c] ?? 0));
        image.data[at + 3] = 255;
      });
    });
    context.clearRect(0, 0, width, height);
    context.putImageData(image, 0, 0);
  }, [weights, width, height, scheme]);
  return (
    <canvas
      ref={element}
      class="network-weight-pictures"
      width={width}
      height={height}
      role="img"
      aria-label={fill(words.weightsLabel, { count: weights.length })}
    />
  );
}

/** What counts as full colour: three times the root mean square, so that no single weight makes all others pale. */
function strengthOf(weights: Judgement["weights"]): number {
  let sum = 0;
  let size = 0;
  for (const picture of weights)
    for (const weight of picture) {
      sum += weight * weight;
      size++;
    }
  return 3 * Math.sqrt(sum / Math.max(1, size)) || 1;
}
