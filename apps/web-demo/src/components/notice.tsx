/** A sentence that says what happened and what to do, with a way to do it. */
import type { ComponentChildren, JSX } from "preact";

/** What a notice says and offers. */
export interface NoticeProps {
  /** An error is announced at once, the others when the reader's machine has time. */
  readonly kind: "info" | "warning" | "error";
  /** At the bottom of the window, wherever the reader is on the page, instead of in its flow; default false. */
  readonly stays?: boolean;
  readonly children: ComponentChildren;
  readonly action?: { readonly label: string; run(): void } | undefined;
}

/** The notice. */
export function Notice({ kind, stays = false, children, action }: NoticeProps): JSX.Element {
  return (
    <div class={`notice notice-${kind}${stays ? " notice-stays" : ""}`} role={kind === "error" ? "alert" : "status"}>
      <p>{children}</p>
      {action && (
        <button type="button" class="button button-quiet" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}
