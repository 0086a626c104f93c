/** The initializer whose convolution is a short-time Fourier transform. */
import { requireOneOf, requireOptions, type Shape, ShapeError, ValueError } from "@crease/backend";
import { scope, type Tensor, tensor } from "@crease/tensor";
import type { Config } from "../config.ts";
import { type CreateOptions, given, Initializer } from "./initializer.ts";

/** Windows by name, as SciPy has them. */
export type StftWindow = "bartlett" | "blackman" | "boxcar" | "hamming" | "hann";

/** What `STFTInitializer` takes. */
export interface STFTInitializerOptions {
  /** Which part of the transform, default `"real"`. */
  readonly side?: "real" | "imag" | undefined;
  /** What each frame is weighted by, by name or as numbers, default `"hann"`; null for nothing. */
  readonly window?: StftWindow | readonly number[] | null | undefined;
  /** What the window is divided by: its Euclidean norm (`"density"`, the default), its sum, or null for nothing. */
  readonly scaling?: "density" | "spectrum" | null | undefined;
  /** Whether the window is one period of a wave, default false: then both ends are equal. */
  readonly periodic?: boolean | undefined;
}

/** Weights of `cos(0 t)`, `cos(t)`, `cos(2 t)` over a turn; the triangle is none of these. */
const cosines: { readonly [name: string]: readonly number[] } = {
  blackman: [0.42, -0.5, 0.08],
  boxcar: [1],
  hamming: [0.54, -0.46],
  hann: [0.5, -0.5],
};
const windows: readonly string[] = ["bartlett", ...Object.keys(cosines)];

/**
 * `window[t] cos(-2 pi t f / F) / scale` (or sin) for a kernel of shape `[frame length, 1, F / 2 + 1]`.
 * Keras 3 `STFT` (`STFTInitializer`), with five of SciPy's windows.
 *
 * @throws ValueError for an unknown side, window or scaling; ShapeError for a kernel of another rank, or a window of
 * another length than the frame.
 * @example
 * ```ts
 * import { STFTInitializer } from "@crease/layers";
 * new STFTInitializer({ window: null }).initialize([2, 1, 2]).toString(); // => [[[ 1.  1.]] [[ 1. -1.]]]
 * ```
 */
export class STFTInitializer extends Initializer {
  static readonly className: string = "STFT";
  readonly side: "real" | "imag";
  readonly window: StftWindow | readonly number[] | null;
  readonly scaling: "density" | "spectrum" | null;
  readonly periodic: boolean;

  constructor(options: STFTInitializerOptions = {}) {
    super();
    requireOptions<STFTInitializerOptions>("STFTInitializer", options, {
      side: true,
      window: true,
      scaling: true,
      periodic: true,
    });
    const { side = "real", window = "hann", scaling = "density", periodic = false } = options;
    const op = "STFTInitializer";
    requireOneOf(op, "side", side, ["real", "imag"]);
    if (scaling !== null) requireOneOf(op, "scaling", scaling, ["density", "spectrum"]);
    if (typeof window === "string") requireOneOf(op, "window", window, windows);
    else if (window !== null && !(Array.isArray(window) && window.every(Number.isFinite)))
      throw new ValueError({ op, problem: "the window is no list of numbers", fix: "Give numbers, or a name" });
    this.side = side;
    this.window = window;
    this.scaling = scaling;
    this.periodic = periodic;
  }

  override initialize(shape: Shape, options: CreateOptions = {}): Tensor {
    const [frames = 0, channels = 0, bins = 0] = shape;
    const refuse = (problem: string, fix: string): ShapeError =>
      new ShapeError({ op: "STFTInitializer", problem, got: [{ shape, dtype: options.dtype ?? "float32" }], fix });
    if (shape.length !== 3) throw refuse(`a weight of rank ${shape.length} is no kernel`, "Use [frame, 1, bins]");
    const window = this.#windowOf(frames);
    if (window.length !== frames) throw refuse(`the window has ${window.length} values`, "Give one for each step");
    const scale = this.#scaleOf(window);
    const values = window.flatMap((weight, time) => {
      const row = Array.from({ length: bins }, (_, bin) => {
        const angle = (-Math.PI * time * bin) / (bins - 1 || Number.NaN);
        return ((this.side === "real" ? Math.cos(angle) : Math.sin(angle)) * weight) / scale;
      });
      return Array.from({ length: channels }, () => row).flat();
    });
    return scope(() => tensor(values, { shape, dtype: "float32", ...given(options) }));
  }

  #windowOf(size: number): readonly number[] {
    const { window } = this;
    if (window === null) return new Array<number>(size).fill(1);
    if (typeof window !== "string") return window;
    const last = this.periodic ? size : Math.max(size - 1, 1);
    return Array.from({ length: size }, (_, t) => {
      const share = t / last;
      if (window === "bartlett") return size === 1 ? 1 : 1 - Math.abs(2 * share - 1);
      if (size === 1) return 1;
      return (cosines[window] ?? []).reduce((sum, weight, k) => sum + weight * Math.cos(2 * Math.PI * k * share), 0);
    });
  }

  #scaleOf(window: readonly number[]): number {
    if (this.window === null || this.scaling === null) return 1;
    return this.scaling === "density"
      ? Math.hypot(...window)
      : window.reduce((sum, weight) => sum + Math.abs(weight), 0);
  }

  override getConfig(): Config {
    return { side: this.side, window: this.window, scaling: this.scaling, periodic: this.periodic };
  }
}
