/** Ops that take and add by indices. */
import { type Gather, type Spec, sizeOf, ValueError } from "@crease/backend";
import type { Compute, Input } from "./compute.ts";
import type { Work } from "./work.ts";
import { isEmpty } from "./work.ts";

/** Looks at the indices where they can be read without waiting. @throws ValueError with the first one outside [0, size) and its position. */
export function checkIndices(work: Work, op: string, indices: Input, size: number, got: readonly Spec[]): void {
  if (!work.device.isReadable) return;
  const values = work.read(indices.info);
  for (let i = 0; i < values.length; i++) {
    const index = values[i]!;
    if (index >= 0 && index < size) continue;
    const position: number[] = [];
    let rest = i;
    for (const n of [...indices.shape].reverse()) {
      position.unshift(rest % n);
      rest = Math.floor(rest / n);
    }
    throw new ValueError({
      op,
      problem: `index ${index} at position [${position.join(",")}] is outside [0, ${size})`,
      got,
      fix: size === 0 ? "An axis without elements has no valid index" : `Use indices from 0 to ${size - 1}`,
    });
  }
}

/** The elements that the indices name along an axis. */
export const gather: Compute<"gather"> = (work, [x, indices], attrs) => {
  checkIndices(work, "gather", indices, x.shape[attrs.axis]!, [x, indices]);
  return [work.run("GatherV2", { x: x.info, indices: indices.info }, attrs)];
};

/** Adds each update to the row of zeros that its index names, by ScatterNd: wasm has no UnsortedSegmentSum. */
export const scatterAdd: Compute<"scatterAdd"> = (work, [indices, updates], attrs, [out]) => {
  checkIndices(work, "scatterAdd", indices, attrs.size, [indices, updates]);
  if (isEmpty(updates)) return [work.fill(0, out)];
  const { batches, before, taken, behind } = layoutOf(out, indices, attrs);
  const groups = batches * before;
  let rows = indices.info;
  if (groups > 1) {
    // Where the rows of each batch and each index of the axes before begin.
    const starts = Int32Array.from({ length: groups }, (_, group) => group * attrs.size);
    const own = work.reshape(rows, [batches, 1, taken]);
    rows = work.binary("Add", own, work.write(starts, [batches, before, 1], "int32"));
  }
  const flat = {
    indices: work.reshape(rows, [groups * taken, 1]),
    updates: work.reshape(updates.info, [groups * taken, behind]),
  };
  return [work.wrap(work.run("ScatterNd", flat, { shape: [groups * attrs.size, behind] }), out.dtype)];
};

/** Batch, axes before, taken, axes behind: how the output and the indices line up. */
function layoutOf(out: Spec, indices: Spec, { axis, batchDims }: Gather) {
  return {
    batches: sizeOf(out.shape.slice(0, batchDims)),
    before: sizeOf(out.shape.slice(batchDims, axis)),
    taken: sizeOf(indices.shape.slice(batchDims)),
    behind: sizeOf(out.shape.slice(axis + 1)),
  };
}
