/** Loads the open page and its texts, and says so where that fails. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Notice } from "../components/notice.tsx";
import { useApp } from "./appState.ts";
import type { LoadedPage, Page } from "./page.ts";
import { pages } from "./pages.ts";
import { fill } from "./words.ts";

/** One page, with its heading above and its neighbours below. */
export function PageHost({ page }: { readonly page: Page }): JSX.Element {
  const { language, words } = useApp();
  const [loaded, setLoaded] = useState<LoadedPage>();
  const [hasFailed, setHasFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const code = language.value;
  useEffect(() => {
    let isWanted = true;
    setHasFailed(false);
    page.load(code).then(
      (got) => isWanted && setLoaded(got),
      () => isWanted && setHasFailed(true),
    );
    return () => {
      isWanted = false;
    };
  }, [page, code, attempt]);
  const heading = useFocusOnChange();
  const texts = words.value;
  const at = pages.indexOf(page);
  return (
    <article class="page">
      <header class="page-header">
        <p class="kicker">{fill(texts.pageOf, { number: at + 1, count: pages.length })}</p>
        <h1 ref={heading} tabIndex={-1}>
          {texts[page.title]}
        </h1>
      </header>
      {hasFailed ? (
        <Notice kind="error" action={{ label: texts.tryAgain, run: () => setAttempt(attempt + 1) }}>
          {texts.pageFailed}
        </Notice>
      ) : loaded === undefined ? (
        <p class="page-loading" role="status">
          {texts.loading}
        </p>
      ) : (
        <loaded.component words={loaded.words} />
      )}
      <Neighbours at={at} />
    </article>
  );
}

/** A page that follows another takes the focus to its heading, as a page load would. */
function useFocusOnChange() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const isFirst = document.documentElement.dataset.opened === undefined;
    document.documentElement.dataset.opened = "";
    if (isFirst) return;
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}

function Neighbours({ at }: { readonly at: number }): JSX.Element {
  const { words } = useApp();
  const texts = words.value;
  const [before, after] = [pages[at - 1], pages[at + 1]];
  return (
    <nav class="neighbours" aria-label={`${texts.previousPage}, ${texts.nextPage}`}>
      {before && (
        <a href={`#/${before.path}`} rel="prev">
          <span>{texts.previousPage}</span> {texts[before.title]}
        </a>
      )}
      {after && (
        <a href={`#/${after.path}`} rel="next">
          <span>{texts.nextPage}</span> {texts[after.title]}
        </a>
      )}
    </nav>
  );
}
