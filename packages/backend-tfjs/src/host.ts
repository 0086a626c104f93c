/** Ops computed on the host, element by element, where tfjs has no kernel with the right results. */
import { emptyData, type Spec, sizeOf } from "@crease/backend";
import type { Input } from "./compute.ts";
import { type Info, storedData, storedType } from "./tfjs.ts";
import type { Work } from "./work.ts";

type Numbers = Float32Array | Int32Array | Int8Array | Uint8Array;

/** Elements of a dtype to write results into: integers wrap at its range. */
export function emptyNumbers({ dtype, shape }: Spec): Numbers {
  return emptyData(dtype, sizeOf(shape)) as Numbers;
}

/** Brings results of the host to the device. */
export function writeNumbers(work: Work, values: Numbers, { dtype, shape }: Spec): Info {
  const stored = storedType(dtype);
  return work.write(storedData(values, stored), shape, stored);
}

/** `f` of each element. */
export function mapOnHost(work: Work, f: (x: number) => number, x: Input, out: Spec): Info {
  const values = work.read(x.info);
  const results = emptyNumbers(out);
  for (let i = 0; i < results.length; i++) results[i] = f(values[i]!);
  return writeNumbers(work, results, out);
}

/** `f` of each pair of elements, broadcast. */
export function zipOnHost(work: Work, f: (x: number, y: number) => number, a: Input, b: Input, out: Spec): Info {
  const [x, y] = [work.broadcast(a.info, out.shape), work.broadcast(b.info, out.shape)];
  const [xs, ys] = [work.read(x), work.read(y)];
  const results = emptyNumbers(out);
  for (let i = 0; i < results.length; i++) results[i] = f(xs[i]!, ys[i]!);
  return writeNumbers(work, results, out);
}
