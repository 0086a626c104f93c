/** What page 4 asks of its worker, and what it is told. */

/** How a ball is crumpled and the network that is to unfold it. */
export interface BallSettings {
  /** Number of folds, one after the other. */
  readonly folds: number;
  /** Number of the network's layers. */
  readonly layers: number;
  /** Chooses the folds and the first weights. */
  readonly seed: number;
}

/** How a run does at one moment. */
export interface Moment {
  /** Steps so far. */
  readonly step: number;
  readonly loss: number;
  /** Share of the points whose class the network tells. */
  readonly accuracy: number;
}

/** The two sheets as the network sees them at one moment, layer by layer. */
export interface BallMoment extends Moment {
  /** `layers + 1` times all vertices, three numbers each: the input first, then what each layer made of it. */
  readonly places: Float32Array<ArrayBuffer>;
  /** The flat cut of the last layer: points with `x * a + y * b + z * c + d = 0`, as `[a, b, c, d]`. */
  readonly cut: readonly number[];
}

/** The spiral at one moment. */
export interface SpiralMoment extends Moment {
  /** The probability of the second class at each point of the grid, row by row, from -1 to 1 both ways. */
  readonly map: Float32Array<ArrayBuffer>;
  /** Where the grid's points lie in the hidden layer's space, two numbers each. */
  readonly grid: Float32Array<ArrayBuffer>;
  /** Where the spiral's points lie in it. */
  readonly points: Float32Array<ArrayBuffer>;
  /** The straight cut in it: points with `x * a + y * b + c = 0`. */
  readonly cut: readonly number[];
}

/** The calls of the service. */
export interface PaperCalls {
  /** Crumples two sheets and makes a new network; answers with how it sees them before any training. */
  readonly crumple: { readonly input: BallSettings; readonly event: never; readonly output: BallMoment };
  /** Trains the network for some steps, or until the call is given up. */
  readonly unfold: {
    readonly input: { readonly steps: number };
    readonly event: BallMoment;
    readonly output: undefined;
  };
  /** Makes a new network for the spiral. */
  readonly spiral: {
    readonly input: { readonly turns: number; readonly seed: number };
    readonly event: never;
    readonly output: { readonly points: Float32Array<ArrayBuffer>; readonly moment: SpiralMoment };
  };
  /** Trains it. */
  readonly untwist: {
    readonly input: { readonly steps: number };
    readonly event: SpiralMoment;
    readonly output: undefined;
  };
}
