/** What worker and page both know of page 4's sheets and grids. */

/** Vertices along the side of a sheet; both sheets have `sheetSide ** 2`, the first sheet's come first. */
export const sheetSide = 33;

/** Number of vertices of both sheets. */
export const vertexCount: number = 2 * sheetSide * sheetSide;

/** Points along the side of the spiral's grid, which covers the square from -1 to 1. */
export const gridSide = 41;

/** Points on each arm of the spiral. */
export const armPoints = 110;
