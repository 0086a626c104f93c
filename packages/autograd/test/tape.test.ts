/** What tapes record, and what gradients they give. */
import { interpret, scope, type Tensor, tensor, Variable } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { GradientTape } from "../src/index.ts";
import { buffers, numbers, taped } from "./taped.ts";

describe("watching", () => {
  test("sources keep their structure", async () => {
    const [x, y] = [tensor(2), tensor(5)];
    const [tape, z] = taped([x, y], () => x.mul(y), true);
    expect(await numbers(tape.gradient(z, x))).toEqual([5]);
    expect(await Promise.all(tape.gradient(z, [y, x]).map(numbers))).toEqual([[2], [5]]);
    const byName = tape.gradient(z, { first: x, other: y });
    expect(Object.keys(byName)).toEqual(["first", "other"]);
    expect(await numbers(byName.other)).toEqual([2]);
    tape.dispose();
  });

  test("what is not connected gives null", () => {
    const [x, y, unwatched] = [tensor(2), tensor(5), tensor(7)];
    const [tape, [z, constant]] = taped([x, y], () => [x.mul(unwatched), unwatched.square()] as const, true);
    expect(tape.gradient(z, y)).toBeNull();
    expect(tape.gradient(z, unwatched)).toBeNull();
    expect(tape.gradient(constant, x)).toBeNull();
    expect(tape.gradient(z, new Variable(1))).toBeNull();
    expect(tape.gradient(z, x)).not.toBeNull();
    tape.dispose();
  });

  test("operations without gradient and integers end gradients", () => {
    const x = tensor([1.5, 2.5]);
    for (const body of [
      () => x.floor(),
      () => x.greater(0).cast("float32"),
      () => x.cast("int32").cast("float32"),
      () => x.argMax().cast("float32"),
      () => x.stopGradient(),
      () => x.floorDiv(2),
    ]) {
      const [tape, y] = taped([x], body);
      expect(tape.gradient(y, x)).toBeNull();
    }
  });

  test("only floats can be watched", () => {
    const integers = tensor([1], { dtype: "int32" });
    expect(() => new GradientTape().watch(integers)).toThrow(expect.objectContaining({ name: "DTypeError" }));
    expect(() => new GradientTape().watch([3 as never])).toThrow(/watch: a number is no source/);
  });

  test("a source may be an intermediate result, or the target itself", async () => {
    const x = tensor([1, 2]);
    const [tape, [h, y]] = taped([x], () => {
      const square = x.square();
      return [square, square.mul(3).add(square)] as const;
    });
    const gradients = tape.gradient(y, { x, h, y });
    expect(await numbers(gradients.x)).toEqual([8, 16]);
    expect(await numbers(gradients.h)).toEqual([4, 4]);
    expect(await numbers(gradients.y)).toEqual([1, 1]);
  });

  test("stopGradient takes one path out of two", async () => {
    const x = tensor(3);
    const [tape, y] = taped([x], () => x.mul(x.stopGradient()));
    expect(await numbers(tape.gradient(y, x))).toEqual([3]);
  });

  test("mixed element types come back in the source's own", async () => {
    const x = tensor([1, 2]);
    const y = tensor([3, 4], { dtype: "float64" });
    const [tape, z] = taped([x, y], () => x.mul(y));
    const gradients = tape.gradient(z, { x, y });
    expect([gradients.x?.dtype, gradients.y?.dtype]).toEqual(["float32", "float64"]);
    expect(await numbers(gradients.x)).toEqual([3, 4]);
  });
});

describe("targets", () => {
  test("gradients of a list are those of the sum", async () => {
    const x = tensor([1, 2]);
    const [tape, targets] = taped([x], () => [x.square(), x.mul(3), tensor(1)]);
    expect(await numbers(tape.gradient(targets, x))).toEqual([5, 7]);
  });

  test("an upstream gradient weights the target", async () => {
    const x = tensor([1, 2]);
    const [tape, [y, z]] = taped([x], () => [x.square(), x.mul(3)] as const, true);
    const upstream = tensor([10, 100]);
    expect(await numbers(tape.gradient(y, x, { upstream }))).toEqual([20, 400]);
    expect(await numbers(tape.gradient([y, z], x, { upstream: [upstream, tensor([1, 1])] }))).toEqual([23, 403]);
    expect(await numbers(upstream)).toEqual([10, 100]);
    expect(() => tape.gradient(y, x, { upstream: tensor([1]) })).toThrow(
      /differs from its target in shape, got float32\[2\] and float32\[1\]/,
    );
    expect(() => tape.gradient([y, z], x, { upstream: [upstream] })).toThrow(/1 upstream gradients for 2 targets/);
    tape.dispose();
  });

  test("something else than a tensor raises", () => {
    const x = tensor(1);
    const [tape] = taped([x], () => x.square());
    expect(() => tape.gradient(undefined as never, x)).toThrow(/gradient: the target is undefined/);
    expect(() => tape.jacobian(3 as never, x)).toThrow(/jacobian: the target is a number/);
    tape.dispose();
  });
});

describe("use", () => {
  test("a tape that is not persistent gives one gradient", () => {
    const x = tensor(3);
    const [tape, y] = taped([x], () => x.square());
    tape.gradient(y, x);
    expect(() => tape.gradient(y, x)).toThrow(
      expect.objectContaining({ name: "ValueError", fix: expect.stringContaining("{ persistent: true }") }),
    );
    expect(() => tape.jacobian(y, x)).toThrow(/gave its gradient already/);
    expect(() => tape.record(() => x)).toThrow(/gave its gradient already/);
    expect(() => tape.watch(x)).toThrow(/gave its gradient already/);
  });

  test("a disposed tape raises", () => {
    const x = tensor(3);
    const [tape, y] = taped([x], () => x.square(), true);
    tape.dispose();
    tape.dispose();
    expect(() => tape.gradient(y, x)).toThrow(expect.objectContaining({ name: "DisposedError" }));
  });

  test("record may be called several times", async () => {
    const x = tensor(3);
    const tape = new GradientTape();
    tape.watch(x);
    const h = tape.record(() => x.square());
    const between = h.mul(100);
    const y = tape.record(() => h.mul(2));
    const gradients = tape.gradient([y, between], x);
    expect(await numbers(gradients)).toEqual([12]);
  });

  test("record inside its own record raises", () => {
    const tape = new GradientTape();
    expect(() => tape.record(() => tape.record(() => 1))).toThrow(/recording already/);
    expect(tape.record(() => 2)).toBe(2);
    tape.dispose();
  });

  test("a body that returns a promise raises", () => {
    const x = tensor(3);
    const tape = new GradientTape();
    tape.watch(x);
    const before = buffers();
    const holder = scope(() => {
      expect(() => tape.record(async () => x.square())).toThrow(/returned a promise/);
    });
    expect(holder).toBeUndefined();
    expect(buffers()).toBe(before);
    tape.dispose();
  });

  test("a gradient taken inside record is not recorded by its own tape", async () => {
    const x = tensor(3);
    const tape = new GradientTape();
    tape.watch(x);
    const before = buffers();
    const gradient = tape.record(() => scope(() => tape.gradient(x.square().square(), x)));
    expect(await numbers(gradient)).toEqual([108]);
    expect(buffers()).toBe(before + 1);
    expect(x.storage.refs).toBe(1);
  });

  test("other interpreters see what is recorded, once", () => {
    const x = tensor([1, 2]);
    const seen: string[] = [];
    interpret(
      (call, next) => {
        seen.push(call.op);
        return next(call);
      },
      () => taped([x], () => x.softmax().exp().sum())[0].dispose(),
    );
    expect(seen.filter((op) => op !== "reshape")).toEqual(["softmax", "exp", "sum"]);
  });
});

describe("only what is asked for is computed", () => {
  test("branches off the path cost nothing, and single inputs of an operation", () => {
    const [x, y] = [tensor([2]), tensor([5])];
    const [tape, z] = taped([x, y], () => {
      y.exp().sin();
      x.exp().tanh();
      return x.pow(y);
    });
    const seen: string[] = [];
    interpret(
      (call, next) => {
        seen.push(call.op);
        return next(call);
      },
      () => tape.gradient(z, x),
    );
    expect(seen).toContain("pow");
    expect(seen).not.toContain("log");
    expect(seen).not.toContain("cos");
  });
});

describe("gradients of gradients", () => {
  test("nested tapes", async () => {
    const x = tensor(2);
    const [outer, gradient] = taped([x], () => {
      const [inner, y] = taped([x], () => x.pow(3));
      return inner.gradient(y, x) as Tensor;
    });
    expect(await numbers(gradient)).toEqual([12]);
    expect(await numbers(outer.gradient(gradient, x))).toEqual([12]);
  });

  test("three deep", async () => {
    const x = tensor(2, { dtype: "float64" });
    const derivative =
      (f: (x: Tensor) => Tensor) =>
      (at: Tensor): Tensor => {
        const [tape, y] = taped([at], () => f(at));
        return tape.gradient(y, at) as Tensor;
      };
    const third = derivative(derivative(derivative((at) => at.pow(4))));
    expect(await numbers(third(x))).toEqual([48]);
  });

  test("through Variables", async () => {
    const w = new Variable(2);
    const outer = new GradientTape();
    const gradient = outer.record(() => {
      const inner = new GradientTape();
      return inner.gradient(
        inner.record(() => tensor(1).mul(w).mul(w).mul(w)),
        w,
      ) as Tensor;
    });
    expect(await numbers(outer.gradient(gradient, w))).toEqual([12]);
  });

  test("a persistent tape differentiates its own gradient", async () => {
    const x = tensor(2);
    const tape = new GradientTape({ persistent: true });
    tape.watch(x);
    const gradient = tape.record(() => tape.gradient(x.pow(3), x) as Tensor);
    expect(await numbers(tape.gradient(gradient, x))).toEqual([12]);
    tape.dispose();
  });
});

describe("jacobian", () => {
  test("shape is target's shape + source's shape", async () => {
    const [x, y] = [tensor([1, 2]), tensor([[1], [2], [3]])];
    const [tape, z] = taped([x, y], () => x.mul(y));
    const found = tape.jacobian(z, { x, y });
    expect(found.x?.shape).toEqual([3, 2, 2]);
    expect(found.y?.shape).toEqual([3, 2, 3, 1]);
    expect(await numbers(found.x)).toEqual([1, 0, 0, 1, 2, 0, 0, 2, 3, 0, 0, 3]);
  });

  test("null where unconnected, also for targets without elements", () => {
    const [x, y] = [tensor([1, 2]), tensor([3])];
    const [tape, [z, empty]] = taped([x, y], () => [x.square(), x.slice([0, 0])] as const, true);
    expect(tape.jacobian(z, y)).toBeNull();
    expect(tape.jacobian(empty, y)).toBeNull();
    expect(tape.jacobian(empty, x)?.shape).toEqual([0, 2]);
    tape.dispose();
  });
});

test("what is no source is refused wherever sources are named", () => {
  for (const wrong of [3, null, undefined, "w", [3], { w: 3 }]) {
    const refused = expect.objectContaining({
      name: "ValueError",
      message: expect.stringContaining("no source of gradients"),
    });
    expect(() => new GradientTape().watch(wrong as never)).toThrow(refused);
    expect(() => new GradientTape().gradient(tensor(1), wrong as never)).toThrow(refused);
  }
});
