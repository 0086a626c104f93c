/** A number over the time of a training, kept short however long that is. */

/** More points than a wide terminal shows. */
const most = 1024;

/** A number and where it stands. */
type Point = readonly [x: number, y: number];

/** Points in order of x, each the mean of as many as there were for one; twice as many whenever there are too many. */
export class Curve {
  #points: Point[] = [];
  /** Numbers in a point. */
  #share = 1;
  #pending: Point[] = [];

  /** Adds a number; what is none is left out. */
  add(x: number, y: number): void {
    if (!Number.isFinite(y)) return;
    this.#pending.push([x, y]);
    if (this.#pending.length < this.#share) return;
    this.#points.push(meanOf(this.#pending));
    this.#pending = [];
    if (this.#points.length < most) return;
    this.#points = Array.from({ length: most / 2 }, (_, i) => meanOf(this.#points.slice(2 * i, 2 * i + 2)));
    this.#share *= 2;
  }

  /** The points so far. */
  get points(): readonly Point[] {
    return this.#points;
  }
}

function meanOf(points: readonly Point[]): Point {
  const sum = (axis: 0 | 1): number => points.reduce((total, point) => total + point[axis], 0);
  return [sum(0) / points.length, sum(1) / points.length];
}
