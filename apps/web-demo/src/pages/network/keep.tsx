/** Saving and loading the network, sharing the settings. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { useApp } from "../../app/appState.ts";
import { fill } from "../../app/words.ts";
import { Button } from "../../components/button.tsx";
import type { PartProps } from "./controls.tsx";
import { percent } from "./numbers.ts";
import { writeQuery } from "./settings.ts";

/** Three buttons and what came of them. */
export function Keep({ session, words }: PartProps): JSX.Element {
  const { router } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const save = async (): Promise<void> => {
    const bytes = await session.save();
    if (bytes === undefined) return;
    const url = URL.createObjectURL(new Blob([bytes], { type: "application/zip" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "digits.keras";
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  const load = async (): Promise<void> => {
    const file = input.current?.files?.[0];
    if (file === undefined) return;
    setSaid("");
    await session.load(file);
    // The same file can be chosen again.
    if (input.current !== null) input.current.value = "";
    const judgement = session.judgement.peek();
    if (session.trouble.peek() === undefined && judgement !== undefined)
      setSaid(fill(words.loadedModel, { units: session.draft.peek().units, accuracy: percent(judgement.accuracy, 2) }));
  };
  const share = (): void => {
    const link = router.addressWith(writeQuery(session.draft.peek()));
    const writing = navigator.clipboard?.writeText(link) ?? Promise.reject(new Error("no clipboard"));
    writing.then(
      () => setSaid(words.shared),
      () => setSaid(fill(words.shareFailed, { link })),
    );
  };
  const isHeld = session.phase.value === "running" || session.phase.value === "starting";
  const isRunning = isHeld || session.phase.value === "paused";
  return (
    <>
      <div class="button-row">
        <Button disabled={!session.hasNetwork.value || isHeld} onClick={() => void save()}>
          {words.save}
        </Button>
        <Button disabled={isRunning || session.data.value.kind !== "ready"} onClick={() => input.current?.click()}>
          {words.load}
        </Button>
        <Button kind="quiet" onClick={share}>
          {words.share}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        accept=".keras,.h5"
        class="visually-hidden"
        tabIndex={-1}
        aria-label={words.load}
        onChange={() => void load()}
      />
      <p class="hint" role="status">
        {said}
      </p>
    </>
  );
}
