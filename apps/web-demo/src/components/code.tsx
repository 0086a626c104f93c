/** TypeScript to read and copy. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../app/appState.ts";
import { tokensOf } from "./typescriptTokens.ts";

/** The code and what it is called. */
export interface CodeProps {
  readonly code: string;
  /** The name of the region for screen readers. */
  readonly label: string;
}

/** Coloured code with a button that copies it. */
export function Code({ code, label }: CodeProps): JSX.Element {
  const { words } = useApp();
  const [outcome, setOutcome] = useState<"copied" | "copyFailed">();
  useEffect(() => {
    if (outcome !== "copied") return;
    const timer = setTimeout(() => setOutcome(undefined), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (): void => {
    // Without a secure context there is no clipboard.
    const writing = navigator.clipboard?.writeText(code) ?? Promise.reject(new Error("no clipboard"));
    writing.then(
      () => setOutcome("copied"),
      () => setOutcome("copyFailed"),
    );
  };
  const texts = words.value;
  return (
    <section class="code" aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, by keyboard too. */}
      <pre tabIndex={0}>
        <code>
          {tokensOf(code).map(({ kind, text }, i) =>
            kind === "plain" ? (
              text
            ) : (
              <span key={i} class={`token-${kind}`}>
                {text}
              </span>
            ),
          )}
        </code>
      </pre>
      <button type="button" class="button button-quiet code-copy" onClick={copy}>
        {outcome === "copied" ? texts.copied : texts.copy}
      </button>
      <p class="code-outcome" role="status">
        {outcome === "copyFailed" ? texts.copyFailed : ""}
      </p>
    </section>
  );
}
