/** The network of the paper ball: each layer moves every point a little, and stays in three dimensions. */
import { Dense, VarianceScaling } from "@crease/layers";
import { Model } from "@crease/models";
import type { Tensor } from "@crease/tensor";

/** Hidden units of each move. */
const units = 16;

/** `x + shift(bend(x))`, from `[batch, 3]` to `[batch, 3]`. */
class Move extends Model {
  readonly bend: Dense;
  readonly shift: Dense;

  constructor(seed: number) {
    super();
    const initializer = (scale: number, key: number) => new VarianceScaling({ scale, mode: "fanIn", seed: key });
    this.bend = new Dense(units, { activation: "tanh", kernelInitializer: initializer(3, seed) });
    // Small at first: an untrained network leaves the ball nearly as it is.
    this.shift = new Dense(3, { kernelInitializer: initializer(0.002, seed + 1) });
  }

  override call(x: Tensor): Tensor {
    return x.add(this.shift.apply(this.bend.apply(x)));
  }
}

/** Moves, then a flat cut: the probability that a point belongs to the second sheet. */
export class Unfolder extends Model {
  readonly moves: readonly Move[];
  readonly cut: Dense;

  constructor(layers: number, seed: number) {
    super();
    this.moves = Array.from({ length: layers }, (_, i) => new Move(seed * 1000 + 2 * i));
    this.cut = new Dense(1, { activation: "sigmoid", kernelInitializer: new VarianceScaling({ seed }) });
  }

  override call(x: Tensor): Tensor {
    return this.cut.apply(this.moves.reduce((y, move) => move.apply(y), x));
  }

  /** The points, then what each move makes of them. */
  stages(x: Tensor): Tensor[] {
    const stages = [x];
    for (const move of this.moves) stages.push(move.apply(stages.at(-1) as Tensor));
    return stages;
  }
}
