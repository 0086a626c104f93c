/** A number over the time of a training, kept short however long that is. */

/** More points than a wide terminal shows. */
const most = 1024;

/** Points in order of x; neighbours are averaged once there are many. */
export class Curve {
  #points: [x: number, y: number][] = [];

  /** Adds a point; what is no number is left out. */
  add(x: number, y: number): void {
    if (!Number.isFinite(y)) return;
    this.#points.push([x, y]);
    if (this.#points.length < most) return;
    const halved: [number, number][] = [];
    for (let i = 0; i + 1 < this.#points.length; i += 2) {
      const [a, b] = [this.#points[i] as [number, number], this.#points[i + 1] as [number, number]];
      halved.push([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
    }
    this.#points = halved;
  }

  /** The points so far. */
  get points(): readonly (readonly [x: number, y: number])[] {
    return this.#points;
  }
}
