/** Points in the plane with a class each, from the same random numbers on every backend. */
import { type Backend, requireInteger, requireNumber } from "@crease/backend";
import { hostBackend, randomNormal, type Tensor, tensor } from "@crease/tensor";
import { shuffleKey, uniformStream } from "../shuffleKey.ts";

/** What all sets of points take. */
export interface PointsOptions {
  /** Standard deviation of what is added to each coordinate. Each set says what it is without. */
  readonly noise?: number;
  /** A whole number below 2^32: the same points at each call. Without it one is drawn from the random stream. */
  readonly seed?: number;
  /** Where the tensors live. Default: the default backend. */
  readonly backend?: Backend;
}

/** Coordinates float32 `[n, 2]` and classes int32 `[n]`; neighbouring rows are of different classes. */
export type Points = [x: Tensor, y: Tensor];

/** Gives the coordinates and the class of point `i`. */
export type PointAt = (i: number) => readonly [x: number, y: number, label: number];

/** Uniform numbers in [0, 1) of a set's own, independent of its noise. */
export type Uniform = () => number;

/**
 * `samples` points where `place` says, moved by `noise`.
 *
 * @throws ValueError for a number of samples that is not whole or below 0, and for negative noise.
 */
export function points(
  op: string,
  samples: number,
  { noise = 0, seed, backend }: PointsOptions,
  place: (uniform: Uniform) => PointAt,
): Points {
  requireInteger(op, "samples", samples, { min: 0 });
  requireNumber(op, "noise", noise, { min: 0 });
  const key = shuffleKey(seed, true);
  const draws = uniformStream(key, 1);
  const at = place(() => draws.next().value);
  const moves = randomNormal([samples, 2], { stddev: noise, seed: key.seed, backend: hostBackend() });
  const x = moves.dataSync() as Float32Array;
  moves.dispose();
  const y = new Int32Array(samples);
  for (let i = 0; i < samples; i++) {
    const [first, second, label] = at(i);
    x[2 * i] = (x[2 * i] as number) + first;
    x[2 * i + 1] = (x[2 * i + 1] as number) + second;
    y[i] = label;
  }
  const where = backend === undefined ? {} : { backend };
  return [tensor(x, { shape: [samples, 2], ...where }), tensor(y, where)];
}

/** How far point `i` is along its class, from 0 to 1, where points take turns among `classes`. */
export function along(i: number, samples: number, classes: number): number {
  const label = i % classes;
  const count = Math.ceil((samples - label) / classes);
  return count < 2 ? 0 : Math.floor(i / classes) / (count - 1);
}
