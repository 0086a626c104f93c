/** Page 1: the chapter's first network, trained in the page. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useApp } from "../../app/appState.ts";
import type { PageProps } from "../../app/page.ts";
import { Code } from "../../components/code.tsx";
import { ComputeStatus } from "../../components/computeStatus.tsx";
import { Figure } from "../../components/figure.tsx";
import { Rich } from "../../components/rich.tsx";
import { AddressNotices, Controls, TroubleNotice } from "./controls.tsx";
import type { en } from "./en.ts";
import { Inside } from "./inside.tsx";
import { Keep } from "./keep.tsx";
import "./network.css";
import { DrawingDesk } from "./pad.tsx";
import { programOf } from "./program.ts";
import { NetworkSession } from "./session.ts";
import { DataProgress, RunButtons, RunCurves, RunNumbers } from "./training.tsx";

/** The page. */
export function NetworkPage({ words }: PageProps<typeof en>): JSX.Element {
  const { sessions, router } = useApp();
  const { query } = router.route.value;
  const session = sessions.open("network", () => new NetworkSession(query));
  useEffect(() => {
    // An address that was followed while the page's state is kept.
    if (query.size > 0) session.adopt(query);
  }, [session, query]);
  const part = { session, words };
  const { settings } = session.reading.value;
  return (
    <>
      <p class="lede">{words.lede}</p>
      <p>
        <Rich text={words.intro} />
      </p>
      <p>
        <Rich text={words.introHow} />
      </p>
      <h2>{words.trainTitle}</h2>
      <ComputeStatus compute={session.compute} onRestart={() => session.restarted()} />
      <AddressNotices {...part} />
      <TroubleNotice {...part} />
      <Figure wide class="network-desk" caption={words.chartCaption}>
        <div class="network-desk-sides">
          <div class="network-desk-left">
            <Controls {...part} />
            <DataProgress {...part} />
            <RunButtons {...part} />
          </div>
          <div class="network-desk-right">
            <RunNumbers {...part} />
            <RunCurves {...part} />
          </div>
        </div>
      </Figure>
      <h2>{words.drawTitle}</h2>
      <p>{words.drawText}</p>
      <DrawingDesk {...part} />
      <h2>{words.insideTitle}</h2>
      <Inside {...part} />
      <h2>{words.codeTitle}</h2>
      <p>{words.codeText}</p>
      {settings !== undefined && <Code code={programOf(settings)} label={words.codeLabel} />}
      <h2>{words.keepTitle}</h2>
      <p>
        <Rich text={words.keepText} />
      </p>
      <Keep {...part} />
    </>
  );
}
