/** The op that changes the element type. */
import { type DType, integerRange, isInteger } from "@crease/backend";
import type { Compute, Input } from "./compute.ts";
import { mapOnHost } from "./host.ts";
import { storedType } from "./tfjs.ts";

/** The elements in another dtype; from float to integer they saturate. */
export const cast: Compute<"cast"> = (work, [x], { dtype }, [out]) => {
  if (x.dtype === dtype) return [x.info];
  if (dtype === "bool") return [work.binary("NotEqual", x.info, work.number(0, storedType(x.dtype)))];
  // tfjs wraps floats at 2^32 instead, and tfjs-cpu keeps the old array under the new type.
  if (x.dtype === "float32" || work.device.name === "cpu") return [mapOnHost(work, conversion(x, dtype), x, out)];
  const stored = storedType(dtype);
  const moved = storedType(x.dtype) === stored ? x.info : work.run("Cast", { x: x.info }, { dtype: stored });
  return [holdsAll(x.dtype, dtype) ? moved : work.wrap(moved, dtype)];
};

/** True where every element of `from` is one of `to`. */
function holdsAll(from: DType, to: DType): boolean {
  return from === "bool" || !isInteger(to) || to === "int32";
}

function conversion({ dtype: from }: Input, to: DType): (x: number) => number {
  if (from !== "float32" || to === "float32") return (x) => x;
  const [least, most] = integerRange[to as keyof typeof integerRange];
  return (x) => Math.min(Math.max(x, least), most);
}
