/** Whether the reader's system asks for less motion. */
import { type ReadonlySignal, signal } from "@preact/signals";

/** True where animations should be left out: show the end state, or move only when asked. */
export function watchReducedMotion(): ReadonlySignal<boolean> {
  const query = matchMedia("(prefers-reduced-motion: reduce)");
  const isReduced = signal(query.matches);
  query.addEventListener("change", () => {
    isReduced.value = query.matches;
  });
  return isReduced;
}
