/** What layers learn from before training: a tensor, an array, or batches of them. */
import { type DType, requireInteger, ValueError } from "@crease/backend";
import { asTensor, Tensor, type Values } from "@crease/tensor";

/** One batch: its values, or `[x, y?, sampleWeight?]`, of which x counts. */
export type AdaptBatch =
  | Tensor
  | Values
  | readonly [x: Tensor | Values | { readonly [name: string]: Tensor }, ...others: unknown[]];

/** What `adapt` takes: a tensor, a (nested or typed) array, or batches, such as a Dataset or a list of tensors. */
export type AdaptData = Tensor | Values | Iterable<AdaptBatch> | AsyncIterable<AdaptBatch>;

/** What `adapt` takes besides the data. */
export interface AdaptOptions {
  /** How many batches to take of an iterable that never ends; default all. */
  readonly steps?: number | undefined;
}

/**
 * The inputs in `data`, batch by batch; each is given up when the next is asked for, except tensors that the caller
 * holds: `data` itself and those in a list. What other iterables yield belongs to whoever goes through them.
 *
 * @throws ValueError for no batch at all, and for batches that hold no tensor.
 */
export async function* adaptBatches(
  op: string,
  data: AdaptData,
  { dtype, steps }: AdaptOptions & { readonly dtype?: DType } = {},
): AsyncGenerator<Tensor> {
  if (steps !== undefined) requireInteger(op, "steps", steps, { min: 1 });
  if (!isBatches(data)) return yield* inputOf(op, data, dtype);
  let count = 0;
  for await (const batch of data) {
    try {
      yield* inputOf(op, isElement(batch) ? batch[0] : batch, dtype);
    } finally {
      if (!Array.isArray(data)) disposeAll(batch);
    }
    if (++count === steps) return;
  }
  if (count === 0)
    throw new ValueError({ op, problem: "there are no data", fix: "Give a tensor, an array or at least one batch" });
}

async function* inputOf(op: string, x: unknown, dtype: DType | undefined): AsyncGenerator<Tensor> {
  if (x instanceof Tensor) return yield x;
  if (typeof x === "object" && !Array.isArray(x) && !ArrayBuffer.isView(x))
    throw new ValueError({
      op,
      problem: "it learns from one input, and a batch has several or none",
      fix: "Give batches of tensors: `data.map(([x]) => [x.name])`",
    });
  const uploaded = asTensor(x as Values, { op, ...(dtype && !ArrayBuffer.isView(x) && { dtype }) });
  try {
    yield uploaded;
  } finally {
    uploaded.dispose();
  }
}

/** Whether data are batches: an array is a list of them where it holds tensors or typed arrays, else values. */
export function isBatches(
  data: AdaptData | Iterable<AdaptBatch> | AsyncIterable<AdaptBatch>,
): data is Iterable<AdaptBatch> {
  if (typeof data !== "object" || data === null || data instanceof Tensor || ArrayBuffer.isView(data)) return false;
  let first: unknown = data;
  while (Array.isArray(first)) first = first[0];
  if (!Array.isArray(data)) return Symbol.iterator in data || Symbol.asyncIterator in data;
  return data.length === 0 || first instanceof Tensor || ArrayBuffer.isView(first);
}

/** True for `[x, y?, sampleWeight?]`, as data sets yield it. */
function isElement(batch: unknown): batch is readonly [unknown, ...unknown[]] {
  return Array.isArray(batch) && typeof batch[0] === "object" && !Array.isArray(batch[0]);
}

function disposeAll(value: unknown): void {
  if (value instanceof Tensor) value.dispose();
  else if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value))
    for (const inner of Object.values(value)) disposeAll(inner);
}
