/** Data sets of the rows of arrays in NumPy's files. */
import { type Backend, type Data, DataError, requireInteger, suggestName, ValueError } from "@crease/backend";
import type { StoredArray } from "@crease/files";
import { type Tensor, tensor } from "@crease/tensor";
import { type ArrayFileOptions, type ArrayFileSource, nameOfFile, readArrays } from "./arrayFile.ts";
import type { Dataset } from "./dataset.ts";
import { requireSubset } from "./requireSubset.ts";
import { shuffleKey } from "./shuffleKey.ts";
import { StageDataset } from "./stageDataset.ts";
import { loadedRows } from "./stages/loadedRows.ts";
import { validationRows } from "./validationRows.ts";

/** Which arrays become what, and how their rows are handed out. */
export interface NpzDatasetOptions extends ArrayFileOptions {
  /** The array of inputs. Default: `x`, else `x_train`, else the only one. */
  readonly x?: string;
  /** The array of targets, null for none. Default: `y`, else `y_train`, else none. */
  readonly y?: string | null;
  /** An array of numbers that weigh the rows. */
  readonly sampleWeight?: string;
  /** Rows in a batch; null gives them one by one. Default 32. */
  readonly batchSize?: number | null;
  /** Whether each pass has an order of its own. Default true; validation rows are never shuffled. */
  readonly shuffle?: boolean;
  /** Decides which rows are held back, and the orders. Without it one is drawn from the random stream. */
  readonly seed?: number;
  /** The fraction of rows held back for validation, at random in each stretch of the file. Default 0. */
  readonly validationSplit?: number;
  /** Which part of a `validationSplit` to yield; "both" gives the two. */
  readonly subset?: "training" | "validation" | "both";
  /** Where the tensors live. Default: the default backend. */
  readonly backend?: Backend;
}

/** A batch of rows. */
export type NpzElement = readonly [x: Tensor, y?: Tensor | undefined, sampleWeight?: Tensor];

const op = "npzDataset";

/**
 * Batches `[x, y?, sampleWeight?]` of the rows of arrays in an npz file, or of the one array of an npy file. float64
 * becomes float32, all other types stay; the arrays are held outside tensors, batches are made when asked for.
 *
 * @returns With `subset: "both"` two data sets, for training and validation.
 * @throws DataError where the file cannot be read or is damaged, or the arrays differ in length; ValueError for names that
 * it does not have and for options that do not fit each other.
 * @example
 * ```ts
 * import { npzDataset } from "@crease/datasets";
 * import { writeNpz } from "@crease/files";
 * const x = { dtype: "float32", shape: [4, 2], data: Float32Array.from({ length: 8 }, (_, i) => i) } as const;
 * const y = { dtype: "int32", shape: [4], data: new Int32Array([0, 1, 0, 1]) } as const;
 * const bytes = writeNpz(new Map([["x", x], ["y", y]]));
 * const data = await npzDataset(bytes, { batchSize: 3, shuffle: false });
 * const seen: string[] = [];
 * for await (const [x, y] of data) seen.push(`${x.shape} ${y}`);
 * seen; // => ["3,2 [0 1 0]", "1,2 [1]"]
 * ```
 */
export async function npzDataset(
  source: ArrayFileSource,
  options: NpzDatasetOptions & { readonly subset: "both" },
): Promise<[training: Dataset<NpzElement>, validation: Dataset<NpzElement>]>;
export async function npzDataset(
  source: ArrayFileSource,
  options?: NpzDatasetOptions & { readonly subset?: "training" | "validation" },
): Promise<Dataset<NpzElement>>;
export async function npzDataset(
  source: ArrayFileSource,
  options: NpzDatasetOptions = {},
): Promise<Dataset<NpzElement> | [Dataset<NpzElement>, Dataset<NpzElement>]> {
  const { batchSize = 32, shuffle = true, validationSplit = 0, subset, seed, backend } = options;
  if (batchSize !== null) requireInteger(op, "batchSize", batchSize, { min: 1 });
  requireSubset(op, { subset, validationSplit, seed, isRandom: true });
  const key = shuffleKey(seed, true);
  const isHeld = validationRows(op, validationSplit, key.seed);
  const arrays = chosen(await readArrays(op, source, options), nameOfFile(source), options);
  const [count = 0] = arrays[0]?.shape ?? [];
  const parts = { training: [] as number[], validation: [] as number[] };
  for (let row = 0; row < count; row++) parts[isHeld() ? "validation" : "training"].push(row);
  const part = (name: "training" | "validation"): Dataset<NpzElement> => {
    const rows = parts[name];
    if (rows.length === 0 && subset !== undefined)
      throw new ValueError({
        op,
        problem: `validationSplit ${validationSplit} of ${count} rows leaves none for ${name}`,
        fix: "Use another fraction, or more rows",
      });
    const load = (picked: readonly number[]): NpzElement =>
      arrays.map(
        (array) =>
          array &&
          rowsOf(
            array,
            picked.map((i) => rows[i] as number),
            backend,
          ),
      ) as unknown as NpzElement;
    const ordered = shuffle && name === "training" ? key : undefined;
    return new StageDataset(loadedRows({ count: rows.length, load, batchSize, key: ordered }));
  };
  return subset === "both" ? [part("training"), part("validation")] : part(subset ?? "training");
}

/** The arrays in the order of an element, of one length each. */
function chosen(
  arrays: ReadonlyMap<string, StoredArray>,
  file: string,
  { x, y, sampleWeight }: NpzDatasetOptions,
): (StoredArray | undefined)[] {
  const names = [...arrays.keys()];
  const named = (name: string): StoredArray => {
    const array = arrays.get(name);
    if (array === undefined)
      throw new ValueError({ op, problem: `${file} has no array "${name}"`, fix: suggestName(name, names) });
    return array;
  };
  const usual = (...wanted: string[]): string | undefined => wanted.find((name) => arrays.has(name));
  const inputs = x ?? usual("x", "x_train") ?? (names.length === 1 ? names[0] : undefined);
  if (inputs === undefined)
    throw new ValueError({
      op,
      problem: `${file} has the arrays ${names.join(", ") || "none"}, none of them x`,
      fix: "Name the inputs by `x`, and the targets by `y`",
    });
  const targets = y === null ? undefined : (y ?? usual("y", "y_train"));
  const element = [named(inputs), targets === undefined ? undefined : named(targets)];
  if (sampleWeight !== undefined) element.push(named(sampleWeight));
  else if (targets === undefined) element.pop();
  const lengths = new Set(element.map((array) => array && (array.shape[0] ?? -1)));
  lengths.delete(undefined);
  if (lengths.size > 1 || lengths.has(-1))
    throw new DataError({
      op,
      problem: `${file} has arrays of different length`,
      got: element.filter((array) => array !== undefined),
      fix: "Give one row of each for every sample",
    });
  return element;
}

/** The rows named as a tensor. */
function rowsOf({ data, shape, dtype }: StoredArray, rows: readonly number[], backend: Backend | undefined): Tensor {
  const size = shape.slice(1).reduce((product, length) => product * length, 1);
  const picked = Array.isArray(data)
    ? rows.flatMap((row) => data.slice(row * size, (row + 1) * size))
    : gathered(data as Numbers, rows, size);
  return tensor(picked, {
    shape: [rows.length, ...shape.slice(1)],
    dtype: dtype === "float64" ? "float32" : dtype,
    ...(backend === undefined ? {} : { backend }),
  });
}

type Numbers = Exclude<Data, readonly string[]>;

function gathered(data: Numbers, rows: readonly number[], size: number): Numbers {
  const picked = data.slice(0, rows.length * size);
  rows.forEach((row, i) => {
    picked.set(data.subarray(row * size, (row + 1) * size), i * size);
  });
  return picked;
}
