/** Says when the worker of a page is gone or silent, and offers to start it again. */
import type { JSX } from "preact";
import { useApp } from "../app/appState.ts";
import { fill } from "../app/words.ts";
import type { Compute } from "../compute/compute.ts";
import type { ServiceName } from "../compute/services.ts";
import { Notice } from "./notice.tsx";

/** The worker, and what to do after it was started again. */
export interface ComputeStatusProps {
  readonly compute: Compute<ServiceName>;
  onRestart?(): void;
}

/** Nothing while all is well. */
export function ComputeStatus({ compute, onRestart }: ComputeStatusProps): JSX.Element | null {
  const { words } = useApp();
  const texts = words.value;
  const health = compute.health.value;
  if (health.state === "well") return null;
  const restart = (): void => {
    compute.restart();
    onRestart?.();
  };
  return (
    <Notice kind={health.state === "lost" ? "error" : "warning"} action={{ label: texts.restart, run: restart }} stays>
      {health.state === "lost"
        ? fill(texts.computeLost, { reason: health.reason || texts.reasonUnknown })
        : texts.computeSilent}
    </Notice>
  );
}
