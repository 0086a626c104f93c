/** A sentence that says what happened and what to do, with a way to do it. */
import type { ComponentChildren, JSX } from "preact";

/** What a notice says and offers. */
export interface NoticeProps {
  /** An error is announced at once, the others when the reader's machine has time. */
  readonly kind: "info" | "warning" | "error";
  readonly children: ComponentChildren;
  readonly action?: { readonly label: string; run(): void } | undefined;
}

/** A notice in the flow of the page. */
export function Notice({ kind, children, action }: NoticeProps): JSX.Element {
  return (
    <div class={`notice notice-${kind}`} role={kind === "error" ? "alert" : "status"}>
      <p>{children}</p>
      {action && (
        <button type="button" class="button button-quiet" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}
