/** What page 5 asks of its worker, and what it is told. */
import type { OptimizerName, ProblemName } from "./choices.ts";

/** A point of the loss surface: the two weights. */
export type Place = readonly [first: number, second: number];

/** The loss over a rectangle of weights, and the data that it is the loss of. */
export interface Surface {
  /** The mean loss of all points, row by row from the lowest second weight, `surfaceSide` each way. */
  readonly losses: Float32Array<ArrayBuffer>;
  readonly lowest: number;
  readonly highest: number;
  /** Where on the grid the loss is lowest. */
  readonly best: Place;
  readonly data: { readonly x: Float32Array<ArrayBuffer>; readonly y: Float32Array<ArrayBuffer> };
}

/** What a race is run with. */
export interface RaceSettings {
  readonly problem: ProblemName;
  readonly start: Place;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly steps: number;
  /** Chooses the batches, which are the same for all. */
  readonly seed: number;
}

/** One optimizer's way: `steps + 1` places, two numbers each, and the loss of all data at each. Not finite from where it diverged. */
export interface Path {
  readonly optimizer: OptimizerName;
  readonly places: Float32Array<ArrayBuffer>;
  readonly losses: Float32Array<ArrayBuffer>;
  /** What its model predicts at each of `steps + 1` moments, at `curvePoints` inputs from the lowest to the highest. */
  readonly curves: Float32Array<ArrayBuffer>;
}

/** The four numbers of the worked example. */
export interface GraphInputs {
  readonly w: number;
  readonly b: number;
  readonly x: number;
  readonly yTrue: number;
}

/** Forward values, the gradient along each edge, and those along whole ways, all from one tape. */
export interface GraphValues extends GraphInputs {
  readonly x1: number;
  readonly x2: number;
  readonly loss: number;
  /** `d loss / d x2` and so on: the gradient along that one edge. */
  readonly lossByX2: number;
  readonly lossByYTrue: number;
  readonly x2ByX1: number;
  readonly x2ByB: number;
  readonly x1ByW: number;
  readonly x1ByX: number;
  /** Along the whole way. */
  readonly lossByW: number;
  readonly lossByB: number;
}

/** The calls of the service. */
export interface DescentCalls {
  readonly surface: { readonly input: ProblemName; readonly event: never; readonly output: Surface };
  /** Tells each optimizer's way as soon as it is gone. */
  readonly race: { readonly input: RaceSettings; readonly event: Path; readonly output: undefined };
  readonly graph: { readonly input: GraphInputs; readonly event: never; readonly output: GraphValues };
  /** What the programs of `exampleCode.ts` print, line by line, in their order. */
  readonly examples: { readonly input: undefined; readonly event: never; readonly output: readonly string[][] };
}
