/** The choke point: operands, dtypes, backends, interpreters. */
import { type Backend, type DType, dtypes } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import {
  expand,
  getBackend,
  type Interpreter,
  interpret,
  run,
  scope,
  setBackend,
  type Tensor,
  tensor,
  Variable,
  where,
} from "@crease/tensor";
import { afterEach, describe, expect, test } from "vitest";

afterEach(() => setBackend(null));

describe("operands", () => {
  test("numbers take the tensor's dtype; a fraction or NaN makes integers float32", () => {
    for (const dtype of ["float32", "float64", "float16", "int32", "int8", "uint8"] as const)
      expect(tensor([1, 2], { dtype }).add(1).dtype).toBe(dtype);
    for (const value of [1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(tensor([1], { dtype: "int32" }).add(value).dtype).toBe("float32");
    expect(tensor([true]).add(1).dtype).toBe("int32");
    expect(tensor([true]).mul(0.5).dtype).toBe("float32");
  });

  test("a whole number outside an integer dtype's range raises ValueError", () => {
    expect(() => tensor([1], { dtype: "uint8" }).add(256)).toThrow(
      expect.objectContaining({
        name: "ValueError",
        message: expect.stringMatching(/^add: 256 is outside uint8's 0 to 255/),
      }),
    );
    expect(() => tensor([1], { dtype: "int32" }).mul(2 ** 31)).toThrow("outside int32's");
    // A fraction anywhere makes the array float32, which holds the others too.
    for (const values of [
      [300, 0.5],
      [0.5, 300],
    ])
      expect(tensor([1, 1], { dtype: "uint8" }).add(values).dtype).toBe("float32");
  });

  test("nested arrays are as weak as numbers, typed arrays and booleans are not", () => {
    expect(tensor([1, 2], { dtype: "int32" }).add([1, 2]).dtype).toBe("int32");
    expect(tensor([1, 2], { dtype: "float64" }).add([[1], [2]]).dtype).toBe("float64");
    expect(tensor([1, 2], { dtype: "int32" }).add(new Float32Array(2)).dtype).toBe("float32");
    expect(tensor([1, 2]).add(true).dtype).toBe("float32");
    expect(
      tensor([1], { dtype: "uint8" })
        .add(new Int8Array([-2]))
        .arraySync(),
    ).toEqual([-1]);
  });

  test("Float16Array and other typed arrays: the first where it exists, the rest refused with the way out", () => {
    expect(() => tensor(new Int16Array(2) as never)).toThrow(
      expect.objectContaining({ name: "DTypeError", message: expect.stringContaining("Copy it into a Float32Array") }),
    );
    const Half = (globalThis as { Float16Array?: new (values: number[]) => never }).Float16Array;
    if (Half) expect(tensor(new Half([1.5]))).toMatchObject({ dtype: "float16", shape: [1] });
  });

  test("numbers stand for true where they are not 0", () => {
    expect(tensor([1, 0]).logicalAnd(2).arraySync()).toEqual([true, false]);
    expect(tensor([0, 0]).logicalOr([0.5, 0]).arraySync()).toEqual([true, false]);
    expect(
      tensor([1, 1])
        .logicalXor(new Int32Array([7, 0]))
        .arraySync(),
    ).toEqual([false, true]);
    expect(where([3, 0], 1, 2).arraySync()).toEqual([1, 2]);
  });

  test("an unknown op and a wrong number of inputs are refused", () => {
    expect(() => run("ad" as "add", [1, 2], {})).toThrow(
      /^run: unknown op "ad"\. Did you mean "add"\? Known names: neg, /,
    );
    expect(() => run("add", [1] as never, {})).toThrow(/^add: 1 inputs in place of 2/);
  });

  test("indices must be integers", () => {
    const x = tensor([1, 2, 3]);
    expect(() => x.gather(tensor([0.5]))).toThrow(expect.objectContaining({ name: "DTypeError" }));
    expect(x.gather(tensor([2], { dtype: "uint8" })).arraySync()).toEqual([3]);
  });
});

describe("strings", () => {
  test("live on the cpu whatever the default backend; other results go to the default", () => {
    const other = cpuBackend() as Backend;
    setBackend(other);
    const words = tensor(["to", "be", "or"]);
    expect(words.backend).not.toBe(other);
    const isBe = words.equal("be");
    expect(isBe.backend).toBe(other);
    expect(isBe.arraySync()).toEqual([false, true, false]);
    const chosen = where(isBe, words, "?");
    expect(chosen.backend).toBe(words.backend);
    expect(chosen.arraySync()).toEqual(["?", "be", "?"]);
    const isSmall = words.less("c");
    expect(isSmall.arraySync()).toEqual([false, true, false]);
    for (const x of [words, isBe, isSmall, chosen]) x.dispose();
    expect(other.memory().buffers).toBe(0);
  });

  test("have no arithmetic and never meet numbers", () => {
    const words = tensor(["a"]);
    expect(() => words.add("b")).toThrow(expect.objectContaining({ name: "DTypeError" }));
    expect(() => words.add(1)).toThrow(expect.objectContaining({ name: "DTypeError" }));
    expect(() => words.cast("float32")).toThrow(expect.objectContaining({ name: "DTypeError" }));
    expect(() => words.sum()).toThrow(expect.objectContaining({ name: "DTypeError" }));
  });
});

describe("backends", () => {
  test("tensors of two raise BackendError naming both and the way out", async () => {
    const other = Object.assign(cpuBackend() as Backend, { name: "other" });
    const [x, y] = [tensor([1]), tensor([2], { backend: other })];
    expect(() => x.add(y)).toThrow(
      expect.objectContaining({
        name: "BackendError",
        message: expect.stringMatching(/^add: .*"cpu" and "other".*to\(backend\)/),
      }),
    );
    const moved = await y.to(getBackend());
    expect(x.add(moved).arraySync()).toEqual([3]);
    expect(tensor([1], { backend: other }).add([1]).backend).toBe(other);
  });

  test.each(dtypes)("%s travels between them unchanged", async (dtype: DType) => {
    const values = dtype === "string" ? ["a", "b"] : dtype === "bool" ? [true, false] : [1, 2];
    const x = tensor(values, { dtype });
    const moved = await x.to(cpuBackend());
    expect([moved.dtype, await moved.array()]).toEqual([dtype, values]);
  });

  test("are objects, no names and no promises", () => {
    const refused = (message: string) =>
      expect.objectContaining({ name: "BackendError", message: expect.stringContaining(message) });
    expect(() => setBackend("cpu" as never)).toThrow(refused('setBackend: "cpu" is no backend'));
    expect(() => setBackend(Promise.resolve(cpuBackend()) as never)).toThrow(refused("Await it first"));
    expect(() => tensor([1], { backend: "cpu" as never })).toThrow(refused('"cpu" is no backend'));
  });

  test("a dtype that a backend lacks is refused with the way out", async () => {
    const cpu = cpuBackend() as Backend;
    const small = Object.assign(Object.create(cpu) as Backend, {
      name: "small",
      traits: { ...cpu.traits, dtypes: ["float32"] },
    });
    const refusal = expect.objectContaining({
      name: "DTypeError",
      message: expect.stringMatching(/"small" does not store float64.*It has float32/),
    });
    expect(() => tensor([1], { dtype: "float64", backend: small })).toThrow(refusal);
    await expect(tensor([1], { dtype: "float64" }).to(small)).rejects.toThrow(refusal);
  });

  test("without synchronous reading say so, and print without values", () => {
    const cpu = cpuBackend() as Backend;
    const remote = Object.assign(Object.create(cpu) as Backend, { name: "remote", downloadSync: undefined });
    remote.upload = (data, spec) => cpu.upload(data, spec);
    const x = tensor([[1, 2]], { backend: remote });
    expect(() => x.dataSync()).toThrow(
      expect.objectContaining({ name: "UnsupportedOpError", message: expect.stringContaining("await x.data()") }),
    );
    expect(String(x)).toBe("float32[1,2] on remote (await x.data())");
  });
});

describe("interpreters", () => {
  const names =
    (seen: string[]): Interpreter =>
    (call, next) => {
      seen.push(call.op);
      return next(call);
    };

  test("see every call with its inputs and inferred outputs, innermost first", () => {
    const order: string[] = [];
    const outer: Interpreter = (call, next) => {
      order.push(`outer ${call.op}`);
      return next(call);
    };
    const inner: Interpreter = (call, next) => {
      order.push(`inner ${call.op} ${(call.outs[0] as { shape: readonly number[] }).shape}`);
      return next(call);
    };
    interpret(outer, () => interpret(inner, () => tensor([[1, 2]]).sum(1)));
    expect(order).toEqual(["inner sum 1", "outer sum"]);
  });

  test("do not see what they compute themselves; those below do", () => {
    const below: string[] = [];
    const own: string[] = [];
    const finder: Interpreter = (call, next) => {
      own.push(call.op);
      const outputs = next(call);
      (outputs[0] as Tensor).isNaN();
      return outputs;
    };
    interpret(names(below), () => interpret(finder, () => tensor([1]).neg()));
    expect(own).toEqual(["neg"]);
    expect(below).toEqual(["neg", "isNaN"]);
  });

  test("may change a call, and expand a composite", () => {
    const doubled: Interpreter = (call, next) =>
      call.op === "neg" ? [(call.inputs[0] as Tensor).mul(-2)] : next(call);
    expect(interpret(doubled, () => tensor([3]).neg()).arraySync()).toEqual([-6]);
    const seen: string[] = [];
    const opener: Interpreter = (call, next) => {
      seen.push(call.op);
      return call.op === "softmax" ? expand(call) : next(call);
    };
    const y = interpret(opener, () => tensor([1, 1]).softmax());
    expect(y.arraySync()).toEqual([0.5, 0.5]);
    expect(seen).toContain("exp");
    expect(seen.filter((op) => op === "softmax")).toHaveLength(1);
  });

  test("are gone after their body, also when it throws", () => {
    const seen: string[] = [];
    expect(() => interpret(names(seen), () => tensor([1]).matmul([1, 2]))).toThrow();
    seen.length = 0;
    tensor([1]).neg();
    expect(seen).toEqual([]);
    expect(() => interpret(names(seen), async () => {})).toThrow("interpret: the body returned a promise");
  });

  test("see a Variable's reads and inserted casts as calls", () => {
    const seen: string[] = [];
    const v = new Variable([1, 2]);
    interpret(names(seen), () => tensor([1, 2], { dtype: "int32" }).add(v));
    expect(seen).toEqual(["read", "cast", "add"]);
  });

  test("expand outside one is refused", () => {
    const call = { op: "softmax", inputs: [], attrs: {}, outs: [], backend: getBackend() } as never;
    expect(() => expand(call)).toThrow(expect.objectContaining({ name: "ValueError" }));
  });
});

test("what an interpreter makes while operands are fitted is given up with them", () => {
  const v = new Variable([1, 2]);
  const { buffers } = getBackend().memory();
  const curious: Interpreter = (call, next) => {
    (call.inputs[0] as Tensor).mul(2);
    return next(call);
  };
  scope(() => interpret(curious, () => tensor([1, 2], { dtype: "int32" }).add(v)));
  expect(getBackend().memory().buffers).toBe(buffers + 1);
});

test("composites leave nothing behind but their outputs", () => {
  const backend = cpuBackend() as Backend;
  const x = tensor([[1, 2, 3]], { backend });
  const { buffers } = backend.memory();
  const outputs = run("layerNorm", [x, [1, 1, 1], [0, 0, 0]], { epsilon: 1e-3 });
  expect(outputs).toHaveLength(3);
  expect(backend.memory().buffers).toBe(buffers + 3);
});
