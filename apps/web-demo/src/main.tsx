/** Starts the demo. */
import { effect, signal } from "@preact/signals";
import { render } from "preact";
import { App } from "./app/app.tsx";
import { AppProvider, type AppState, type ShellWords } from "./app/appState.ts";
import { chooseLanguage, type Language } from "./app/language.ts";
import { watchReducedMotion } from "./app/motion.ts";
import { Router } from "./app/router.ts";
import { Sessions } from "./app/sessions.ts";
import { readSetting } from "./app/settings.ts";
import { Theme } from "./app/theme.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/components.css";

const dictionaries: Readonly<Record<Language, () => Promise<ShellWords>>> = {
  en: () => import("./app/en.ts").then(({ en }) => en),
  ko: () => import("./app/ko.ts").then(({ ko }) => ko),
};

const language = signal(chooseLanguage(readSetting("language"), navigator.languages));
const words = signal(await dictionaries[language.peek()]());
effect(() => {
  const wanted = language.value;
  document.documentElement.lang = wanted;
  dictionaries[wanted]().then((loaded) => {
    // A second switch may have overtaken this one.
    if (language.peek() === wanted) words.value = loaded;
  });
});

const app: AppState = {
  language,
  words,
  theme: new Theme(),
  isMotionReduced: watchReducedMotion(),
  router: new Router(),
  sessions: new Sessions(),
};

render(
  <AppProvider value={app}>
    <App />
  </AppProvider>,
  document.getElementById("app") as HTMLElement,
);
