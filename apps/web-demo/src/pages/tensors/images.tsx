/** Pictures: a batch of height × width × channels, one to pick, its channels, and the slice on it. */
import type { JSX } from "preact";
import { useCallback, useMemo, useState } from "preact/hooks";
import { fill } from "../../app/words.ts";
import { Figure } from "../../components/figure.tsx";
import { Notice } from "../../components/notice.tsx";
import { Rich } from "../../components/rich.tsx";
import type { Elements } from "./calls.ts";
import { FactsList } from "./factsList.tsx";
import { PictureFrame } from "./pictureFrame.tsx";
import { pictureCount, pictureShape } from "./pictures.ts";
import { PixelImage, type Rgb } from "./pixelImage.tsx";
import { pixelsOf } from "./pixelsOf.ts";
import { ResultPicture } from "./resultPicture.tsx";
import { Slicer } from "./slicer.tsx";
import type { PartProps } from "./smallRanks.tsx";

const [rows, columns, channels] = pictureShape;
const size = rows * columns * channels;

/** The figure. */
export function Images({ session, words }: PartProps): JSX.Element {
  const { images } = session;
  const whole = images.whole.ready.value?.output;
  const part = images.part.ready.value?.output;
  const picked = part?.places[0] ?? [];
  const shown = Math.min(picked[0] ?? 0, (whole?.facts.shape[0] ?? 1) - 1);
  const names = [words.pictureDusk, words.pictureBoat, words.pictureGlass, words.pictureOwn];
  const taken = useMemo(
    () =>
      part === undefined || !part.places[0]?.includes(shown)
        ? undefined
        : ([part.places[1] ?? [], part.places[2] ?? [], part.places[3] ?? []] as const),
    [part, shown],
  );
  return (
    <>
      <p>
        <Rich text={words.imagesText} />
      </p>
      <Figure wide caption={words.imagesCaption}>
        <ul class="tensors-pick" aria-label={words.pickPicture}>
          {whole !== undefined &&
            names.slice(0, whole.facts.shape[0]).map((name, i) => (
              <li key={name}>
                <button type="button" aria-pressed={picked.includes(i)} onClick={() => images.setField(0, String(i))}>
                  <Thumbnail values={whole.values} at={i} />
                  <span>
                    <code>{i}</code> {name}
                  </span>
                </button>
              </li>
            ))}
          <li>
            <OwnPicture session={session} words={words} />
          </li>
        </ul>
        <div class="tensors-sides">
          <div>
            {whole !== undefined && (
              <>
                <div class="tensors-picture">
                  <span class="tensors-edge tensors-edge-height">{fill(words.edgeHeight, { size: rows })}</span>
                  <span class="tensors-edge tensors-edge-width">{fill(words.edgeWidth, { size: columns })}</span>
                  <PictureFrame
                    values={whole.values}
                    offset={shown * size}
                    rows={rows}
                    columns={columns}
                    taken={taken}
                    label={fill(words.pictureLabel, { name: names[shown] ?? "" })}
                    onDraw={(ofRows, ofColumns) => {
                      images.fields.value = [
                        String(shown),
                        `[${ofRows.join(", ")}]`,
                        `[${ofColumns.join(", ")}]`,
                        images.fields.peek()[3] ?? "null",
                      ];
                    }}
                  />
                </div>
                <Channels words={words} values={whole.values} at={shown} />
              </>
            )}
            <FactsList words={words} facts={whole?.facts} name="images" />
          </div>
          <div>
            <Slicer
              words={words}
              exhibit={images}
              name="images"
              axes={[words.axisPicture, words.axisHeight, words.axisWidth, words.axisChannel]}
              prints={false}
              presets={[
                { label: words.presetCorner, fields: [String(shown), "[0, 60]", "[0, 80]", "null"] },
                { label: words.presetCoarse, fields: [String(shown), "[null, null, 6]", "[null, null, 6]", "null"] },
                { label: words.presetMirror, fields: [String(shown), "null", "[null, null, -1]", "null"] },
                { label: words.presetRed, fields: [String(shown), "null", "null", "0"] },
                { label: words.presetSwap, fields: [String(shown), "null", "null", "[null, null, -1]"] },
                { label: words.presetBatch, fields: ["null", "[30, 100]", "[40, 140]", "null"] },
              ]}
            />
            {part !== undefined && (
              <div class="tensors-results">
                <p class="tensors-axis-note">{words.resultTitle}</p>
                <div class="tensors-result-row">
                  {picked.map((place, i) => (
                    <ResultPicture
                      key={place}
                      part={part}
                      at={i}
                      label={fill(words.resultLabel, { name: names[place] ?? "" })}
                    />
                  ))}
                </div>
              </div>
            )}
          </div>
        </div>
      </Figure>
    </>
  );
}

function Thumbnail({ values, at }: { readonly values: Elements; readonly at: number }): JSX.Element {
  const colors = useCallback(() => (row: number, column: number) => pixel(values, at, row, column), [values, at]);
  return <PixelImage rows={rows} columns={columns} colors={colors} smooth />;
}

function pixel(values: Elements, at: number, row: number, column: number): Rgb {
  const start = at * size + (row * columns + column) * channels;
  return [values[start] ?? 0, values[start + 1] ?? 0, values[start + 2] ?? 0];
}

/** The three channels, each in its own light. */
function Channels(props: Pick<PartProps, "words"> & { readonly values: Elements; readonly at: number }): JSX.Element {
  const { words, values, at } = props;
  const names = [words.channelRed, words.channelGreen, words.channelBlue];
  return (
    <ul class="tensors-channels" aria-label={words.channelsLabel}>
      {names.map((name, channel) => (
        <li key={name}>
          <Channel values={values} at={at} channel={channel} />
          <span>
            <code>{channel}</code> {name}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Channel(props: { readonly values: Elements; readonly at: number; readonly channel: number }): JSX.Element {
  const { values, at, channel } = props;
  const colors = useCallback(
    () =>
      (row: number, column: number): Rgb => {
        const color: [number, number, number] = [0, 0, 0];
        color[channel] = pixel(values, at, row, column)[channel] as number;
        return color;
      },
    [values, at, channel],
  );
  return <PixelImage rows={rows} columns={columns} colors={colors} smooth />;
}

function OwnPicture({ session, words }: PartProps): JSX.Element {
  const [hasFailed, setHasFailed] = useState(false);
  const { images } = session;
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    try {
      images.source.value = { kind: "images", own: await pixelsOf(file, rows, columns) };
      images.setField(0, String(pictureCount));
      setHasFailed(false);
    } catch {
      setHasFailed(true);
    }
  };
  return (
    <>
      <label class="button tensors-own">
        {words.ownPicture}
        <input
          type="file"
          accept="image/*"
          class="visually-hidden"
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </label>
      {hasFailed && <Notice kind="error">{words.ownFailed}</Notice>}
    </>
  );
}
