/** The mutable cell: reading, assigning, sharing buffers, updating in place. */
import { type Backend, type CompositeName, type Operand, updates } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import { run, scope, setBackend, tensor, Variable, zeros } from "@crease/tensor";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readGolden } from "../../../testdata/golden.ts";

let backend: Backend;
beforeEach(() => {
  backend = cpuBackend() as Backend;
  setBackend(backend);
});
afterEach(() => setBackend(null));

test("has shape, dtype, name and trainability", () => {
  const v = new Variable([[1, 2, 3]], { name: "kernel", trainable: false, dtype: "float64" });
  expect([v.shape, v.dtype, v.ndim, v.size, v.name, v.trainable]).toEqual([[1, 3], "float64", 2, 3, "kernel", false]);
  expect(String(v)).toBe('Variable "kernel" float64[1,3]\n[[1. 2. 3.]]');
});

test("stands as an operand of every op", () => {
  const v = new Variable([1, 2, 3]);
  expect(tensor([1, 1, 1]).add(v).arraySync()).toEqual([2, 3, 4]);
  expect(run("neg", [v], {})[0].arraySync()).toEqual([-1, -2, -3]);
});

describe("assign", () => {
  test("changes the value, not what was read before", () => {
    const v = new Variable([1, 2]);
    const read = v.value;
    v.assign([3, 4]);
    expect(read.arraySync()).toEqual([1, 2]);
    expect(v.value.arraySync()).toEqual([3, 4]);
  });

  test("shares a tensor's buffer without taking the tensor away", () => {
    const v = new Variable([0, 0]);
    const x = tensor([1, 2]);
    v.assign(x);
    x.dispose();
    expect(v.value.arraySync()).toEqual([1, 2]);
  });

  test("casts other dtypes, and refuses other shapes with nothing changed", () => {
    const v = new Variable([1.5, 2], { name: "w" });
    v.assign(tensor([3, 4], { dtype: "int32" }));
    expect(v.value.dtype).toBe("float32");
    expect(() => v.assign([1, 2, 3])).toThrow(
      expect.objectContaining({
        name: "ShapeError",
        message: expect.stringMatching(/^Variable "w": .*float32\[2\], got float32\[3\]/),
      }),
    );
    expect(v.value.arraySync()).toEqual([3, 4]);
  });

  test("refuses values of another backend, and a disposed variable refuses all", () => {
    const v = new Variable([1]);
    const elsewhere = tensor([2], { backend: cpuBackend() });
    const refused = expect.objectContaining({
      name: "BackendError",
      message: expect.stringContaining("x.to(backend)"),
    });
    expect(() => v.assign(elsewhere)).toThrow(refused);
    expect(() => v.assign(new Variable(elsewhere))).toThrow(refused);
    expect(() => new Variable(elsewhere, { backend })).toThrow(refused);
    expect([v.backend, v.value.itemSync()]).toEqual([backend, 1]);
    v.dispose();
    expect(() => v.assign([2])).toThrow(expect.objectContaining({ name: "DisposedError" }));
  });

  test("from another Variable copies the value, not the cell", () => {
    const a = new Variable([1]);
    const b = new Variable(a);
    a.assign([2]);
    expect(b.value.arraySync()).toEqual([1]);
  });

  test("leaves no buffer behind", () => {
    const v = new Variable([1, 2]);
    const { buffers } = backend.memory();
    for (let i = 0; i < 100; i++) scope(() => v.assign(v.value.mul(1.5)));
    expect(backend.memory().buffers).toBe(buffers);
    v.dispose();
    expect(backend.memory().buffers).toBe(buffers - 1);
    expect(() => v.value).toThrow('Variable "variable": it was disposed');
  });
});

describe("update composites", () => {
  /** A cpu backend with a kernel that adds 1 in place where it may, and notes whether it might. */
  function inPlace(): { readonly backend: Backend; readonly seen: boolean[] } {
    const cpu = cpuBackend() as Backend;
    const seen: boolean[] = [];
    const isUpdate = (op: string): boolean => updates.has(op as CompositeName);
    const wrapped: Backend = Object.create(cpu, {
      composites: { value: new Set(["sgdUpdate"]) },
      run: {
        value: (op: "sgdUpdate", inputs: readonly [Operand<unknown>, Operand<unknown>], attrs: never, outs: never) => {
          if (!isUpdate(op)) return cpu.run(op, inputs, attrs, outs);
          const [variable, gradient] = inputs;
          seen.push(variable.unshared === true);
          if (!variable.unshared) return cpu.run("sub" as never, [variable, gradient] as never, {} as never, outs);
          const values = variable.handle as Float32Array;
          (gradient.handle as Float32Array).forEach((g, i) => {
            values[i] = (values[i] as number) - g;
          });
          return [variable.handle];
        },
      },
      release: { value: (handle: never) => cpu.release(handle) },
      upload: { value: (data: never, spec: never) => cpu.upload(data, spec) },
      download: { value: (x: never) => cpu.download(x) },
      downloadSync: { value: (x: never) => cpu.downloadSync?.(x) },
      memory: { value: () => cpu.memory() },
    });
    return { backend: wrapped, seen };
  }
  const attrs = { learningRate: 1, weightDecay: 0 };

  test("write into a buffer that only the Variable holds", () => {
    const { backend, seen } = inPlace();
    setBackend(backend);
    const v = new Variable([5, 5]);
    const { buffers } = backend.memory();
    scope(() => {
      const storage = v.held.storage;
      v.assign(run("sgdUpdate", [v, tensor([1, 2])], attrs)[0]);
      expect(v.held.storage).toBe(storage);
    });
    expect(seen).toEqual([true]);
    expect(v.value.arraySync()).toEqual([4, 3]);
    expect(backend.memory().buffers).toBe(buffers);
  });

  test("never into one that anything else holds", () => {
    const { backend, seen } = inPlace();
    setBackend(backend);
    const v = new Variable([5, 5]);
    const other = v.value;
    scope(() => v.assign(run("sgdUpdate", [v, tensor([1, 2])], attrs)[0]));
    expect(seen).toEqual([false]);
    expect(other.arraySync()).toEqual([5, 5]);
    expect(v.value.arraySync()).toEqual([4, 3]);
  });
});

test("moves to another backend", async () => {
  const other = cpuBackend() as Backend;
  const v = new Variable([1, 2]);
  await v.to(other);
  expect(v.backend).toBe(other);
  expect(v.value.arraySync()).toEqual([1, 2]);
  expect(backend.memory().buffers).toBe(0);
});

test("what is assigned, or disposed, during a move counts", async () => {
  const other = cpuBackend() as Backend;
  const v = new Variable([1]);
  const w = new Variable([2]);
  const moves = [v.to(other), w.to(other)];
  v.assign([3]);
  w.dispose();
  await Promise.all(moves);
  expect([v.backend, v.held.itemSync()]).toEqual([other, 3]);
  expect(w.isDisposed).toBe(true);
  expect([backend.memory().buffers, other.memory().buffers]).toEqual([0, 1]);
});

describe("errors.json", () => {
  interface ErrorCase {
    readonly name: string;
    readonly op: string;
    readonly input_shapes: readonly [readonly number[], readonly number[]];
  }
  const { cases } = readGolden<{ readonly cases: readonly ErrorCase[] }>("errors.json");
  const assigns = cases.filter(({ op }) => op === "variable_assign");

  test("has assignments of another shape", () => expect(assigns.length).toBeGreaterThan(0));

  test.each(assigns)("$name", ({ input_shapes: [own, given] }) => {
    const v = new Variable(zeros(own));
    expect(() => v.assign(zeros(given))).toThrow(
      expect.objectContaining({
        name: "ShapeError",
        message: expect.stringContaining(`float32[${own}], got float32[${given}]`),
      }),
    );
  });
});
