/** Two arms of a spiral in the plane, and the grid of the plane. */
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
