/** What a run is made of, to be set. */
import type { JSX } from "preact";
import { useApp } from "../../app/appState.ts";
import { fill, type Words } from "../../app/words.ts";
import { NumberField, Select } from "../../components/fields.tsx";
import { Notice } from "../../components/notice.tsx";
import { backendNames } from "../../compute/backendNames.ts";
import type { en } from "./en.ts";
import type { NetworkSession } from "./session.ts";
import { activationNames, type Field, type NumberName, optimizerNames } from "./settings.ts";

/** What parts of the page are given. */
export interface PartProps {
  readonly session: NetworkSession;
  readonly words: Words<typeof en>;
}

/** The form; held while a run is under way. */
export function Controls({ session, words }: PartProps): JSX.Element {
  const { draft, reading, phase, obstacles } = session;
  const isHeld = phase.value !== "idle" && phase.value !== "done";
  const { settings } = reading.value;
  const wrong: readonly Field[] = settings === undefined ? (reading.value as { wrong: readonly Field[] }).wrong : [];
  const obstacle = obstacles.get(draft.value.backend as (typeof backendNames)[number]);
  const number = (name: NumberName, whole = true): JSX.Element => (
    <NumberField
      label={words[name]}
      value={draft.value[name]}
      whole={whole}
      disabled={isHeld}
      problem={wrong.includes(name) ? words[`wrong.${name}`] : undefined}
      onInput={(text) => session.set(name, text)}
    />
  );
  return (
    <div class="network-settings">
      <div class="controls">
        {number("units")}
        <Select
          label={words.activation}
          value={draft.value.activation}
          options={activationNames.map((value) => ({ value, label: value }))}
          disabled={isHeld}
          onChange={(value) => session.set("activation", value)}
        />
        <Select
          label={words.optimizer}
          value={draft.value.optimizer}
          options={optimizerNames.map((value) => ({ value, label: value }))}
          disabled={isHeld}
          onChange={(value) => session.set("optimizer", value)}
        />
        {number("learningRate", false)}
        {number("batchSize")}
        {number("epochs")}
      </div>
      <Select
        label={words.backend}
        value={draft.value.backend}
        options={backendNames.map((value) => ({
          value,
          label: obstacles.has(value)
            ? `${words[`backend.${value}`]} (${words.unavailable})`
            : words[`backend.${value}`],
        }))}
        disabled={isHeld}
        hint={isHeld ? words.lockedHint : obstacle && words[`obstacle.${obstacle}`]}
        onChange={(value) => session.set("backend", value)}
      />
    </div>
  );
}

/** What was wrong in the address. */
export function AddressNotices({ session, words }: PartProps): JSX.Element {
  return (
    <>
      {session.badEntries.value.map(({ name, value, instead }) => (
        <Notice kind="warning" key={name}>
          {instead === undefined
            ? fill(words.badName, { name })
            : fill(words.badEntry, { name, value: value.slice(0, 40), instead })}
        </Notice>
      ))}
    </>
  );
}

/** What went wrong with the run or a file. */
export function TroubleNotice({ session, words }: PartProps): JSX.Element | null {
  const { words: shell } = useApp();
  const data = session.data.value;
  if (data.kind === "failed")
    return (
      <Notice kind="error" action={{ label: shell.value.tryAgain, run: () => void session.loadDigits() }}>
        {fill(words.dataFailed, { message: data.message })}
      </Notice>
    );
  const trouble = session.trouble.value;
  if (trouble === undefined) return null;
  const close = (): void => {
    session.trouble.value = undefined;
  };
  return (
    <Notice kind="error" stays action={{ label: shell.value.close, run: close }}>
      {troubleText(trouble, words)}
    </Notice>
  );
}

function troubleText(trouble: NonNullable<NetworkSession["trouble"]["value"]>, words: PartProps["words"]): string {
  switch (trouble.kind) {
    case "diverged":
      return words.diverged;
    case "tooLarge":
      return fill(words.fileTooLarge, { size: trouble.megabytes });
    case "run":
      return fill(words.runFailed, trouble);
    case "load":
      return fill(words.loadFailed, trouble);
    case "save":
      return fill(words.saveFailed, trouble);
  }
}
