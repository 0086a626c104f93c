/** The shape of the mask that dropout layers draw. */
import { ShapeError } from "@crease/backend";
import { formatPartialShape, type PartialShape } from "./shape.ts";

/** `noiseShape` with the input's sizes for null. @throws ShapeError for a mask that does not broadcast to the input. */
export function noiseShapeFor(op: string, noiseShape: PartialShape | null, shape: readonly number[]): number[] {
  const wanted = noiseShape ?? shape;
  const mask = wanted.map((size, axis) => size ?? (shape[axis] as number));
  if (mask.length !== shape.length || mask.some((size, axis) => size !== 1 && size !== shape[axis]))
    throw new ShapeError({
      op,
      problem: `noiseShape ${formatPartialShape(wanted)} does not broadcast to an input of shape ${formatPartialShape(shape)}`,
      fix: "Use the input's sizes, 1 or null, one for each axis",
    });
  return mask;
}
