/** Page 1: the chapter's first network, trained in the page. */
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useApp } from "../../app/appState.ts";
import type { PageProps } from "../../app/page.ts";
import { ComputeStatus } from "../../components/computeStatus.tsx";
import { Compute } from "../../compute/compute.ts";
import type { en } from "./en.ts";

/** The page. */
export function NetworkPage({ words }: PageProps<typeof en>): JSX.Element {
  const { compute, sum } = useApp().sessions.open("network", openSession);
  return (
    <>
      <p class="lede">{words.lede}</p>
      <ComputeStatus compute={compute} />
      <p>{sum.value}</p>
    </>
  );
}

function openSession() {
  const compute = new Compute("network");
  const sum = signal<number>();
  compute.call("add", [1, 2, 3]).then((value) => {
    sum.value = value;
  });
  return { compute, sum };
}
