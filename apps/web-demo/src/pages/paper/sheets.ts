/** Two sheets of paper, one upon the other, crumpled into one ball. */
import { arange, concat, full, linspace, randomUniform, scope, stack, type Tensor } from "@crease/tensor";
import { sheetSide } from "./shapes.ts";

/** Half the distance between the sheets, whose sides are 2 long. */
const halfGap = 0.13;
/** How steep a fold is, and the distance between its two creases. */
const slope = 0.85;
const period = 1.5;

/**
 * The vertices of both sheets, `[2 * side * side, 3]`, within a ball of radius 1.
 *
 * A fold moves each point `p` along `along` by a zigzag of `across . p`. As `along` and `across` are at right angles, it
 * can be undone, and so can the pressing at the end: no two points ever meet, and the ball can be unfolded.
 */
export function crumpledSheets(folds: number, seed: number): Tensor {
  return scope(() => {
    let p = flatSheets();
    for (let i = 0; i < folds; i++) {
      const { across, along, phase } = directions(i, seed);
      p = p.add(zigzag(p.matmul(across).add(phase)).matmul(along));
    }
    return pressed(p);
  });
}

/** Pressed from all sides into a ball of radius 1: as wide along each axis, and what sticks out furthest is moved most. */
function pressed(p: Tensor): Tensor {
  const even = p.sub(p.mean(0)).div(p.std(0));
  const round = even.div(even.square().sum(1, { keepDims: true }).add(2).sqrt());
  return round.div(round.square().sum(1).max().sqrt());
}

/** `[2 * side * side, 3]`. */
function flatSheets(): Tensor {
  const line = linspace(-1, 1, sheetSide);
  const x = line.tile(sheetSide);
  const y = line.repeat(sheetSide);
  const sheet = (height: number): Tensor => stack([x, y, full([sheetSide * sheetSide], height)], 1);
  return concat([sheet(-halfGap), sheet(halfGap)], 0);
}

/** A wave of straight lines, `slope` steep, with a crease at each multiple of half the period. */
function zigzag(t: Tensor): Tensor {
  return t
    .mod(period)
    .sub(period / 2)
    .abs()
    .mul(slope);
}

/** Two random directions at right angles, as `[3, 1]` and `[1, 3]`. */
function directions(fold: number, seed: number): { across: Tensor; along: Tensor; phase: Tensor } {
  const random = randomUniform([3, 3], { min: -1, max: 1, seed: seed * 1000 + fold });
  const [first, second, third] = [random.at(0), random.at(1), random.at(2)];
  const across = first.div(first.norm());
  const rest = second.sub(across.mul(second.dot(across)));
  return { across: across.reshape([3, 1]), along: rest.div(rest.norm()).reshape([1, 3]), phase: third.sum() };
}

/** 0 for each vertex of the first sheet, 1 for each of the second: `[2 * side * side, 1]`. */
export function sheetLabels(): Tensor {
  return scope(() =>
    arange(2 * sheetSide * sheetSide)
      .greaterEqual(sheetSide * sheetSide)
      .cast("float32")
      .reshape([-1, 1]),
  );
}
