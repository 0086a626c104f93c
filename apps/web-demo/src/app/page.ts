/** What a page is to the app: its address, its title, and how it is loaded. */
import type { ComponentType } from "preact";
import type { ShellWords } from "./appState.ts";
import type { Language } from "./language.ts";
import type { Words, WordsLoader } from "./words.ts";

/** What a page's component is given. */
export interface PageProps<D> {
  readonly words: Words<D>;
}

/** A page's component with its texts. */
export interface LoadedPage {
  readonly component: ComponentType<PageProps<Record<string, string>>>;
  readonly words: Words<Record<string, string>>;
}

/** A page of the app. */
export interface Page {
  /** Behind `#/`. */
  readonly path: string;
  readonly title: keyof ShellWords;
  load(language: Language): Promise<LoadedPage>;
}

/** A page whose component and dictionaries, which fit each other, are loaded when it opens. */
export function definePage<D>(
  { path, title }: Pick<Page, "path" | "title">,
  component: () => Promise<ComponentType<PageProps<D>>>,
  words: WordsLoader<D>,
): Page {
  return {
    path,
    title,
    async load(language) {
      const [loaded, texts] = await Promise.all([component(), words[language]()]);
      // The two were checked against each other above; the app only hands one to the other.
      return { component: loaded, words: texts } as unknown as LoadedPage;
    },
  };
}
