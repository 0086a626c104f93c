/** What this browser can compute on, found without starting anything. */
import type { BackendName } from "./backendNames.ts";

/** The smallest module with a SIMD instruction: `i8x16.splat`, `i8x16.popcnt`. */
const simdModule: readonly number[] = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
];

/** Why a backend cannot run here, or undefined where it can. */
export type Obstacle = "noWebAssembly" | "noSimd" | "notIsolated" | "noWebGL";

/** What stands in the way of a backend. */
export function obstacleTo(name: BackendName): Obstacle | undefined {
  switch (name) {
    case "cpu":
      return undefined;
    case "wasm":
      return wasmObstacle();
    case "wasm-threads":
      return wasmObstacle() ?? (globalThis.crossOriginIsolated ? undefined : "notIsolated");
    case "tfjs-wasm":
      return typeof WebAssembly === "object" ? undefined : "noWebAssembly";
    case "webgl":
      return hasWebGL() ? undefined : "noWebGL";
  }
}

function wasmObstacle(): Obstacle | undefined {
  if (typeof WebAssembly !== "object") return "noWebAssembly";
  return WebAssembly.validate(new Uint8Array(simdModule)) ? undefined : "noSimd";
}

function hasWebGL(): boolean {
  // A worker draws on an OffscreenCanvas.
  if (typeof OffscreenCanvas !== "function") return false;
  const context = new OffscreenCanvas(1, 1).getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}
