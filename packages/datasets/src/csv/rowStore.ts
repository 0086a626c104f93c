/** Encoded rows outside tensors: dense arrays that grow. */
import type { Backend } from "@crease/backend";
import { type Tensor, tensor } from "@crease/tensor";

/** What a CSV's data set yields. */
export type CsvElement = readonly [x: Tensor, y?: Tensor | undefined, sampleWeight?: Tensor];

/** What a row consists of. */
export interface RowLayout {
  /** Numbers of its inputs. */
  readonly width: number;
  /** What its target is: a class, a number, or nothing. */
  readonly target: "class" | "value" | undefined;
  readonly hasWeight: boolean;
}

/** Rows of one layout, each at a place that can be written and read. */
export class RowStore {
  readonly layout: RowLayout;
  count = 0;
  x: Float32Array;
  y: Float32Array | Int32Array;
  weight: Float32Array;

  constructor(layout: RowLayout, capacity: number) {
    this.layout = layout;
    this.x = new Float32Array(capacity * layout.width);
    this.y = layout.target === "class" ? new Int32Array(capacity) : new Float32Array(capacity);
    this.weight = new Float32Array(capacity);
  }

  /** Bytes that a row takes. */
  static bytesOf({ width }: RowLayout): number {
    return 4 * (width + 2);
  }

  /** The place of a new row. */
  add(): number {
    if (this.count === this.y.length) this.#grow();
    return this.count++;
  }

  #grow(): void {
    const wider = new RowStore(this.layout, Math.max(64, 2 * this.count));
    wider.x.set(this.x);
    wider.y.set(this.y);
    wider.weight.set(this.weight);
    this.x = wider.x;
    this.y = wider.y;
    this.weight = wider.weight;
  }

  /** Writes a row of another store at a place. */
  copy(at: number, from: RowStore, row: number): void {
    const { width } = this.layout;
    this.x.set(from.x.subarray(row * width, (row + 1) * width), at * width);
    this.y[at] = from.y[row] as number;
    this.weight[at] = from.weight[row] as number;
  }

  /** The rows named as a batch of tensors: `[n, width]`, `[n]` of classes or `[n, 1]` of numbers, `[n]` of weights. */
  batch(rows: readonly number[], backend: Backend | undefined): CsvElement {
    const picked = new RowStore(this.layout, rows.length);
    for (const row of rows) picked.copy(picked.add(), this, row);
    return picked.tensors(backend);
  }

  /** All rows as tensors. */
  tensors(backend: Backend | undefined): CsvElement {
    const { count } = this;
    const { width, target, hasWeight } = this.layout;
    const place = backend === undefined ? {} : { backend };
    const x = tensor(this.x.subarray(0, count * width), { shape: [count, width], ...place });
    if (target === undefined && !hasWeight) return [x];
    const shape = target === "class" ? [count] : [count, 1];
    const y = target === undefined ? undefined : tensor(this.y.subarray(0, count), { shape, ...place });
    if (!hasWeight) return [x, y];
    return [x, y, tensor(this.weight.subarray(0, count), place)];
  }
}
