/** A layer that moves every point a little. */
import { Dense, VarianceScaling } from "@crease/layers";
import { Model } from "@crease/models";
import type { Tensor } from "@crease/tensor";

/** How a move is made. */
export interface MoveOptions {
  /** Number of coordinates of a point. */
  readonly dimensions: number;
  /** Hidden units: how manifold the move may be. */
  readonly units: number;
  readonly seed: number;
}

/** `x + shift(tanh(bend(x)))`, from `[batch, dimensions]` to `[batch, dimensions]`. */
export class Move extends Model {
  readonly bend: Dense;
  readonly shift: Dense;

  constructor({ dimensions, units, seed }: MoveOptions) {
    super();
    const initializer = (scale: number, key: number) => new VarianceScaling({ scale, mode: "fanIn", seed: key });
    this.bend = new Dense(units, {
      activation: "tanh",
      kernelInitializer: initializer(3, seed),
      biasInitializer: initializer(1, seed + 2),
    });
    // Small at first: an untrained network leaves the points nearly as they are.
    this.shift = new Dense(dimensions, { kernelInitializer: initializer(0.002, seed + 1) });
  }

  override call(x: Tensor): Tensor {
    return x.add(this.shift.apply(this.bend.apply(x)));
  }
}
