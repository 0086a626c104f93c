/** Which elements fill the borders that padding by reflection, mirroring or repetition adds. */
import { ShapeError, type Spec } from "@crease/backend";

/** How borders are filled: with a value, mirrored at the last element or behind it, or with the last element. */
export type PadMode = "constant" | "reflect" | "symmetric" | "edge";

/**
 * Positions along one axis of `size` elements after padding: NumPy's modes, for 4 elements padded by 2 before
 * `reflect` 2 1 0 1 2 3, `symmetric` 1 0 0 1 2 3, `edge` 0 0 0 1 2 3.
 *
 * @throws ShapeError for an axis without elements.
 */
export function paddedPositions(x: Spec, axis: number, pads: readonly [number, number], mode: PadMode): Int32Array {
  const size = x.shape[axis] as number;
  if (size === 0)
    throw new ShapeError({
      op: "pad",
      problem: `axis ${axis} has no elements to ${mode === "edge" ? "repeat" : "mirror"}`,
      got: [x],
      fix: 'Pad an empty axis with mode "constant"',
    });
  const positions = new Int32Array(pads[0] + size + pads[1]);
  for (let i = 0; i < positions.length; i++) positions[i] = source(i - pads[0], size, mode);
  return positions;
}

function source(i: number, size: number, mode: PadMode): number {
  if (mode === "edge") return Math.min(Math.max(i, 0), size - 1);
  const shared = mode === "reflect" ? 1 : 0;
  const period = Math.max(2 * (size - shared), 1);
  const within = ((i % period) + period) % period;
  return within < size ? within : 2 * size - 1 - shared - within;
}
