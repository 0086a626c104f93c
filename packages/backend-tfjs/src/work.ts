/** The computation of one op: calls of tfjs kernels whose intermediate results are given back at its end. */
import { type DType, type Operand, type Shape, type Spec, sameShape, sizeOf } from "@crease/backend";
import { TfjsBuffer } from "./buffer.ts";
import type { Device } from "./device.ts";
import { mergeShapes } from "./merge.ts";
import { emptyStored, type Info, type Stored, type StoredData, storedType } from "./tfjs.ts";

/** Axes that every kernel of tfjs takes: some of WebGL's stop there, wasm's elementwise ones give wrong numbers from seven on. */
export const mostAxes = 4;

/** Everything that is made through it is temporary, but for what `finish` is given. */
export class Work {
  readonly device: Device;
  readonly #made: Info[] = [];

  constructor(device: Device) {
    this.device = device;
  }

  /** The result of a tfjs kernel. */
  run(kernel: string, inputs: { readonly [name: string]: Info } | readonly Info[], attrs: object = {}): Info {
    return this.#keep(this.device.run(kernel, inputs, attrs));
  }

  /** The two results of a kernel. */
  runTwo(kernel: string, inputs: { readonly [name: string]: Info }, attrs: object = {}): readonly [Info, Info] {
    const results = this.device.runAll(kernel, inputs, attrs) as readonly [Info, Info];
    for (const result of results) this.#keep(result);
    return results;
  }

  /** What the targets of an update are afterwards: the same infos where they were overwritten. */
  runUpdate(
    kernel: string,
    inputs: { readonly targets: readonly Info[]; readonly gradient: Info },
    attrs: { readonly unshared: readonly boolean[]; readonly numbers: readonly number[] },
  ): readonly Info[] {
    const results = this.device.runUpdate(kernel, inputs, attrs);
    for (const result of results) if (!inputs.targets.includes(result)) this.#keep(result);
    return results;
  }

  /** An operand in its own shape. */
  view({ handle, shape }: Operand<TfjsBuffer>): Info {
    return this.reshape(handle.info, shape);
  }

  /** The result of a kernel of one input. */
  unary(kernel: string, x: Info): Info {
    return this.run(kernel, { x });
  }

  /** The result of a kernel of two inputs, which broadcast. */
  binary(kernel: string, a: Info, b: Info): Info {
    if (a.shape.length <= mostAxes && b.shape.length <= mostAxes) return this.run(kernel, { a, b });
    const merged = mergeShapes(a.shape, b.shape);
    const flat =
      merged.a.length <= mostAxes
        ? { a: this.reshape(a, merged.a), b: this.reshape(b, merged.b) }
        : { a: this.#flat(this.broadcast(a, merged.out)), b: this.#flat(this.broadcast(b, merged.out)) };
    return this.reshape(this.run(kernel, flat), merged.out);
  }

  /** The same elements in another shape. */
  reshape(x: Info, shape: Shape): Info {
    return sameShape(x.shape, shape) ? x : this.run("Reshape", { x }, { shape });
  }

  /** The elements repeated along new axes and those of size 1. */
  broadcast(x: Info, shape: Shape): Info {
    if (sameShape(x.shape, shape)) return x;
    const own = [...new Array<number>(shape.length - x.shape.length).fill(1), ...x.shape];
    const reps = shape.map((size, axis) => (own[axis] === size ? 1 : size));
    const aligned = this.reshape(x, own);
    return reps.every((n) => n === 1) ? aligned : this.run("Tile", { x: aligned }, { reps });
  }

  /** Elements of the host, which are written into no more. */
  write(values: StoredData, shape: Shape, dtype: Stored): Info {
    return this.#keep(this.device.write(values, shape, dtype));
  }

  /** A scalar. */
  number(value: number, dtype: Stored): Info {
    const data = emptyStored(dtype, 1);
    data[0] = value;
    return this.write(data, [], dtype);
  }

  /** The same number everywhere. */
  fill(value: number, { shape, dtype }: Spec): Info {
    return this.run("Fill", {}, { shape, value, dtype: storedType(dtype) });
  }

  /** The elements, to look at only, and only until the next call. */
  read(x: Info): StoredData {
    return this.device.readSync(x);
  }

  /** `test ? a : b`, all of one shape. */
  select(condition: Info, t: Info, e: Info): Info {
    if (t.dtype === "bool") {
      // wasm writes four bytes an element whatever the type: bool by logic.
      const other = this.unary("LogicalNot", condition);
      return this.binary("LogicalOr", this.binary("LogicalAnd", condition, t), this.binary("LogicalAnd", other, e));
    }
    if (t.shape.length <= mostAxes) return this.run("Select", { condition, t, e });
    return this.run("Select", { condition: this.#flat(condition), t: this.#flat(t), e: this.#flat(e) });
  }

  /** 0 or 1 in another type, from bool. */
  fromBool(x: Info, dtype: "float32" | "int32"): Info {
    return this.run("Cast", { x }, { dtype });
  }

  /** 0 for each element, NaN where it is NaN: to be added where a kernel passes NaN over. */
  nanOrZero(x: Info): Info {
    // Step keeps NaN and is finite elsewhere, where x * 0 would turn infinities into NaN; TensorFlow lacks it.
    const finite = this.device.name === "tensorflow" ? this.unary("Tanh", x) : this.run("Step", { x }, { alpha: 0 });
    return this.binary("Sub", finite, finite);
  }

  /** int32 elements cut to the range of the dtype that they stand for. */
  wrap(x: Info, dtype: DType): Info {
    if (dtype === "uint8") return this.#lowByte(x);
    if (dtype !== "int8") return x;
    const half = this.number(128, "int32");
    return this.binary("Sub", this.#lowByte(this.binary("Add", x, half)), half);
  }

  /** Handles of the results, in the shapes of `outs`; everything else is given back. */
  finish(results: readonly Info[], outs: readonly Spec[]): readonly TfjsBuffer[] {
    const handles = results.map((result, i) => {
      const spec = outs[i] as Spec;
      const info = this.reshape(result, spec.shape);
      // A temporary stays for its first result; an input, or one info for two results, is held once more.
      const at = this.#made.indexOf(info);
      if (at >= 0) this.#made.splice(at, 1);
      else this.device.hold(info);
      return new TfjsBuffer({ dataId: info.dataId, shape: spec.shape, dtype: storedType(spec.dtype) });
    });
    this.discard();
    return handles;
  }

  /** Gives all temporaries back. */
  discard(): void {
    for (const info of this.#made) this.device.release(info);
    this.#made.length = 0;
  }

  /** The last eight bits; WebGPU has remainders instead of bits. */
  #lowByte(x: Info): Info {
    if (this.device.name === "webgpu") return this.binary("Mod", x, this.number(256, "int32"));
    return this.binary("BitwiseAnd", x, this.number(255, "int32"));
  }

  #flat(x: Info): Info {
    return this.reshape(x, [sizeOf(x.shape)]);
  }

  #keep(info: Info): Info {
    this.#made.push(info);
    return info;
  }
}

/** Elements of a shape that is known to be without any. */
export function isEmpty({ shape }: Spec): boolean {
  return sizeOf(shape) === 0;
}
