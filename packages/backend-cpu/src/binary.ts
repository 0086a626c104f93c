/** Elementwise arithmetic of two inputs. */
import type { Operand, Spec } from "@crease/backend";
import { sizeOf } from "@crease/backend";
import { broadcastZip, type ZipLoop } from "./broadcast.ts";
import { allocate, type CpuBuffer, type Integers, type Kernels } from "./buffer.ts";
import { floatFloorDiv, floatMod, floatPow, integerFloorDiv, integerMod, integerPow } from "./special.ts";

type Scalar = (x: number, y: number) => number;
type Float32Loop = ZipLoop<Float32Array, Float32Array>;

// The same loop for each kind of buffer, so that each stays monomorphic.
const zipFloat32 =
  (f: Scalar): Float32Loop =>
  (out, o, a, i, di, b, j, dj, n) => {
    for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = f(a[i]!, b[j]!);
  };
const zipFloat64 =
  (f: Scalar): ZipLoop<Float64Array, Float64Array> =>
  (out, o, a, i, di, b, j, dj, n) => {
    for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = f(a[i]!, b[j]!);
  };
const zipIntegers =
  (f: Scalar): ZipLoop<Integers, Integers> =>
  (out, o, a, i, di, b, j, dj, n) => {
    for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = f(a[i]!, b[j]!);
  };

interface Rules {
  readonly float: Scalar;
  /** Results are cut to the integer type when stored. */
  readonly integer?: Scalar;
  readonly bool?: Scalar;
  /** The float rule written out, so that nothing is called per element. */
  readonly float32?: Float32Loop;
}

function binary({ float, integer = float, bool = integer, float32 = zipFloat32(float) }: Rules) {
  const float64 = zipFloat64(float);
  const integers = zipIntegers(integer);
  const bools = zipIntegers(bool);
  return (
    [a, b]: readonly [Operand<CpuBuffer>, Operand<CpuBuffer>],
    _attrs: object,
    [{ dtype, shape }]: readonly [Spec],
  ): readonly [CpuBuffer] => {
    const size = sizeOf(shape);
    if (dtype === "float32") return [broadcastZip(float32, new Float32Array(size), shape, a, b)];
    if (dtype === "float64") return [broadcastZip(float64, new Float64Array(size), shape, a, b)];
    return [broadcastZip(dtype === "bool" ? bools : integers, allocate(dtype, size) as Integers, shape, a, b)];
  };
}

type BinaryName = "add" | "sub" | "mul" | "div" | "floorDiv" | "mod" | "pow" | "maximum" | "minimum" | "atan2";

/** Kernels of the arithmetic of two inputs. */
export const binaryKernels: Kernels<BinaryName> = {
  add: binary({
    float: (x, y) => x + y,
    bool: (x, y) => x | y,
    float32: (out, o, a, i, di, b, j, dj, n) => {
      for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = a[i]! + b[j]!;
    },
  }),
  sub: binary({
    float: (x, y) => x - y,
    float32: (out, o, a, i, di, b, j, dj, n) => {
      for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = a[i]! - b[j]!;
    },
  }),
  mul: binary({
    float: (x, y) => x * y,
    integer: Math.imul,
    float32: (out, o, a, i, di, b, j, dj, n) => {
      for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = a[i]! * b[j]!;
    },
  }),
  div: binary({
    float: (x, y) => x / y,
    float32: (out, o, a, i, di, b, j, dj, n) => {
      for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = a[i]! / b[j]!;
    },
  }),
  floorDiv: binary({ float: floatFloorDiv, integer: integerFloorDiv }),
  mod: binary({ float: floatMod, integer: integerMod }),
  pow: binary({ float: floatPow, integer: integerPow }),
  maximum: binary({
    float: Math.max,
    float32: (out, o, a, i, di, b, j, dj, n) => {
      for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = Math.max(a[i]!, b[j]!);
    },
  }),
  minimum: binary({
    float: Math.min,
    float32: (out, o, a, i, di, b, j, dj, n) => {
      for (const end = o + n; o < end; o++, i += di, j += dj) out[o] = Math.min(a[i]!, b[j]!);
    },
  }),
  atan2: binary({ float: Math.atan2 }),
};
