/** What cannot be given beside a Dataset. */
import { ValueError } from "@crease/backend";

/** @throws ValueError where targets or weights are given beside a Dataset, which yields its own. */
export function refuseBeside(
  op: string,
  { y, sampleWeight }: { readonly y: unknown; readonly sampleWeight: unknown },
): void {
  if (y !== undefined) throw new ValueError({ op, problem: "a Dataset brings its own targets", fix: "Leave `y` out" });
  if (sampleWeight !== undefined)
    throw new ValueError({ op, problem: "a Dataset brings its own weights", fix: "Yield [x, y, sampleWeight]" });
}
