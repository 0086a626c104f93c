/** What page 3 asks its worker. */

/** The elementwise operations to choose from. */
export const elementwiseNames = ["add", "sub", "mul", "maximum", "relu", "neg"] as const;
/** One of them. */
export type ElementwiseName = (typeof elementwiseNames)[number];

/** Rows of numbers. */
export type Rows = readonly (readonly number[])[];

/** `relu(W·x + b)`, or without the relu. */
export interface PlaneLayer {
  /** Row by row. */
  readonly weights: readonly [number, number, number, number];
  readonly bias: readonly [number, number];
  readonly relu: boolean;
}

/** Two tensors and what their sum makes of them. Values only where they are few enough to be looked at. */
export interface Broadcast {
  readonly shape: readonly number[];
  readonly grids: { readonly a: Rows; readonly b: Rows; readonly sum: Rows } | undefined;
}

/** A product of matrices with the terms of each sum. */
export interface Dot {
  readonly a: Rows;
  readonly b: Rows;
  readonly product: Rows;
  /** `terms[i][j][k]` is `a[i][k] * b[k][j]`. */
  readonly terms: readonly Rows[];
}

/** Points after each layer: pairs of x and y, the first stage as they were. */
export interface Journey {
  readonly stages: readonly Float32Array<ArrayBuffer>[];
  /** All layers as one, where none has a relu. */
  readonly joined: PlaneLayer | undefined;
}

/** The calls. */
export interface OperationsCalls {
  readonly elementwise: {
    readonly input: { readonly name: ElementwiseName; readonly a: Rows; readonly b: Rows };
    readonly output: { readonly rows: Rows; readonly text: string };
    readonly event: never;
  };
  readonly broadcast: {
    readonly input: { readonly a: readonly number[]; readonly b: readonly number[] };
    readonly output: Broadcast;
    readonly event: never;
  };
  readonly dot: {
    readonly input: { readonly rows: number; readonly inner: number; readonly columns: number; readonly seed: number };
    readonly output: Dot;
    readonly event: never;
  };
  readonly travel: {
    readonly input: { readonly points: Float32Array<ArrayBuffer>; readonly layers: readonly PlaneLayer[] };
    readonly output: Journey;
    readonly event: never;
  };
  readonly drawLayers: {
    readonly input: { readonly count: number; readonly seed: number };
    readonly output: readonly Omit<PlaneLayer, "relu">[];
    readonly event: never;
  };
}
