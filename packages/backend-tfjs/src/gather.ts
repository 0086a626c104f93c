/** Ops that take and add by indices. */
import { type Gather, indexError, type Spec, sizeOf } from "@crease/backend";
import type { Compute, Input } from "./compute.ts";
import { emptyStored, type Info } from "./tfjs.ts";
import { isEmpty, type Work } from "./work.ts";

/** Looks at the indices where they can be read without waiting. @throws ValueError with the first one outside [0, size) and its position. */
export function checkIndices(work: Work, op: string, indices: Input, size: number, got: readonly Spec[]): void {
  if (work.device.isGraphic) return;
  const values = work.read(indices.info);
  for (let i = 0; i < values.length; i++) {
    const index = values[i]!;
    if (index < 0 || index >= size) throw indexError(op, index, i, indices, size, got);
  }
}

/** The elements that the indices name along an axis. */
export const gather: Compute<"gather"> = (work, [x, indices], attrs, [out]) => {
  const size = x.shape[attrs.axis]!;
  checkIndices(work, "gather", indices, size, [x, indices]);
  const layout = layoutOf(x, indices, attrs);
  if (work.device.isLocal) return [takenOnHost(work, x, indices, layout, size, out)];
  const rows = work.reshape(x.info, [layout.groups * size, layout.behind]);
  const own = rowsOf(work, indices, layout, size);
  return [work.run("GatherV2", { x: rows, indices: own }, { axis: 0, batchDims: 0 })];
};

/**
 * Row by row on the host, which on cpu and wasm is where the kernels run too. Their GatherV2 works out the place of each
 * element: 8 ms for a batch of 128 images. With batch axes wasm's takes the indices of the wrong batch, unless there are
 * as many of them as batches.
 */
function takenOnHost(
  work: Work,
  x: Input,
  indices: Input,
  { batches, before, taken, behind }: Layout,
  size: number,
  { shape }: Spec,
): Info {
  const all = work.read(x.info);
  const places = work.read(indices.info);
  const results = emptyStored(x.info.dtype, sizeOf(shape));
  let o = 0;
  for (let group = 0; group < batches * before; group++)
    for (let t = 0; t < taken; t++, o += behind) {
      const from = (group * size + places[Math.floor(group / before) * taken + t]!) * behind;
      if (behind === 1) results[o] = all[from]!;
      else results.set(all.subarray(from, from + behind), o);
    }
  return work.write(results, shape, x.info.dtype);
}

/** Adds each update to the row of zeros that its index names, by ScatterNd: wasm has no UnsortedSegmentSum. */
export const scatterAdd: Compute<"scatterAdd"> = (work, [indices, updates], attrs, [out]) => {
  checkIndices(work, "scatterAdd", indices, attrs.size, [indices, updates]);
  if (isEmpty(updates)) return [work.fill(0, out)];
  const layout = layoutOf(out, indices, attrs);
  const { groups, taken, behind } = layout;
  const flat = {
    indices: work.reshape(rowsOf(work, indices, layout, attrs.size), [groups * taken, 1]),
    updates: work.reshape(updates.info, [groups * taken, behind]),
  };
  return [work.wrap(work.run("ScatterNd", flat, { shape: [groups * attrs.size, behind] }), out.dtype)];
};

/** Indices into the rows of all batches and axes before, as `[groups * taken]`. */
function rowsOf(work: Work, indices: Input, { batches, before, groups, taken }: Layout, size: number): Info {
  if (groups === 1) return work.reshape(indices.info, [taken]);
  // Where the rows of each group begin.
  const starts = Int32Array.from({ length: groups }, (_, group) => group * size);
  const own = work.reshape(indices.info, [batches, 1, taken]);
  const rows = work.binary("Add", own, work.write(starts, [batches, before, 1], "int32"));
  return work.reshape(rows, [groups * taken]);
}

/** Batch, axes before, taken, axes behind: how the whole and the indices line up; a group is a batch and a place before. */
interface Layout {
  readonly batches: number;
  readonly before: number;
  readonly groups: number;
  readonly taken: number;
  readonly behind: number;
}

function layoutOf(whole: Spec, indices: Spec, { axis, batchDims }: Gather): Layout {
  const batches = sizeOf(whole.shape.slice(0, batchDims));
  const before = sizeOf(whole.shape.slice(batchDims, axis));
  return {
    batches,
    before,
    groups: batches * before,
    taken: sizeOf(indices.shape.slice(batchDims)),
    behind: sizeOf(whole.shape.slice(axis + 1)),
  };
}
