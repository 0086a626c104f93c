/** Train, hold, scrub: what the ball and the spiral have in common. */
import type { JSX } from "preact";
import { fill } from "../../app/words.ts";
import { Button } from "../../components/button.tsx";
import { Slider } from "../../components/fields.tsx";
import type { Moment } from "./calls.ts";
import type { Film } from "./film.ts";
import type { PartProps } from "./part.ts";

/** A film and the name of what it shows. */
export interface TrainingControlsProps extends Pick<PartProps, "words"> {
  readonly film: Film<Moment>;
  readonly name: string;
}

/** Numbers, the button, and the slider through the training. */
export function TrainingControls({ film, words, name }: TrainingControlsProps): JSX.Element {
  const moments = film.moments.value;
  const shown = film.shown.value;
  const isTraining = film.isTraining.value;
  const percent = shown === undefined ? "–" : `${(100 * shown.accuracy).toFixed(1)} %`;
  return (
    <div class="paper-training">
      <dl class="paper-numbers">
        <div>
          <dt>{words.step}</dt>
          <dd>{shown?.step ?? "–"}</dd>
        </div>
        <div>
          <dt>{words.loss}</dt>
          <dd>{shown === undefined ? "–" : lossText(shown.loss)}</dd>
        </div>
        <div>
          <dt>{words.accuracy}</dt>
          <dd>{percent}</dd>
        </div>
      </dl>
      <Button
        kind="main"
        disabled={moments.length === 0}
        onClick={() => (isTraining ? film.stop() : void film.start())}
      >
        {isTraining ? words.hold : moments.length > 1 ? words.trainMore : words.train}
        <span class="visually-hidden"> ({name})</span>
      </Button>
      <Slider
        label={words.training}
        value={film.at.value}
        min={0}
        max={Math.max(1, moments.length - 1)}
        step={0.1}
        disabled={moments.length < 2}
        format={(value) => fill(words.stepAt, { step: moments[Math.round(value)]?.step ?? 0 })}
        onInput={(value) => film.seek(value)}
      />
    </div>
  );
}

/** Three places: what is smaller makes no difference to what is seen. */
function lossText(loss: number): string {
  return loss < 0.001 ? "< 0.001" : loss.toFixed(3);
}
