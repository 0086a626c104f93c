/** What a reader chose earlier, kept in the browser where it allows that. */

/** A kept choice, or null. */
export function readSetting(name: "language" | "theme"): string | null {
  try {
    return localStorage.getItem(`crease.${name}`);
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
    return null;
  }
}

/** Keeps a choice. */
export function writeSetting(name: "language" | "theme", value: string): void {
  try {
    localStorage.setItem(`crease.${name}`, value);
  } catch {
    // As above.
  }
}
