/** Elementwise kernels of one input. */
import type { Attrs, Operand, Spec, UnaryTable } from "@crease/backend";
import { isInteger } from "@crease/backend";
import type { Kernels, WasmBuffer } from "./buffer.ts";
import type { Engine, WasmKernel } from "./engine.ts";
import { layout } from "./layout.ts";
import { typedKernels } from "./suffix.ts";

type Run = (inputs: readonly [Operand<WasmBuffer>], attrs: object, outs: readonly [Spec]) => readonly [WasmBuffer];

/** Nanoseconds for one float32, and for one element of the types and ops that go one by one. */
const vector = { cheap: 0.15, root: 0.5, function: 1.2 };
const scalar = { cheap: 1, function: 20 };

/** Runs an elementwise kernel over all elements of `x` into `out`. */
export function mapInto(engine: Engine, kernel: WasmKernel, x: WasmBuffer, out: WasmBuffer, cost: number): void {
  const words = engine.views.int32;
  const at = layout.words >> 2;
  words[at] = x.address;
  words[at + 1] = out.address;
  words[at + 2] = x.size;
  engine.launch(kernel, x.size * cost);
}

function unary(engine: Engine, name: string, float32: number, other: number): Run {
  const kernels = typedKernels(engine, name);
  return ([x], _attrs, [spec]) => {
    const out = engine.allocate(spec);
    mapInto(engine, kernels[x.dtype], x.handle, out, x.dtype === "float32" ? float32 : other);
    return [out];
  };
}

/** Whole numbers stay as they are. */
function rounding(engine: Engine, name: string): Run {
  const kernel = unary(engine, name, vector.cheap, scalar.cheap);
  const copy = engine.kernel("copyBytes");
  return (inputs, attrs, outs) => {
    const [x] = inputs;
    if (!isInteger(x.dtype)) return kernel(inputs, attrs, outs);
    const out = engine.allocate(outs[0]);
    copyBytes(engine, copy, x.handle.address, out.address, out.bytes);
    return [out];
  };
}

/** Copies bytes that lie side by side. */
export function copyBytes(engine: Engine, kernel: WasmKernel, from: number, to: number, bytes: number): void {
  const words = engine.views.int32;
  const at = layout.words >> 2;
  words[at] = from;
  words[at + 1] = to;
  words[at + 2] = bytes;
  engine.launch(kernel, bytes * 0.06);
}

/** The kernels of one input, element by element. */
export function unaryKernels(engine: Engine): Kernels<keyof UnaryTable> {
  const cheap = (name: string): Run => unary(engine, name, vector.cheap, scalar.cheap);
  const root = (name: string): Run => unary(engine, name, vector.root, scalar.cheap);
  const fast = (name: string): Run => unary(engine, name, vector.function, scalar.function);
  const slow = (name: string): Run => unary(engine, name, scalar.function, scalar.function);
  return {
    neg: cheap("neg"),
    abs: cheap("abs"),
    sign: cheap("sign"),
    floor: rounding(engine, "floor"),
    ceil: rounding(engine, "ceil"),
    round: rounding(engine, "round"),
    relu: cheap("relu"),
    exp: fast("exp"),
    expm1: slow("expm1"),
    log: fast("log"),
    log1p: slow("log1p"),
    sqrt: root("sqrt"),
    rsqrt: root("rsqrt"),
    sin: slow("sin"),
    cos: slow("cos"),
    tan: slow("tan"),
    asin: slow("asin"),
    acos: slow("acos"),
    atan: slow("atan"),
    sinh: slow("sinh"),
    cosh: slow("cosh"),
    tanh: fast("tanh"),
    asinh: slow("asinh"),
    acosh: slow("acosh"),
    atanh: slow("atanh"),
    sigmoid: fast("sigmoid"),
    erf: fast("erf"),
    logicalNot: cheap("logicalNot"),
    isNaN: cheap("isNaN"),
  };
}

/** `gelu` in both forms. */
export function geluKernel(
  engine: Engine,
): (inputs: readonly [Operand<WasmBuffer>], attrs: Attrs<"gelu">, outs: readonly [Spec]) => readonly [WasmBuffer] {
  const exact = unary(engine, "gelu", vector.function, scalar.function);
  const approximate = unary(engine, "geluTanh", vector.function, scalar.function);
  return (inputs, attrs, outs) => (attrs.approximate ? approximate : exact)(inputs, attrs, outs);
}
