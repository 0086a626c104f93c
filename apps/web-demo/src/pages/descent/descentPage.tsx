/** Page 5: gradient descent, back-propagation, and the tape. */
import type { JSX } from "preact";
import { useApp } from "../../app/appState.ts";
import type { PageProps } from "../../app/page.ts";
import { Code } from "../../components/code.tsx";
import { Opening } from "../../components/opening.tsx";
import { Rich } from "../../components/rich.tsx";
import "./descent.css";
import type { en } from "./en.ts";
import { examples, withResults } from "./exampleCode.ts";
import { GraphFigure } from "./graphFigure.tsx";
import { RaceFigure } from "./raceFigure.tsx";
import { DescentSession } from "./session.ts";

/** The page. */
export function DescentPage({ words }: PageProps<typeof en>): JSX.Element {
  const { sessions, isMotionReduced } = useApp();
  const session = sessions.open("descent", () => new DescentSession(isMotionReduced));
  const part = { session, words };
  const message = session.problemMessage.value;
  return (
    <>
      <Opening lede={words.lede} compute={session.compute} onRestart={() => session.load()} message={message} />
      <p>
        <Rich text={words.intro} />
      </p>
      <h2>{words.raceTitle}</h2>
      <p>
        <Rich text={words.raceText} />
      </p>
      <RaceFigure {...part} />
      <p>
        <Rich text={words.rateText} />
      </p>
      <p>
        <Rich text={words.batchText} />
      </p>
      <p>
        <Rich text={words.momentumText} />
      </p>
      <h2>{words.graphTitle}</h2>
      <p>
        <Rich text={words.graphText} />
      </p>
      <GraphFigure {...part} />
      <p>
        <Rich text={words.chainText} />
      </p>
      <h2>{words.tapeTitle}</h2>
      <p>
        <Rich text={words.tapeText} />
      </p>
      {examples.map(({ name, code }, i) => (
        <section key={name} class="descent-example">
          <p>
            <Rich text={words[`example.${name}`]} />
          </p>
          <Code label={words.tapeLabel} code={withResults(code, session.results.value?.[i] ?? [])} />
        </section>
      ))}
      <p>{words.tapeEnd}</p>
    </>
  );
}
