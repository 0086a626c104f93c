/** Page 3: tensor operations, and what they do to space. */
import type { JSX } from "preact";
import { useApp } from "../../app/appState.ts";
import type { PageProps } from "../../app/page.ts";
import { Opening } from "../../components/opening.tsx";
import { Rich } from "../../components/rich.tsx";
import { Broadcasting } from "./broadcasting.tsx";
import { DotProduct } from "./dot.tsx";
import { Elementwise } from "./elementwise.tsx";
import type { en } from "./en.ts";
import { Geometry } from "./geometry.tsx";
import { Layers } from "./layers.tsx";
import "./operations.css";
import { OperationsSession } from "./session.ts";

/** The page. */
export function OperationsPage({ words }: PageProps<typeof en>): JSX.Element {
  const { sessions } = useApp();
  const session = sessions.open("operations", () => new OperationsSession());
  const part = { session, words };
  const text = (key: keyof typeof en): JSX.Element => (
    <p>
      <Rich text={words[key]} />
    </p>
  );
  return (
    <>
      <Opening lede={words.lede} compute={session.compute} onRestart={() => session.restarted()} />
      {text("intro")}
      <h2>{words.elementwiseTitle}</h2>
      {text("elementwiseText")}
      <Elementwise {...part} />
      <h2>{words.broadcastTitle}</h2>
      {text("broadcastText")}
      <Broadcasting {...part} />
      <h2>{words.dotTitle}</h2>
      {text("dotText")}
      <DotProduct {...part} />
      <h2>{words.geometryTitle}</h2>
      {text("geometryText")}
      <Geometry {...part} />
      <h2>{words.layersTitle}</h2>
      {text("layersText")}
      <Layers {...part} />
      {text("outro")}
    </>
  );
}
