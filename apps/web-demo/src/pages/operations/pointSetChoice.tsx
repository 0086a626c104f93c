/** Which points the maps are shown on. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { Segments } from "../../components/fields.tsx";
import type { PointSetName } from "./session.ts";
import type { PartProps } from "./words.ts";

const names: readonly PointSetName[] = ["grid", "letter", "photo"];

/** Grid, letter (any character) or photo. */
export function PointSetChoice({ session, words }: PartProps): JSX.Element {
  const id = useId();
  const name = session.setName.value;
  return (
    <div class="operations-set">
      <Segments
        label={words.pointSet}
        value={name}
        options={names.map((value) => ({ value, label: words[`set.${value}`] }))}
        onChange={(value) => {
          session.setName.value = value;
        }}
      />
      {name === "letter" && (
        <div class="field operations-letter">
          <label for={id}>{words.letter}</label>
          <input
            id={id}
            type="text"
            autocomplete="off"
            value={session.letter.value}
            onInput={(event) => {
              const last = [...event.currentTarget.value.trim()].at(-1);
              if (last !== undefined) session.letter.value = last;
            }}
          />
        </div>
      )}
    </div>
  );
}
