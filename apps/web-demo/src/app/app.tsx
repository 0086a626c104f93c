/** The frame around the pages: header, navigation, the open page, footer. */

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Rich } from "../components/rich.tsx";
import { useApp } from "./appState.ts";
import { type Language, languages } from "./language.ts";
import { PageHost } from "./pageHost.tsx";
import { pages } from "./pages.ts";
import { writeSetting } from "./settings.ts";

const languageNames: Readonly<Record<Language, string>> = { en: "English", ko: "한국어" };

/** The whole app. */
export function App(): JSX.Element {
  const { words, router } = useApp();
  const { path } = router.route.value;
  const page = path === "" ? pages[0] : pages.find((candidate) => candidate.path === path);
  const texts = words.value;
  const nav = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // On a narrow screen the row of pages scrolls.
    const row = nav.current;
    const link = row?.querySelector<HTMLElement>("[aria-current]");
    if (!row || !link) return;
    const [around, at] = [row.getBoundingClientRect(), link.getBoundingClientRect()];
    row.scrollLeft += at.left + at.width / 2 - around.left - around.width / 2;
  }, [page, texts]);
  useEffect(() => {
    document.title = page === undefined ? "Crease" : `${texts[page.title]} · Crease`;
  }, [page, texts]);
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: a skip link; the address keeps the route instead. */}
      <a class="skip" href="#main" onClick={skipToMain}>
        {texts.skip}
      </a>
      <header class="site-header">
        <div class="site-bar">
          <a class="brand" href="#/">
            <Mark />
            <span class="brand-name">Crease</span>
            <span class="brand-line">{texts.brandLine}</span>
          </a>
          <div class="site-switches">
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
        </div>
        <nav class="site-nav" aria-label={texts.pages}>
          <ol ref={nav}>
            {pages.map((entry, i) => (
              <li key={entry.path}>
                <a href={`#/${entry.path}`} aria-current={entry === page ? "page" : undefined}>
                  <span class="nav-number">{i + 1}</span>
                  {texts[entry.title]}
                </a>
              </li>
            ))}
          </ol>
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {page === undefined ? <NoPage /> : <PageHost page={page} key={page.path} />}
      </main>
      <footer class="site-footer">
        <p>
          <Rich text={texts.footer} />
        </p>
      </footer>
    </>
  );
}

/** A link to `#main` would change the route, which is behind `#` too. */
function skipToMain(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function Mark(): JSX.Element {
  return (
    <svg class="brand-mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <path d="M4 9 16 4v19L4 28z" class="mark-left" />
      <path d="m16 4 12 5v19l-12-5z" class="mark-right" />
      <path d="m16 4 12 5-12 5z" class="mark-fold" />
    </svg>
  );
}

function LanguageSwitch(): JSX.Element {
  const { language, words } = useApp();
  return (
    <fieldset class="switch" aria-label={words.value.language}>
      {languages.map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={language.value === code}
          onClick={() => {
            language.value = code;
            writeSetting("language", code);
          }}
        >
          {languageNames[code]}
        </button>
      ))}
    </fieldset>
  );
}

function ThemeSwitch(): JSX.Element {
  const { theme, words } = useApp();
  const isDark = theme.scheme.value === "dark";
  return (
    <button
      type="button"
      class="icon-button"
      aria-pressed={isDark}
      aria-label={words.value.darkMode}
      title={words.value.darkMode}
      onClick={() => theme.toggle()}
    >
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor" />
      </svg>
    </button>
  );
}

function NoPage(): JSX.Element {
  const { words } = useApp();
  const texts = words.value;
  return (
    <div class="page">
      <p>{texts.noPage}</p>
      <ul>
        {pages.map((page) => (
          <li key={page.path}>
            <a href={`#/${page.path}`}>{texts[page.title]}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
