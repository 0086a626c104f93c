/** The slice of a tensor, typed axis by axis: its code, its attributes, and what the library says where it cannot be. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { fill } from "../../app/words.ts";
import { Button } from "../../components/button.tsx";
import { Code } from "../../components/code.tsx";
import { Notice } from "../../components/notice.tsx";
import { FactsList } from "./factsList.tsx";
import { readRange, sliceCode } from "./rangeText.ts";
import type { Exhibit } from "./session.ts";
import type { TensorsWords } from "./words.ts";

/** A slice worth trying. */
export interface Preset {
  readonly label: string;
  readonly fields: readonly string[];
}

/** What is sliced. */
export interface SlicerProps {
  readonly words: TensorsWords;
  readonly exhibit: Exhibit;
  /** What the code calls the tensor. */
  readonly name: string;
  /** The names of its axes. */
  readonly axes: readonly string[];
  readonly presets: readonly Preset[];
  /** Whether the result is printed as the library prints it; default true. */
  readonly prints?: boolean;
}

/** Fields, code, result. */
export function Slicer({ words, exhibit, name, axes, presets, prints = true }: SlicerProps): JSX.Element {
  const fields = exhibit.fields.value;
  const ranges = exhibit.ranges.value;
  const answer = exhibit.part.answer.value;
  const part = exhibit.part.ready.value?.output;
  const shape = exhibit.whole.ready.value?.output.facts.shape;
  const printed = part === undefined ? "" : part.text.replaceAll(/^/gm, "// ");
  const isRefused = ranges === undefined || answer?.kind === "refused";
  const code = ranges === undefined ? `${name}.slice(…)` : sliceCode(name, ranges);
  return (
    <div class="tensors-slicer">
      <fieldset class="tensors-axes">
        <legend>{words.sliceTitle}</legend>
        {fields.map((text, axis) => (
          <AxisField
            key={axis}
            label={fill(words.axisLabel, { axis, name: axes[axis] ?? "", size: shape?.[axis] ?? "…" })}
            text={text}
            problem={readRange(text) === undefined ? words.rangeProblem : undefined}
            onInput={(typed) => exhibit.setField(axis, typed)}
          />
        ))}
      </fieldset>
      <div class="button-row tensors-presets">
        {presets.map((preset) => (
          <Button
            key={preset.label}
            pressed={preset.fields.join() === fields.join()}
            onClick={() => {
              exhibit.fields.value = preset.fields;
            }}
          >
            {preset.label}
          </Button>
        ))}
      </div>
      <Code code={prints && !isRefused ? `${code};\n${printed}` : `${code};`} label={words.codeLabel} />
      {answer?.kind === "refused" && ranges !== undefined && (
        <Notice kind="warning">
          <strong>{answer.error}:</strong> {answer.message}
        </Notice>
      )}
      <FactsList words={words} facts={isRefused ? undefined : part?.facts} name={words.theSlice} />
    </div>
  );
}

interface AxisFieldProps {
  readonly label: string;
  readonly text: string;
  readonly problem: string | undefined;
  onInput(text: string): void;
}

function AxisField({ label, text, problem, onInput }: AxisFieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        class="tensors-range"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {problem !== undefined && (
        <p class="hint hint-problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
