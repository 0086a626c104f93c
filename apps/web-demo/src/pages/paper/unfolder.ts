/** The network of page 4: moves, one after the other, then a flat cut. */
import { Dense, VarianceScaling } from "@crease/layers";
import { Model } from "@crease/models";
import type { Tensor } from "@crease/tensor";
import { Move, type MoveOptions } from "./move.ts";

/** Points keep their number of dimensions through all layers, so that each layer's space can be drawn. */
export class Unfolder extends Model {
  readonly moves: readonly Move[];
  readonly cut: Dense;

  constructor({ layers, ...options }: MoveOptions & { readonly layers: number }) {
    super();
    const { seed } = options;
    this.moves = Array.from({ length: layers }, (_, i) => new Move({ ...options, seed: seed * 1000 + 3 * i }));
    this.cut = new Dense(1, { activation: "sigmoid", kernelInitializer: new VarianceScaling({ seed }) });
  }

  /** The probability that a point belongs to the second class. */
  override call(x: Tensor): Tensor {
    return this.cut.apply(this.moved(x));
  }

  /** Where the last move puts the points. */
  moved(x: Tensor): Tensor {
    return this.moves.reduce((y, move) => move.apply(y), x);
  }

  /** The points, then what each move makes of them. */
  stages(x: Tensor): Tensor[] {
    const stages = [x];
    for (const move of this.moves) stages.push(move.apply(stages.at(-1) as Tensor));
    return stages;
  }
}
