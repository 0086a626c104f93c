/** The op that changes the element type. */
import { type DType, integerRange, isInteger, sizeOf } from "@crease/backend";
import type { Compute, Input } from "./compute.ts";
import { mapOnHost } from "./host.ts";
import { type Info, storedType } from "./tfjs.ts";
import type { Work } from "./work.ts";

/** The elements in another dtype; from float to integer they saturate. */
export const cast: Compute<"cast"> = (work, [x], { dtype }, [out]) => {
  if (x.dtype === dtype) return [x.info];
  if (dtype === "bool") return [work.binary("NotEqual", x.info, work.number(0, storedType(x.dtype)))];
  if (x.dtype === "float32" && work.device.name === "tensorflow")
    return [saturated(work, work.reshape(x.info, [sizeOf(x.shape)]), dtype)];
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

/** Floats to integers on TensorFlow, whose Cast makes the least int32 of NaN and of all that is out of range. */
function saturated(work: Work, x: Info, dtype: DType): Info {
  const [least, most] = integerRange[dtype as keyof typeof integerRange];
  const number = work.select(work.unary("IsNan", x), work.number(0, "float32"), x);
  // 2^31 - 1 is no float32: the next one below is, and none lies between that and 2^31.
  const top = Math.min(most, 2 ** 31 - 128);
  const above = work.binary("Maximum", number, work.number(least, "float32"));
  const cut = work.run(
    "Cast",
    { x: work.binary("Minimum", above, work.number(top, "float32")) },
    { dtype: storedType(dtype) },
  );
  if (top === most) return cut;
  const isOver = work.binary("LessEqual", work.number(2 ** 31, "float32"), number);
  return work.select(isOver, work.number(most, "int32"), cut);
}
