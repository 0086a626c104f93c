/** Labelled controls: choices, numbers, sliders. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  readonly label: string;
  /** A short explanation under the control. */
  readonly hint?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** One of some values. */
export interface SelectProps<V extends string> extends FieldProps {
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string; readonly disabled?: boolean }[];
  onChange(value: V): void;
}

/** A drop-down list. */
export function Select<V extends string>(props: SelectProps<V>): JSX.Element {
  const { label, hint, disabled, value, options, onChange } = props;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.value as V)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <Hint id={id} text={hint} />
    </div>
  );
}

/** A number that is typed. */
export interface NumberFieldProps extends FieldProps {
  readonly value: string;
  /** What is wrong with the value, or undefined. */
  readonly problem?: string | undefined;
  /** Whether it is a whole number; default true. Phones then show digits only. */
  readonly whole?: boolean;
  onInput(text: string): void;
}

/** A text field for a number: it keeps what was typed, and says what is wrong with it. */
export function NumberField(props: NumberFieldProps): JSX.Element {
  const { label, hint, disabled, value, problem, whole = true, onInput } = props;
  const id = useId();
  const described = problem !== undefined || hint !== undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode={whole ? "numeric" : "decimal"}
        autocomplete="off"
        spellcheck={false}
        value={value}
        disabled={disabled}
        aria-invalid={problem !== undefined}
        aria-describedby={described ? `${id}-hint` : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <Hint id={id} text={problem ?? hint} isProblem={problem !== undefined} />
    </div>
  );
}

/** A number on a scale. */
export interface SliderProps extends FieldProps {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** How the value is shown and read out; default: as it is. */
  format?(value: number): string;
  onInput(value: number): void;
}

/** A slider with its value beside the label. */
export function Slider(props: SliderProps): JSX.Element {
  const { label, hint, disabled, value, min, max, step, format = String, onInput } = props;
  const id = useId();
  return (
    <div class="field field-slider">
      <label for={id}>{label}</label>
      <output for={id}>{format(value)}</output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        aria-valuetext={format(value)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
      <Hint id={id} text={hint} />
    </div>
  );
}

/** One of a few values, all in view. */
export interface SegmentsProps<V extends string> extends FieldProps {
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  onChange(value: V): void;
}

/** A row of choices; a radio group to the keyboard and to screen readers. */
export function Segments<V extends string>(props: SegmentsProps<V>): JSX.Element {
  const { label, hint, disabled, value, options, onChange } = props;
  const id = useId();
  return (
    <fieldset class="field segments" disabled={disabled}>
      <legend>{label}</legend>
      <div class="segments-row">
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <Hint id={id} text={hint} />
    </fieldset>
  );
}

/** On or off. */
export interface CheckProps extends FieldProps {
  readonly checked: boolean;
  onChange(checked: boolean): void;
}

/** A check box. */
export function Check({ label, hint, disabled, checked, onChange }: CheckProps): JSX.Element {
  const id = useId();
  return (
    <div class="field field-check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      <Hint id={id} text={hint} />
    </div>
  );
}

function Hint(props: { readonly id: string; readonly text: string | undefined; readonly isProblem?: boolean }) {
  const { id, text, isProblem = false } = props;
  if (text === undefined) return null;
  return (
    <p id={`${id}-hint`} class={isProblem ? "hint hint-problem" : "hint"}>
      {text}
    </p>
  );
}
