/** Kernels that reduce axes to one value, and running sums. */
import { type Axes, type Axis, type Kernel, type Operand, type Spec, stridesOf } from "@crease/backend";
import type { Kernels, WasmBuffer } from "./buffer.ts";
import { copyStrided } from "./copy.ts";
import type { Engine, WasmKernel } from "./engine.ts";
import { layout } from "./layout.ts";
import { product } from "./product.ts";
import { typedKernels } from "./suffix.ts";

type One = readonly [Operand<WasmBuffer>];

/** As many elements as `assembly/reduce.ts` adds up in float32. */
const chunk = 4096;

/** An input seen as the axes [outer, n, inner]. */
export interface Blocks {
  readonly address: number;
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
}

/** The input with `axes`, which are neighbours, as its middle axis. */
export function blocksOf(x: Operand<WasmBuffer>, axes: readonly number[]): Blocks {
  const first = axes[0] ?? 0;
  const next = first + axes.length;
  return {
    address: x.handle.address,
    outer: product(x.shape, 0, first),
    n: product(x.shape, first, next),
    inner: product(x.shape, next, x.shape.length),
  };
}

/** Calls `body` with the blocks; where the axes are no neighbours, of a copy with them moved to the end. */
function withBlocks(
  engine: Engine,
  x: Operand<WasmBuffer>,
  axes: readonly number[],
  body: (blocks: Blocks) => void,
): void {
  if (axes.length < 2 || axes[axes.length - 1] === axes[0]! + axes.length - 1) {
    body(blocksOf(x, axes));
    return;
  }
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const perm = [...kept, ...axes];
  const own = stridesOf(x.shape);
  const shape = perm.map((axis) => x.shape[axis]!);
  const copy = engine.allocate({ dtype: x.dtype, shape });
  const from = { address: x.handle.address, start: 0, strides: perm.map((axis) => own[axis]!) };
  copyStrided(engine, x.dtype, shape, from, { address: copy.address, start: 0, strides: stridesOf(shape) });
  body({
    address: copy.address,
    outer: product(shape, 0, kept.length),
    n: product(shape, kept.length, shape.length),
    inner: 1,
  });
  engine.release(copy);
}

/** Sets the arguments that all kernels here begin with, and launches. */
export function launchBlocks(
  engine: Engine,
  kernel: WasmKernel,
  { address, outer, n, inner }: Blocks,
  out: number,
  cost: number,
): void {
  const words = engine.views.int32;
  const at = layout.words >> 2;
  words[at] = address;
  words[at + 1] = out;
  words[at + 2] = outer;
  words[at + 3] = n;
  words[at + 4] = inner;
  engine.launch(kernel, outer * n * inner * cost);
}

function reduction(engine: Engine, name: string) {
  const kernels = typedKernels(engine, name);
  return ([x]: One, { axes }: Axes, [spec]: readonly [Spec]): readonly [WasmBuffer] => {
    const out = engine.allocate(spec);
    withBlocks(engine, x, axes, (blocks) =>
      launchBlocks(engine, kernels[x.dtype], blocks, out.address, x.dtype === "float32" ? 0.15 : 1),
    );
    return [out];
  };
}

/** Sums of one long row of float32 are taken in parts, which threads share. */
function sum(engine: Engine): Kernel<"sum", WasmBuffer> {
  const general = reduction(engine, "sum");
  const parts = engine.kernel("sumParts_f32");
  const join = engine.kernel("joinParts_f32");
  return (inputs, attrs, outs) => {
    const [x] = inputs;
    const n = x.handle.size;
    if (x.dtype !== "float32" || attrs.axes.length !== x.shape.length || n <= chunk)
      return general(inputs, attrs, outs);
    const out = engine.allocate(outs[0]);
    const count = Math.ceil(n / chunk);
    const scratch = engine.allocateBytes(count, 8);
    const at = layout.words >> 2;
    let words = engine.views.int32;
    words[at] = x.handle.address;
    words[at + 1] = scratch.address;
    words[at + 2] = n;
    engine.launch(parts, n * 0.15);
    words = engine.views.int32;
    words[at] = scratch.address;
    words[at + 1] = out.address;
    words[at + 2] = count;
    engine.launch(join, 0);
    engine.release(scratch);
    return [out];
  };
}

function position(engine: Engine, name: string) {
  const kernels = typedKernels(engine, name);
  return ([x]: One, { axis }: Axis, [spec]: readonly [Spec]): readonly [WasmBuffer] => {
    const out = engine.allocate(spec);
    launchBlocks(engine, kernels[x.dtype], blocksOf(x, [axis]), out.address, 1);
    return [out];
  };
}

function cumSum(engine: Engine): Kernel<"cumSum", WasmBuffer> {
  const kernels = typedKernels(engine, "cumSum");
  return ([x], { axis, exclusive, reverse }, [spec]) => {
    const out = engine.allocate(spec);
    const at = layout.words >> 2;
    engine.views.int32[at + 5] = Number(exclusive);
    engine.views.int32[at + 6] = Number(reverse);
    launchBlocks(engine, kernels[x.dtype], blocksOf(x, [axis]), out.address, 1.5);
    return [out];
  };
}

type ReduceName = "sum" | "prod" | "max" | "min" | "any" | "all" | "argMax" | "argMin" | "cumSum";

/** The kernels that reduce over axes. */
export function reduceKernels(engine: Engine): Kernels<ReduceName> {
  return {
    sum: sum(engine),
    prod: reduction(engine, "prod"),
    max: reduction(engine, "max"),
    min: reduction(engine, "min"),
    any: reduction(engine, "any"),
    all: reduction(engine, "all"),
    argMax: position(engine, "argMax"),
    argMin: position(engine, "argMin"),
    cumSum: cumSum(engine),
  };
}
