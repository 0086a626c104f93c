/** The names of the backends that a reader can choose. */

/** Names as they stand in addresses and menus. */
export const backendNames = ["wasm", "wasm-threads", "cpu", "tfjs-wasm", "webgl"] as const;

/** The name of a backend. */
export type BackendName = (typeof backendNames)[number];
