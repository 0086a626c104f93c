/** Page 4: the paper ball, and the spiral. */
import type { JSX } from "preact";
import { useApp } from "../../app/appState.ts";
import type { PageProps } from "../../app/page.ts";
import { Opening } from "../../components/opening.tsx";
import { Rich } from "../../components/rich.tsx";
import { BallFigure } from "./ballFigure.tsx";
import type { en } from "./en.ts";
import "./paper.css";
import { PaperSession } from "./session.ts";
import { SpiralFigure } from "./spiralFigure.tsx";

/** The page. */
export function PaperPage({ words }: PageProps<typeof en>): JSX.Element {
  const session = useApp().sessions.open("paper", () => new PaperSession());
  const message = session.message.value;
  return (
    <>
      <Opening lede={words.lede} compute={session.compute} onRestart={() => session.load()} message={message} />
      <p>
        <Rich text={words.intro} />
      </p>
      <h2>{words.ballTitle}</h2>
      <p>
        <Rich text={words.ballText} />
      </p>
      <BallFigure session={session} words={words} />
      <p>
        <Rich text={words.layersText} />
      </p>
      <p>
        <Rich text={words.honestText} />
      </p>
      <h2>{words.spiralTitle}</h2>
      <p>
        <Rich text={words.spiralText} />
      </p>
      <SpiralFigure session={session} words={words} />
      <p>
        <Rich text={words.manifoldText} />
      </p>
    </>
  );
}
