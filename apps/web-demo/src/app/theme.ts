/** Light or dark: the system's choice until the reader makes another. */
import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { readSetting, writeSetting } from "./settings.ts";

/** What pages are drawn in. */
export type Scheme = "light" | "dark";

/** The scheme in use; sets `data-theme` on the root element, which `styles/tokens.css` goes by. */
export class Theme {
  readonly #scheme: Signal<Scheme>;
  #isChosen: boolean;

  constructor() {
    const stored = readSetting("theme");
    const system = matchMedia("(prefers-color-scheme: dark)");
    const systemScheme = (): Scheme => (system.matches ? "dark" : "light");
    this.#isChosen = stored === "light" || stored === "dark";
    this.#scheme = signal(this.#isChosen ? (stored as Scheme) : systemScheme());
    system.addEventListener("change", () => {
      if (!this.#isChosen) this.#scheme.value = systemScheme();
    });
    effect(() => {
      document.documentElement.dataset.theme = this.#scheme.value;
    });
  }

  /** The scheme now. Canvases read it to draw again when it changes. */
  get scheme(): ReadonlySignal<Scheme> {
    return this.#scheme;
  }

  /** Changes to the other one, and keeps that choice. */
  toggle(): void {
    this.#isChosen = true;
    this.#scheme.value = this.#scheme.peek() === "dark" ? "light" : "dark";
    writeSetting("theme", this.#scheme.peek());
  }
}
