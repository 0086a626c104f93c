/** What every component may use of the app around it. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { en } from "./en.ts";
import type { Language } from "./language.ts";
import type { Router } from "./router.ts";
import type { Sessions } from "./sessions.ts";
import type { Theme } from "./theme.ts";
import type { Words } from "./words.ts";

/** The texts of the shell and of shared components. */
export type ShellWords = Words<typeof en>;

/** The app's state, made once in `main.tsx`. */
export interface AppState {
  readonly language: Signal<Language>;
  /** In the language above, as soon as its dictionary is loaded. */
  readonly words: Signal<ShellWords>;
  readonly theme: Theme;
  readonly isMotionReduced: ReadonlySignal<boolean>;
  readonly router: Router;
  readonly sessions: Sessions;
}

const AppContext = createContext<AppState | undefined>(undefined);

/** Gives the state to all components below. */
export const AppProvider = AppContext.Provider;

/** The app's state. @throws Error outside of `AppProvider`. */
export function useApp(): AppState {
  const app = useContext(AppContext);
  if (app === undefined) throw new Error("useApp: there is no AppProvider above this component.");
  return app;
}
