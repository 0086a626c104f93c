/** Tables of houses in npz files: inputs x, prices y, divided as Keras divides them. */
import { type Backend, DataError } from "@crease/backend";
import { readNpz, type StoredArray } from "@crease/files";
import { type Tensor, tensor } from "@crease/tensor";
import { type NamedFile, type NamedFileOptions, readFileOf } from "./namedFile.ts";
import { numpyShuffle, trainCount } from "./numpyShuffle.ts";

/** How a table is found and divided. */
export interface TableOptions extends NamedFileOptions {
  /** The fraction of rows to test with. Default 0.2. */
  readonly testSplit?: number;
  /** Decides the order of the rows, the same as in Keras. Default 113. */
  readonly seed?: number;
  /** Where the tensors live. Default: the default backend. */
  readonly backend?: Backend;
}

/** Inputs `[rows, columns]` and targets `[rows]`. */
export type TablePart = [x: Tensor, y: Tensor];

/**
 * The first `most` rows of the table, shuffled and divided, as float32.
 *
 * @throws DataError where the file is missing, damaged, cannot be fetched or holds no such table.
 */
export async function loadTable(
  file: NamedFile,
  options: TableOptions,
  most: number = Number.POSITIVE_INFINITY,
): Promise<[train: TablePart, test: TablePart]> {
  const { op, limit } = file;
  const { testSplit = 0.2, seed = 113, backend } = options;
  const shuffle = numpyShuffle(op, seed);
  trainCount(op, 0, testSplit);
  const { where, bytes } = await readFileOf(file, options);
  const arrays = await readNpz(bytes, { name: where, limit: 4 * limit });
  const [x, y] = [arrays.get("x"), arrays.get("y")];
  if (x === undefined || y === undefined || !isTable(x, y))
    throw new DataError({
      op,
      problem: `${where} holds no table x with a number y for each row`,
      fix: "Get the original file",
    });
  const [rows, columns] = x.shape as [number, number];
  const order = shuffle(Math.min(rows, most));
  const count = trainCount(op, order.length, testSplit);
  const part = (picked: Int32Array): TablePart => {
    const values = new Float32Array(picked.length * columns);
    picked.forEach((row, i) => {
      for (let j = 0; j < columns; j++) values[i * columns + j] = Number(x.data[row * columns + j]);
    });
    const place = backend === undefined ? {} : { backend };
    return [
      tensor(values, { shape: [picked.length, columns], ...place }),
      tensor(
        Float32Array.from(picked, (row) => Number(y.data[row])),
        place,
      ),
    ];
  };
  return [part(order.subarray(0, count)), part(order.subarray(count))];
}

function isTable(x: StoredArray, y: StoredArray): boolean {
  const isNumeric = x.dtype !== "string" && y.dtype !== "string";
  return isNumeric && x.shape.length === 2 && y.shape.length === 1 && x.shape[0] === y.shape[0];
}
