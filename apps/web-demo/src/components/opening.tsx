/** How a page opens: its first sentences, and above all else whether its worker is there. */
import type { JSX } from "preact";
import { ComputeStatus, type ComputeStatusProps } from "./computeStatus.tsx";
import { Notice } from "./notice.tsx";

/** The opening of a page. */
export interface OpeningProps extends ComputeStatusProps {
  readonly lede: string;
  /** What went wrong with the page as a whole, in words. */
  readonly message?: string | undefined;
}

/** The first sentences, and what is wrong if anything is. */
export function Opening({ lede, message, ...status }: OpeningProps): JSX.Element {
  return (
    <>
      <p class="lede">{lede}</p>
      <ComputeStatus {...status} />
      {message !== undefined && <Notice kind="error">{message}</Notice>}
    </>
  );
}
