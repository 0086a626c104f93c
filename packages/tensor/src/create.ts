/** Functions that make tensors from values, shapes and ranges. */
import {
  type Backend,
  checkShape,
  type Data,
  type DType,
  DTypeError,
  emptyData,
  isFloat,
  isInteger,
  normalizeAxis,
  type Shape,
  ValueError,
} from "@crease/backend";
import { Cell } from "./cell.ts";
import { checkDType, checkNumeric } from "./checkDType.ts";
import { elementsOf, isWeak, type Scalar, type TensorLike, type Values } from "./operands.ts";
import { scope } from "./scope.ts";
import { specOf } from "./specOf.ts";
import { run, share, Tensor, upload } from "./tensor.ts";

/** What a new tensor is made of and where it lives. */
export interface CreateOptions {
  /** Element type; each function says what it takes without one. */
  readonly dtype?: DType;
  /** Where it lives; the default backend unless said. */
  readonly backend?: Backend;
}

/**
 * A tensor of the given values: numbers become float32, booleans bool, strings string, a typed array keeps its type.
 *
 * @param options `shape` arranges flat values; `dtype` converts them.
 * @throws ShapeError for ragged arrays and for a `shape` that the values do not fill; DTypeError for mixed or unknown
 *   element types; ValueError for a number that the dtype cannot hold.
 * @example
 * ```ts
 * import { tensor } from "@crease/tensor";
 * await tensor([[1, 2], [3, 4]]).array(); // => [[1, 2], [3, 4]]
 * tensor([1, 2, 3, 4], { shape: [2, 2], dtype: "int32" }).shape; // => [2, 2]
 * ```
 */
export function tensor(values: Values, options: CreateOptions & { readonly shape?: Shape } = {}): Tensor {
  const { dtype, shape, backend } = options;
  if (dtype !== undefined) checkDType("tensor", dtype);
  if (shape !== undefined) checkShape("tensor", shape);
  return upload(elementsOf("tensor", values, dtype, shape), backend);
}

/**
 * A tensor of one value, float32 for a number unless `dtype` says otherwise.
 *
 * @throws ValueError for a size that is no whole number of 0 or more.
 * @example
 * ```ts
 * import { full } from "@crease/tensor";
 * full([3], 7, { dtype: "int32" }); // => [7 7 7]
 * ```
 */
export function full(shape: Shape, value: Scalar, options: CreateOptions = {}): Tensor {
  return filled("full", shape, value, options);
}

/**
 * A tensor of zeros, float32 unless `dtype` says otherwise.
 *
 * @throws ValueError for a size that is no whole number of 0 or more.
 * @example
 * ```ts
 * import { zeros } from "@crease/tensor";
 * zeros([3]); // => [0. 0. 0.]
 * ```
 */
export function zeros(shape: Shape, options: CreateOptions = {}): Tensor {
  return filled("zeros", shape, options.dtype === "string" ? "" : 0, options);
}

/**
 * A tensor of ones, float32 unless `dtype` says otherwise.
 *
 * @throws ValueError for a size that is no whole number of 0 or more.
 * @example
 * ```ts
 * import { ones } from "@crease/tensor";
 * ones([2, 3]).sum().toString(); // => 6.0
 * ```
 */
export function ones(shape: Shape, options: CreateOptions = {}): Tensor {
  return filled("ones", shape, 1, options);
}

/**
 * Zeros in the shape and dtype of `x`, on its backend.
 *
 * @example
 * ```ts
 * import { tensor, zerosLike } from "@crease/tensor";
 * zerosLike(tensor([5, 6])); // => [0. 0.]
 * ```
 */
export function zerosLike(x: TensorLike, options: CreateOptions = {}): Tensor {
  const spec = like("zerosLike", x);
  return zeros(spec.shape, { ...spec, ...options });
}

/**
 * Ones in the shape and dtype of `x`, on its backend.
 *
 * @example
 * ```ts
 * import { onesLike, tensor } from "@crease/tensor";
 * onesLike(tensor([5, 6], { dtype: "int32" })); // => [1 1]
 * ```
 */
export function onesLike(x: TensorLike, options: CreateOptions = {}): Tensor {
  const spec = like("onesLike", x);
  return ones(spec.shape, { ...spec, ...options });
}

/** Shape, dtype and, of tensors and Variables, backend. */
function like(op: string, x: TensorLike): CreateOptions & { readonly shape: Shape } {
  const { shape, dtype } = specOf(op, x);
  const place = x instanceof Cell ? x.held : x;
  return place instanceof Tensor ? { shape, dtype, backend: place.backend } : { shape, dtype };
}

/** One element goes to the backend and is repeated there. */
function filled(op: string, shape: Shape, value: Scalar, { dtype, backend }: CreateOptions): Tensor {
  checkShape(op, shape);
  if (dtype !== undefined) checkDType(op, dtype);
  const one = upload(elementsOf(op, value, dtype), backend);
  const result = run("broadcastTo", [one], { shape: [...shape] })[0];
  one.dispose();
  return result;
}

/**
 * A matrix `[n, m]` with ones on a diagonal and zeros elsewhere; square unless `m` is given.
 *
 * @param options `k` is the diagonal: 0 the main one, above it positive; float32 unless `dtype` says otherwise.
 * @throws ValueError for a size that is no whole number of 0 or more, and for a diagonal that is no integer.
 * @example
 * ```ts
 * import { eye } from "@crease/tensor";
 * await eye(2, 3, { k: 1 }).array(); // => [[0, 1, 0], [0, 0, 1]]
 * ```
 */
export function eye(n: number, m: number = n, options: CreateOptions & { readonly k?: number } = {}): Tensor {
  checkShape("eye", [n, m]);
  const dtype = checkNumeric("eye", options.dtype ?? "float32");
  const k = options.k ?? 0;
  if (!Number.isInteger(k))
    throw new ValueError({
      op: "eye",
      problem: `diagonal ${k} is no integer`,
      fix: "Count diagonals from the main one, 0",
    });
  const data = emptyData(dtype, n * m) as Float32Array;
  for (let row = Math.max(0, -k); row < n && row + k < m; row++) data[row * m + row + k] = 1;
  return upload({ data, dtype, shape: [n, m] }, options.backend);
}

/**
 * The numbers from `start` up to but not including `stop`, `step` apart; `arange(n)` counts from 0 to `n - 1`.
 * int32 where all three are whole numbers, else float32, unless `dtype` says otherwise.
 *
 * @throws ValueError for a step of 0, for numbers that are not finite, and for whole numbers outside the dtype's range.
 * @example
 * ```ts
 * import { arange } from "@crease/tensor";
 * arange(4); // => [0 1 2 3]
 * arange(0, 1, 0.25); // => [0.   0.25 0.5  0.75]
 * ```
 */
export function arange(start: number, stop?: number | null, step: number = 1, options: CreateOptions = {}): Tensor {
  const [from, to] = stop === undefined || stop === null ? [0, start] : [start, stop];
  if (![from, to, step].every(Number.isFinite) || step === 0)
    throw new ValueError({
      op: "arange",
      problem: `no range goes from ${from} to ${to} in steps of ${step}`,
      fix: "Use finite numbers and a step that is not 0",
    });
  const whole = [from, to, step].every(Number.isInteger);
  const count = Math.max(0, Math.ceil((to - from) / step));
  return sequence("arange", count, (i) => from + i * step, options.dtype ?? (whole ? "int32" : "float32"), options);
}

/**
 * `num` numbers at equal distances from `start` to `stop`, `stop` included unless `endpoint` is false. float32 unless
 * `dtype` says otherwise.
 *
 * @throws ValueError where `num` is no whole number of 0 or more, and for ends that are not finite.
 * @example
 * ```ts
 * import { linspace } from "@crease/tensor";
 * linspace(0, 1, 5); // => [0.   0.25 0.5  0.75 1.  ]
 * linspace(0, 1, 4, { endpoint: false }); // => [0.   0.25 0.5  0.75]
 * ```
 */
export function linspace(
  start: number,
  stop: number,
  num: number = 50,
  options: CreateOptions & { readonly endpoint?: boolean } = {},
): Tensor {
  checkShape("linspace", [num]);
  if (!Number.isFinite(start) || !Number.isFinite(stop))
    throw new ValueError({
      op: "linspace",
      problem: `no numbers lead from ${start} to ${stop}`,
      fix: "Use finite numbers",
    });
  const last = num - 1;
  const endpoint = options.endpoint ?? true;
  const step = (stop - start) / (endpoint ? Math.max(last, 1) : Math.max(num, 1));
  const at = (i: number): number => (endpoint && i === last && i > 0 ? stop : start + i * step);
  return sequence("linspace", num, at, options.dtype ?? "float32", options);
}

function sequence(
  op: string,
  count: number,
  at: (i: number) => number,
  dtype: DType,
  { backend }: CreateOptions,
): Tensor {
  checkNumeric(op, dtype);
  if (!isFloat(dtype))
    return upload(
      elementsOf(
        op,
        Array.from({ length: count }, (_, i) => Math.trunc(at(i))),
        dtype,
        [count],
      ),
      backend,
    );
  const data = emptyData(dtype, count) as Float32Array;
  for (let i = 0; i < count; i++) data[i] = at(i);
  return upload({ data: data as Data, dtype, shape: [count] }, backend);
}

/**
 * A new axis of size `depth` that is 1 at each index and 0 elsewhere; an index outside `[0, depth)` gives zeros only.
 * float32 unless `dtype` says otherwise.
 *
 * @param indices Integers of any shape.
 * @param options `axis` is where the new axis stands in the result, last unless said.
 * @throws ValueError where `depth` is no whole number of 0 or more; DTypeError where the indices are no integers.
 * @example
 * ```ts
 * import { oneHot } from "@crease/tensor";
 * await oneHot([2, 0], 3).array(); // => [[0, 0, 1], [1, 0, 0]]
 * ```
 */
export function oneHot(
  indices: TensorLike,
  depth: number,
  options: CreateOptions & { readonly axis?: number } = {},
): Tensor {
  const dtype = checkNumeric("oneHot", options.dtype ?? "float32");
  return scope(() => {
    const index = integers(indices, options.backend);
    checkShape("oneHot", [depth], [index]);
    const shape = [...index.shape, depth];
    const axis = normalizeAxis("oneHot", options.axis ?? -1, { dtype, shape });
    const beside = index.shape.map((size) => size);
    beside.splice(axis, 0, 1);
    const classes = arange(depth, null, 1, { dtype: "int32", backend: index.backend }).reshape(
      beside.map((_, i) => (i === axis ? depth : 1)),
    );
    return run("equal", [index.reshape(beside), classes], {})[0].cast(dtype);
  });
}

/** Operands as an int tensor; JavaScript numbers count as int32. */
function integers(x: TensorLike, backend: Backend | undefined): Tensor {
  const index =
    x instanceof Cell
      ? share(x.held)
      : x instanceof Tensor
        ? x
        : upload(elementsOf("oneHot", x, isWeak(x) ? "int32" : undefined), backend);
  if (!isInteger(index.dtype))
    throw new DTypeError({
      op: "oneHot",
      problem: `indices are ${index.dtype}`,
      got: [index],
      fix: 'Give integers, or convert with `x.cast("int32")`',
    });
  return index;
}
