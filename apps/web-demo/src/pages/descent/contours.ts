/** Lines of equal height of a grid of heights. */

/** A piece of a line: from one point to another, in cells of the grid. */
export type Piece = readonly [x0: number, y0: number, x1: number, y1: number];

/** The pieces of the line at `level` of a square grid with `side` heights each way (marching squares). */
export function contour(heights: ArrayLike<number>, side: number, level: number): Piece[] {
  const pieces: Piece[] = [];
  const at = (column: number, row: number): number => (heights[row * side + column] as number) - level;
  for (let row = 0; row + 1 < side; row++)
    for (let column = 0; column + 1 < side; column++) {
      const corners = [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)] as const;
      const crossings = crossingsOf(corners).map(([x, y]) => [column + x, row + y] as const);
      // Two crossings make one piece, four make two.
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const [from, to] = [crossings[i], crossings[i + 1]];
        if (from !== undefined && to !== undefined) pieces.push([...from, ...to]);
      }
    }
  return pieces;
}

/** Where a line crosses the sides of a cell, walking around it from its first corner. */
function crossingsOf([a, b, c, d]: readonly [number, number, number, number]): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  if (a > 0 !== b > 0) found.push([a / (a - b), 0]);
  if (b > 0 !== c > 0) found.push([1, b / (b - c)]);
  if (c > 0 !== d > 0) found.push([1 - c / (c - d), 1]);
  if (d > 0 !== a > 0) found.push([0, 1 - d / (d - a)]);
  return found;
}

/** `count` levels between the lowest and the highest height, close together near the lowest, where valleys are flat. */
export function levelsOf(lowest: number, highest: number, count: number): number[] {
  const share = (i: number): number => (i / (count + 1)) ** 3;
  return Array.from({ length: count }, (_, i) => lowest + (highest - lowest) * share(i + 1));
}
