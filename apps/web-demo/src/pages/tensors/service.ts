/** The worker's side of page 2. */
import { arange, type Range, scope, type Tensor } from "@crease/tensor";
import { type Handlers, Transferring } from "../../compute/serve.ts";
import type { Elements, Facts, Part, Source, SourceKind, TensorsCalls, Whole } from "./calls.ts";
import { makeTensor } from "./samples.ts";

/** The handlers. */
export function tensorsService(): Handlers<TensorsCalls> {
  // One of each kind: a slice that follows the hand must not make the prices of a year anew.
  const kept = new Map<SourceKind, { readonly source: Source; readonly tensor: Tensor }>();
  const tensorOf = (source: Source): Tensor => {
    const before = kept.get(source.kind);
    if (before !== undefined && isSame(before.source, source)) return before.tensor;
    const tensor = makeTensor(source);
    before?.tensor.dispose();
    kept.set(source.kind, { source, tensor });
    return tensor;
  };
  return {
    whole: async (source) => {
      const whole = await read(tensorOf(source));
      return new Transferring(whole, [whole.values.buffer]);
    },
    part: async ({ source, ranges }) => {
      const x = tensorOf(source);
      const sliced = x.slice(...ranges);
      const part: Part = {
        ...(await read(sliced)),
        places: x.shape.map((size, axis) => placesOf(size, ranges[axis] ?? null)),
        text: sliced.toString(),
      };
      sliced.dispose();
      return new Transferring(part, [part.values.buffer]);
    },
  };
}

async function read(x: Tensor): Promise<Whole> {
  const values = (await x.data()) as Elements;
  const facts: Facts = { ndim: x.ndim, shape: x.shape, dtype: x.dtype, bytes: values.byteLength };
  return { facts, values };
}

/** The same slice of an axis's own numbers: the library says which places it takes, clipping and steps included. */
function placesOf(size: number, range: Range): number[] {
  const taken = scope(() =>
    arange(size).slice(typeof range === "number" ? [range, range === -1 ? null : range + 1] : range),
  );
  const places = taken.arraySync() as number[];
  taken.dispose();
  return places;
}

function isSame(a: Source, b: Source): boolean {
  if (a.kind === "images" && b.kind === "images") return samePixels(a.own, b.own);
  return JSON.stringify(a) === JSON.stringify(b);
}

function samePixels(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.every((value, i) => value === b[i]);
}
