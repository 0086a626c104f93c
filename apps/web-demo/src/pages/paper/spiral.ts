/** Two arms of a spiral in the plane, and the network that pulls them apart. */
import { Dense, VarianceScaling } from "@crease/layers";
import { Model } from "@crease/models";
import { arange, concat, linspace, randomNormal, scope, stack, type Tensor } from "@crease/tensor";
import { armPoints, gridSide } from "./shapes.ts";

/** The points of both arms, the first arm's first: `[2 * armPoints, 2]`, within the square from -1 to 1. */
export function spiralPoints(turns: number, seed: number): Tensor {
  return scope(() => {
    const along = linspace(0.08, 1, armPoints);
    const angle = along.mul(turns * 2 * Math.PI);
    const radius = along.mul(0.92);
    const arm = stack([angle.cos().mul(radius), angle.sin().mul(radius)], 1);
    const both = concat([arm, arm.neg()], 0);
    return both.add(randomNormal(both.shape, { stddev: 0.012, seed }));
  });
}

/** 0 for the first arm, 1 for the second: `[2 * armPoints, 1]`. */
export function armLabels(): Tensor {
  return scope(() =>
    arange(2 * armPoints)
      .greaterEqual(armPoints)
      .cast("float32")
      .reshape([-1, 1]),
  );
}

/** The points of the grid, row by row, from -1 to 1: `[gridSide * gridSide, 2]`. */
export function gridPoints(): Tensor {
  return scope(() => {
    const line = linspace(-1, 1, gridSide);
    return stack([line.tile(gridSide), line.repeat(gridSide)], 1);
  });
}

/** Two bent layers, then a hidden layer of two units, which can be drawn, then a straight cut. */
export class Untwister extends Model {
  readonly first: Dense;
  readonly second: Dense;
  readonly hidden: Dense;
  readonly cut: Dense;

  constructor(seed: number) {
    super();
    const dense = (units: number, scale: number, key: number, activation?: "tanh" | "sigmoid") =>
      new Dense(units, {
        activation: activation ?? null,
        kernelInitializer: new VarianceScaling({ scale, mode: "fanIn", seed: seed * 10 + key }),
        biasInitializer: new VarianceScaling({ scale: 0.3, mode: "fanIn", seed: seed * 10 + key + 5 }),
      });
    this.first = dense(20, 3, 0, "tanh");
    this.second = dense(12, 1.5, 1, "tanh");
    this.hidden = dense(2, 1, 2);
    this.cut = dense(1, 1, 3, "sigmoid");
  }

  override call(x: Tensor): Tensor {
    return this.cut.apply(this.hiddenOf(x));
  }

  /** Where points lie in the hidden layer's space: `[batch, 2]`. */
  hiddenOf(x: Tensor): Tensor {
    return this.hidden.apply(this.second.apply(this.first.apply(x)));
  }
}
