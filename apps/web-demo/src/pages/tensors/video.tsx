/** Films: clips × frames × height × width × channels, as a strip of frames, and the slice as a film that plays. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useApp } from "../../app/appState.ts";
import { fill } from "../../app/words.ts";
import { Button } from "../../components/button.tsx";
import { Slider } from "../../components/fields.tsx";
import { Figure } from "../../components/figure.tsx";
import { Rich } from "../../components/rich.tsx";
import type { Part } from "./calls.ts";
import { FactsList } from "./factsList.tsx";
import { PictureFrame } from "./pictureFrame.tsx";
import { filmCount, filmShape } from "./pictures.ts";
import { ResultPicture } from "./resultPicture.tsx";
import { Slicer } from "./slicer.tsx";
import type { PartProps } from "./smallRanks.tsx";

const [frames, rows, columns, channels] = filmShape;
const frameSize = rows * columns * channels;
/** Time of a frame in ms. */
const frameTime = 90;

/** The figure. */
export function Video({ session, words }: PartProps): JSX.Element {
  const { video } = session;
  const whole = video.whole.ready.value?.output;
  const part = video.part.ready.value?.output;
  const names = [words.filmBall, words.filmDay];
  const clip = part?.places[0]?.[0] ?? 0;
  const taken = useMemo(
    () =>
      part === undefined ? undefined : ([part.places[2] ?? [], part.places[3] ?? [], part.places[4] ?? []] as const),
    [part],
  );
  const isTaken = (frame: number): boolean =>
    part?.places[0]?.includes(clip) === true && part.places[1]?.includes(frame) === true;
  return (
    <>
      <p>
        <Rich text={words.videoText} />
      </p>
      <Figure wide caption={words.videoCaption}>
        <div class="tensors-sides">
          <div>
            <p class="tensors-axis-note">{fill(words.stripTitle, { clip, name: names[clip] ?? "" })}</p>
            {whole !== undefined && (
              <ol class="tensors-strip" start={0}>
                {Array.from({ length: frames }, (_, frame) => (
                  <li key={frame} class={isTaken(frame) ? "is-taken" : undefined}>
                    <PictureFrame
                      values={whole.values}
                      offset={(clip * frames + frame) * frameSize}
                      rows={rows}
                      columns={columns}
                      taken={isTaken(frame) ? taken : undefined}
                      label={fill(isTaken(frame) ? words.frameTaken : words.frameLeft, { frame })}
                    />
                    <span aria-hidden="true">{frame}</span>
                  </li>
                ))}
              </ol>
            )}
            <FactsList words={words} facts={whole?.facts} name="films" />
            {part !== undefined && <Player words={words} part={part} />}
          </div>
          <div>
            <Slicer
              words={words}
              exhibit={video}
              name="films"
              axes={[words.axisFilm, words.axisFrame, words.axisHeight, words.axisWidth, words.axisChannel]}
              prints={false}
              presets={[
                { label: words.presetOther, fields: [String(filmCount - 1 - clip), "null", "null", "null", "null"] },
                { label: words.presetReverse, fields: [String(clip), "[null, null, -1]", "null", "null", "null"] },
                { label: words.presetFast, fields: [String(clip), "[null, null, 3]", "null", "null", "null"] },
                { label: words.presetStill, fields: [String(clip), "8", "null", "null", "null"] },
                { label: words.presetWindow, fields: [String(clip), "null", "[0, 40]", "[20, 60]", "null"] },
              ]}
            />
          </div>
        </div>
      </Figure>
    </>
  );
}

/** Plays the slice's frames, film after film. Where less motion is asked for it stands until it is started. */
function Player({ words, part }: Pick<PartProps, "words"> & { readonly part: Part }): JSX.Element {
  const { isMotionReduced } = useApp();
  const [isPlaying, setIsPlaying] = useState(false);
  const [frame, setFrame] = useState(0);
  const count = (part.places[0]?.length ?? 0) * (part.places[1]?.length ?? 0);
  const at = Math.min(frame, Math.max(0, count - 1));
  const runs = isPlaying && count > 1;
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(
      () => setFrame((old) => (old + 1) % count),
      isMotionReduced.value ? 4 * frameTime : frameTime,
    );
    return () => clearInterval(timer);
  }, [runs, count]);
  return (
    <div class="tensors-player">
      <p class="tensors-axis-note">{words.filmResultTitle}</p>
      <ResultPicture part={part} at={at} label={fill(words.playerLabel, { frame: at, count })} />
      {count > 1 && (
        <div class="tensors-player-controls">
          <Button pressed={isPlaying} onClick={() => setIsPlaying(!isPlaying)}>
            {isPlaying ? words.stop : words.play}
          </Button>
          <Slider
            label={words.playerFrame}
            value={at}
            min={0}
            max={count - 1}
            step={1}
            onInput={(value) => {
              setIsPlaying(false);
              setFrame(value);
            }}
          />
        </div>
      )}
    </div>
  );
}
