/** Kernels that take and add by indices. */
import { type Gather, indexError, type Kernel, type Operand, type Spec, sizeOf } from "@crease/backend";
import { allocate, type CpuBuffer, type Numbers } from "./buffer.ts";

/** Batch, axes before, taken, axes behind: how `whole` (the side with the indexed axis) and the indices line up. */
interface Layout {
  readonly batches: number;
  readonly before: number;
  readonly taken: number;
  readonly behind: number;
}

function layoutOf(whole: Spec, indices: Spec, { axis, batchDims }: Gather): Layout {
  return {
    batches: sizeOf(whole.shape.slice(0, batchDims)),
    before: sizeOf(whole.shape.slice(batchDims, axis)),
    taken: sizeOf(indices.shape.slice(batchDims)),
    behind: sizeOf(whole.shape.slice(axis + 1)),
  };
}

/** @throws ValueError with the first index outside [0, size) and its position. */
function checkIndices(op: string, indices: Operand<CpuBuffer>, size: number, got: readonly Spec[]): Int32Array {
  const values = indices.handle as Int32Array;
  for (let i = 0; i < values.length; i++) {
    const index = values[i]!;
    if (index < 0 || index >= size) throw indexError(op, index, i, indices, size, got);
  }
  return values;
}

/**
 * Takes the elements that the indices name along an axis.
 *
 * @throws ValueError with the first index outside the axis and its position.
 */
export const gather: Kernel<"gather", CpuBuffer> = ([x, indices], attrs, [{ shape, dtype }]) => {
  const size = x.shape[attrs.axis]!;
  const positions = checkIndices("gather", indices, size, [x, indices]);
  const { batches, before, taken, behind } = layoutOf(x, indices, attrs);
  const out = allocate(dtype, sizeOf(shape));
  const whole = behind >= 32 && !Array.isArray(out);
  let o = 0;
  for (let batch = 0; batch < batches; batch++)
    for (let row = 0; row < before; row++) {
      const start = (batch * before + row) * size;
      for (let t = 0; t < taken; t++) {
        const from = (start + positions[batch * taken + t]!) * behind;
        if (whole) out.set((x.handle as Float32Array).subarray(from, from + behind), o);
        else for (let i = 0; i < behind; i++) out[o + i] = x.handle[from + i]!;
        o += behind;
      }
    }
  return [out];
};

/**
 * Adds each update to the element of zeros that its index names.
 *
 * @throws ValueError with the first index outside the axis and its position.
 */
export const scatterAdd: Kernel<"scatterAdd", CpuBuffer> = ([indices, updates], attrs, [out]) => {
  const positions = checkIndices("scatterAdd", indices, attrs.size, [indices, updates]);
  const { batches, before, taken, behind } = layoutOf(out, indices, attrs);
  const values = updates.handle as Numbers;
  const total = allocate(out.dtype, sizeOf(out.shape)) as Numbers;
  // Floats add up in double precision and are rounded once.
  const sums = out.dtype === "float32" ? new Float64Array(total.length) : total;
  let i = 0;
  for (let batch = 0; batch < batches; batch++)
    for (let row = 0; row < before; row++) {
      const start = (batch * before + row) * attrs.size;
      for (let t = 0; t < taken; t++) {
        const to = (start + positions[batch * taken + t]!) * behind;
        for (let j = 0; j < behind; j++) sums[to + j] = sums[to + j]! + values[i + j]!;
        i += behind;
      }
    }
  if (sums !== total) total.set(sums);
  return [total];
};
