/** What page 1 asks of its worker, and what it is told. */
import type { BackendName } from "../../compute/backendNames.ts";
import type { ActivationName, Settings } from "./settings.ts";

/** A digit of the test set. */
export interface Digit {
  /** Its place in the test set. */
  readonly index: number;
  readonly label: number;
  /** 28 rows of 28 pixels from 0, paper, to 255, ink. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** A digit that the network reads wrongly. */
export interface WrongDigit extends Digit {
  /** What the network takes it for, and how sure it is. */
  readonly predicted: number;
  readonly probability: number;
}

/** How the network does on the test set, and what it looks like inside. */
export interface Judgement {
  /** In epochs since the first step. */
  readonly at: number;
  readonly loss: number;
  readonly accuracy: number;
  /** How often a digit (row) was taken for a digit (column), 10 by 10. */
  readonly confusion: readonly number[];
  /** Those that the network is most sure and wrong about, worst first. */
  readonly worst: readonly WrongDigit[];
  /** The weights into each of the first hidden units, 784 each, a picture each. */
  readonly weights: readonly Float32Array<ArrayBuffer>[];
}

/** What the network makes of a picture. */
export interface Answer {
  /** Of the ten digits. */
  readonly probabilities: readonly number[];
  /** What each hidden unit says; null where the network is not built like the chapter's. */
  readonly hidden: Float32Array<ArrayBuffer> | null;
}

/** How training does. */
export interface Progress {
  readonly at: number;
  readonly epoch: number;
  readonly step: number;
  readonly steps: number;
  /** Means over the steps since the last progress. */
  readonly loss: number;
  readonly accuracy: number;
  readonly samplesPerSecond: number;
}

/** What a run tells. */
export type RunEvent =
  | { readonly kind: "started"; readonly threads: number; readonly parameters: number }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "judgement"; readonly judgement: Judgement };

/** How a run ended: `diverged` means that its loss is no number any more. */
export type RunEnd = "done" | "stopped" | "diverged";

/** A network as it came from a file. */
export interface LoadedModel {
  /** Undefined where it is not of two layers, or bends by an activation that is not in the menu. */
  readonly build: { readonly units: number; readonly activation: ActivationName } | undefined;
  readonly judgement: Judgement;
}

/** The calls of the service. */
export interface NetworkCalls {
  /** Fetches MNIST from a folder; tells how many bytes of how many are there. Answers with digits to pick from. */
  readonly loadDigits: {
    readonly input: { readonly folder: string };
    readonly event: { readonly loaded: number; readonly total: number };
    readonly output: { readonly samples: readonly Digit[] };
  };
  /** Trains a new network, or the one there is; `paused` takes one step and waits. */
  readonly train: {
    readonly input: { readonly settings: Settings; readonly goOn: boolean; readonly paused: boolean };
    readonly event: RunEvent;
    readonly output: RunEnd;
  };
  /** Steers the run under way. */
  readonly steer: {
    readonly input: "pause" | "resume" | "step";
    readonly event: never;
    readonly output: undefined;
  };
  /** What the network makes of 784 pixels from 0 to 1; null where there is no network. */
  readonly classify: {
    readonly input: Float32Array<ArrayBuffer>;
    readonly event: never;
    readonly output: Answer | null;
  };
  /** Gives the network up. */
  readonly reset: { readonly input: undefined; readonly event: never; readonly output: undefined };
  /** The network as a file; null where there is none. */
  readonly saveModel: {
    readonly input: undefined;
    readonly event: never;
    readonly output: Uint8Array<ArrayBuffer> | null;
  };
  /** Replaces the network by the one in a file. */
  readonly loadModel: {
    readonly input: { readonly bytes: Uint8Array<ArrayBuffer>; readonly backend: BackendName };
    readonly event: never;
    readonly output: LoadedModel;
  };
}
