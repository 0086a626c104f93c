/** Page 2: data as tensors, from a number to films. */
import type { JSX } from "preact";
import { useApp } from "../../app/appState.ts";
import type { PageProps } from "../../app/page.ts";
import { Opening } from "../../components/opening.tsx";
import { Rich } from "../../components/rich.tsx";
import type { en } from "./en.ts";
import { Images } from "./images.tsx";
import { TensorsSession } from "./session.ts";
import { SmallRanks } from "./smallRanks.tsx";
import { Stock } from "./stock.tsx";
import "./tensors.css";
import { Tweets } from "./tweets.tsx";
import { Video } from "./video.tsx";

/** The page. */
export function TensorsPage({ words }: PageProps<typeof en>): JSX.Element {
  const { sessions } = useApp();
  const session = sessions.open("tensors", () => new TensorsSession(words.tweetStart));
  const part = { session, words };
  return (
    <>
      <Opening lede={words.lede} compute={session.compute} onRestart={() => session.restarted()} />
      <p>
        <Rich text={words.intro} />
      </p>
      <p>
        <Rich text={words.introSlice} />
      </p>
      <SmallRanks {...part} />
      <h2>{words.rank3Title}</h2>
      <p>
        <Rich text={words.rank3Text} />
      </p>
      <h3 class="tensors-subtitle">{words.stockTitle}</h3>
      <Stock {...part} />
      <h3 class="tensors-subtitle">{words.tweetsTitle}</h3>
      <Tweets {...part} />
      <h2>{words.imagesTitle}</h2>
      <Images {...part} />
      <h2>{words.videoTitle}</h2>
      <Video {...part} />
      <p>
        <Rich text={words.outro} />
      </p>
    </>
  );
}
