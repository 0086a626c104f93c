/** What layers check that take a list of inputs. */
import { ValueError } from "@crease/backend";
import type { PartialShape } from "./shape.ts";

/** The shapes of a list of inputs. @throws ValueError for anything but a list, and for fewer or more than wanted. */
export function requireList(
  op: string,
  shapes: unknown,
  { least = 1, most = Number.POSITIVE_INFINITY }: { readonly least?: number; readonly most?: number } = {},
): readonly PartialShape[] {
  const isList = Array.isArray(shapes) && shapes.every((shape) => Array.isArray(shape));
  if (isList && shapes.length >= least && shapes.length <= most) return shapes as PartialShape[];
  throw new ValueError({
    op,
    problem: `it takes a list of ${most === least ? most : `${least} or more`} inputs, got ${isList ? shapes.length : "no list"}`,
    fix: "Call `layer.apply([a, b])`",
  });
}
