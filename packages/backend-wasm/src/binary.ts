/** Elementwise arithmetic, comparisons and logic of two inputs. */
import type { Operand, Shape, Spec } from "@crease/backend";
import type { Kernels, WasmBuffer } from "./buffer.ts";
import type { Engine, WasmKernel } from "./engine.ts";
import { layout } from "./layout.ts";
import { typedKernels } from "./suffix.ts";
import { broadcastStrides, mergeAxes, rowsFrom, writePlan } from "./walk.ts";

type ArithmeticName = "add" | "sub" | "mul" | "div" | "floorDiv" | "mod" | "pow" | "maximum" | "minimum" | "atan2";
type TestName = "equal" | "less" | "lessEqual" | "logicalAnd" | "logicalOr" | "logicalXor";
type Two = readonly [Operand<WasmBuffer>, Operand<WasmBuffer>];
type Run = (inputs: Two, attrs: object, outs: readonly [Spec]) => readonly [WasmBuffer];

/** 1 for a whole input, 0 for a single element, -1 for anything between. */
export function stepOf(size: number, n: number): number {
  return size === n ? 1 : size === 1 ? 0 : -1;
}

/** Runs a kernel over two inputs repeated to the output's shape. */
function zip(engine: Engine, kernel: WasmKernel, [a, b]: Two, out: WasmBuffer, shape: Shape, cost: number): void {
  const words = engine.views.int32;
  const at = layout.words >> 2;
  const n = out.size;
  words[at] = a.handle.address;
  words[at + 1] = b.handle.address;
  words[at + 2] = out.address;
  const stepA = stepOf(a.handle.size, n);
  const stepB = stepOf(b.handle.size, n);
  if (stepA >= 0 && stepB >= 0) {
    words[at + 3] = n;
    words[at + 4] = stepA;
    words[at + 5] = stepB;
    words[at + 7] = 1;
  } else {
    const walk = mergeAxes(shape, [broadcastStrides(a.shape, shape), broadcastStrides(b.shape, shape)]);
    words[at + 3] = walk.sizes[0]!;
    words[at + 4] = walk.strides[0]![0]!;
    words[at + 5] = walk.strides[1]![0]!;
    words[at + 6] = walk.sizes.length - 1;
    words[at + 7] = rowsFrom(walk, 1);
    writePlan(engine, walk, 1);
  }
  engine.launch(kernel, n * cost);
}

/** `float32` and `other` are nanoseconds for an element; on bool the kernel `boolName` runs. */
function binary(engine: Engine, name: string, float32: number, other: number, boolName: string = name): Run {
  const kernels = typedKernels(engine, name, boolName);
  return (inputs, _attrs, [spec]) => {
    const out = engine.allocate(spec);
    const { dtype } = inputs[0];
    if (out.size > 0) zip(engine, kernels[dtype], inputs, out, spec.shape, dtype === "float32" ? float32 : other);
    return [out];
  };
}

/** The kernels of two inputs. */
export function binaryKernels(engine: Engine): Kernels<ArithmeticName | TestName> {
  return {
    add: binary(engine, "add", 0.15, 0.5, "logicalOr"),
    sub: binary(engine, "sub", 0.15, 0.5),
    mul: binary(engine, "mul", 0.15, 0.5, "logicalAnd"),
    div: binary(engine, "div", 0.3, 1),
    floorDiv: binary(engine, "floorDiv", 20, 5),
    mod: binary(engine, "mod", 20, 5),
    pow: binary(engine, "pow", 30, 10),
    maximum: binary(engine, "maximum", 0.2, 0.5, "logicalOr"),
    minimum: binary(engine, "minimum", 0.2, 0.5, "logicalAnd"),
    atan2: binary(engine, "atan2", 30, 30),
    equal: binary(engine, "equal", 0.15, 0.5),
    less: binary(engine, "less", 0.15, 0.5),
    lessEqual: binary(engine, "lessEqual", 0.15, 0.5),
    logicalAnd: binary(engine, "logicalAnd", 0.5, 0.5),
    logicalOr: binary(engine, "logicalOr", 0.5, 0.5),
    logicalXor: binary(engine, "logicalXor", 0.5, 0.5),
  };
}
