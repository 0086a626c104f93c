/** The reader's own text as a matrix of zeros and ones. */
import type { JSX } from "preact";
import { useCallback, useId } from "preact/hooks";
import { fill } from "../../app/words.ts";
import { Figure } from "../../components/figure.tsx";
import type { Palette } from "../../components/palette.ts";
import { Rich } from "../../components/rich.tsx";
import { FactsList } from "./factsList.tsx";
import { faded, PixelImage, type Rgb, rgbOf } from "./pixelImage.tsx";
import { Slicer } from "./slicer.tsx";
import type { PartProps } from "./smallRanks.tsx";
import { countOutside, tweetLength, tweetSymbols, tweetTexts } from "./tweetCodes.ts";

/** The figure. */
export function Tweets({ session, words }: PartProps): JSX.Element {
  const { tweets } = session;
  const id = useId();
  const source = tweets.source.value;
  const text = source.kind === "tweets" ? source.text : "";
  const outside = countOutside(text);
  const whole = tweets.whole.ready.value?.output;
  const places = tweets.part.ready.value?.output.places;
  // The tweet that the slice begins with.
  const shown = places?.[0]?.[0] ?? tweetTexts.length;
  const colors = useCallback(
    ({ surface, line, ink, accent }: Palette) => {
      const [ground, grid, dark, dot] = [rgbOf(surface), rgbOf(line), rgbOf(ink), rgbOf(accent)];
      const [of, codes] = [new Set(places?.[1]), new Set(places?.[2])];
      const isShownTaken = places?.[0]?.includes(shown) === true;
      const offset = shown * tweetLength * tweetSymbols;
      return (row: number, column: number): Rgb => {
        // Columns are places in the text, rows codes: turned, so that it reads from left to right.
        // A one is drawn a code taller on both sides: a single square of 280 × 128 is hard to see.
        const isOneAt = (code: number): boolean =>
          code >= 0 && code < tweetSymbols && whole?.values[offset + column * tweetSymbols + code] === 1;
        const isOne = isOneAt(row - 1) || isOneAt(row) || isOneAt(row + 1);
        const isTaken = isShownTaken && of.has(column) && codes.has(row);
        if (isOne) return isTaken ? dot : faded(dark, ground);
        return isTaken ? grid : ground;
      };
    },
    [whole, places, shown],
  );
  return (
    <>
      <p>
        <Rich text={words.tweetsText} />
      </p>
      <Figure wide caption={words.tweetsCaption}>
        <div class="tensors-sides">
          <div>
            <div class="field">
              <label for={id}>{words.tweetField}</label>
              <textarea
                id={id}
                rows={3}
                maxLength={tweetLength}
                value={text}
                aria-describedby={`${id}-hint`}
                onInput={(event) => {
                  tweets.source.value = { kind: "tweets", text: event.currentTarget.value };
                }}
              />
              <p class="hint" id={`${id}-hint`}>
                {fill(words.tweetCount, { count: [...text].length, most: tweetLength })}
                {outside > 0 && ` ${fill(words.tweetOutside, { count: outside })}`}
              </p>
            </div>
            <p class="tensors-axis-note">{fill(words.tweetAxes, { number: shown })}</p>
            <PixelImage
              rows={tweetSymbols}
              columns={tweetLength}
              colors={colors}
              label={words.tweetLabel}
              class="tensors-map tensors-dots"
            />
            <FactsList words={words} facts={whole?.facts} name="tweets" />
          </div>
          <Slicer
            words={words}
            exhibit={tweets}
            name="tweets"
            axes={[words.axisTweet, words.axisPlace, words.axisSymbol]}
            presets={[
              { label: words.presetOwn, fields: ["2", "null", "null"] },
              { label: words.presetCapitals, fields: ["2", "null", "[65, 91]"] },
              { label: words.presetFirstSign, fields: ["null", "0", "null"] },
              { label: words.presetEveryA, fields: ["2", "null", "97"] },
            ]}
          />
        </div>
      </Figure>
    </>
  );
}
