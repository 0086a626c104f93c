/** Which page is open, and its state, both in the address behind `#`: any static host serves that. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** A page's path and its state: `#/first-network?units=64`. */
export interface Route {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** The route in the part of an address from `#` on. */
export function parseHash(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  return { path, query: new URLSearchParams(query) };
}

/** The inverse of `parseHash`. */
export function formatHash({ path, query }: Route): string {
  const text = query.toString();
  return `#/${path}${text === "" ? "" : `?${text}`}`;
}

/** Follows the address. */
export class Router {
  readonly #route: Signal<Route> = signal(parseHash(location.hash));

  constructor() {
    addEventListener("hashchange", () => {
      this.#route.value = parseHash(location.hash);
    });
  }

  /** The route now. */
  get route(): ReadonlySignal<Route> {
    return this.#route;
  }

  /** The address of the open page with other state, for sharing. */
  addressWith(query: URLSearchParams): string {
    return new URL(formatHash({ path: this.#route.value.path, query }), location.href).href;
  }
}
