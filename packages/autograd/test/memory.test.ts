/** How long tapes hold what they recorded, and that nothing stays behind. */
import { cpuBackend } from "@crease/backend-cpu";
import { getBackend, type Logits, run, scope, type Tensor, tensor, Variable } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { customGradient, GradientTape } from "../src/index.ts";
import { buffers, numbers, taped } from "./taped.ts";

describe("memory", () => {
  test("what the user disposes inside record stays for the gradient", async () => {
    const x = tensor([1, 2]);
    const [tape, y] = taped([x], () =>
      scope(() => {
        const h = x.exp();
        const sum = h.mul(x).sum();
        h.dispose();
        return sum;
      }),
    );
    const [gradient] = [tape.gradient(y, x)];
    expect(await numbers(gradient)).toEqual([1, 2].map((at) => expect.closeTo(Math.exp(at) * (1 + at), 4)));
  });

  test("customGradient gives up the arguments that it made", () => {
    const double = customGradient((x: Tensor) => ({ value: x.mul(2), gradient: (dy) => dy.mul(x) }));
    const x = tensor([1, 2]);
    const before = buffers();
    double([1, 2]).dispose();
    // The value belongs to the function's author: only a scope gives it up.
    expect(buffers()).toBe(before + 1);
    scope(() => {
      double([1, 2]);
      double(x);
    });
    expect(buffers()).toBe(before + 1);
    const [tape, y] = taped([x], () => double(x));
    expect(tape.gradient(y, x)?.arraySync()).toEqual([1, 2]);
  });

  test("a softmax's logits lead back to its input", async () => {
    const x = tensor([[1, 2]]);
    const [tape, y] = taped([x], () =>
      scope(() => {
        const { value } = x.mul(3).softmax().logits as Logits;
        return value.square();
      }),
    );
    expect(await numbers(tape.gradient(y, x))).toEqual([18, 36]);
  });

  test("a disposed tensor is disposed again after it served", () => {
    const x = tensor([1, 2]);
    let h = x;
    const [tape, y] = taped(
      [x],
      () => {
        h = x.exp();
        return h.mul(h);
      },
      true,
    );
    h.dispose();
    tape.gradient(y, x);
    expect(h.isDisposed).toBe(true);
    tape.gradient(y, x);
    tape.dispose();
    expect(() => h.add(1)).toThrow(expect.objectContaining({ name: "DisposedError" }));
  });

  test("gradients are holders of their own", async () => {
    const [x, y] = [tensor([1, 2]), tensor([3, 4])];
    const upstream = tensor([5, 6]);
    const [tape, z] = taped([x, y], () => x.add(y));
    const [dx, dy, again] = tape.gradient(z, [x, y, x], { upstream });
    dx?.dispose();
    upstream.dispose();
    expect(await numbers(dy)).toEqual([5, 6]);
    expect(await numbers(again)).toEqual([5, 6]);
  });

  test("a hundred steps in scopes leave nothing behind", () => {
    const w = new Variable([
      [0.1, 0.2],
      [0.3, 0.4],
    ]);
    const b = new Variable([0, 0]);
    const x = tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const before = getBackend().memory();
    for (let i = 0; i < 100; i++)
      scope(() => {
        const tape = new GradientTape();
        const loss = tape.record(() => x.dense(w, b, { activation: "relu" }).softmax().square().mean());
        const gradients = tape.gradient(loss, [w, b]);
        gradients.forEach((gradient, j) => {
          const variable = [w, b][j] as Variable;
          const [next] = run("sgdUpdate", [variable, gradient as Tensor], { learningRate: 0.1, weightDecay: 0 });
          variable.assign(next);
        });
      });
    expect(getBackend().memory()).toEqual(before);
  });

  test("outside scopes only the results stay", () => {
    const x = tensor([1, 2]);
    const tape = new GradientTape();
    tape.watch(x);
    const before = buffers();
    const y = tape.record(() => scope(() => x.exp().sin().mul(x).sum()));
    const gradient = tape.gradient(y, x);
    expect(buffers()).toBe(before + 2);
    y.dispose();
    gradient?.dispose();
    expect(buffers()).toBe(before);
  });

  test("an error in the body, or no gradient at all, leaves nothing behind", () => {
    const x = tensor([1, 2]);
    const before = buffers();
    const tape = new GradientTape();
    tape.watch(x);
    const failing = () =>
      tape.record(() =>
        scope(() => {
          x.exp().mul(x);
          throw new Error("body");
        }),
      );
    expect(failing).toThrow("body");
    expect(buffers()).toBe(before);
    const y = tape.record(() => scope(() => x.exp().mul(x)));
    expect(buffers()).toBeGreaterThan(before + 1);
    tape.dispose();
    expect(buffers()).toBe(before + 1);
    y.dispose();
    expect(buffers()).toBe(before);
  });

  test("what a failed body computed is forgotten", () => {
    const x = tensor([1, 2]);
    const tape = new GradientTape();
    tape.watch(x);
    let escaped = x;
    const failing = () =>
      tape.record(() => {
        escaped = x.exp();
        throw new Error("body");
      });
    expect(failing).toThrow("body");
    expect(
      tape.gradient(
        tape.record(() => escaped.mul(2)),
        escaped,
      ),
    ).toBeNull();
  });

  test("integers are not held", () => {
    const x = tensor([1, 2]);
    const before = buffers();
    const [tape] = taped([x], () => scope(() => void x.cast("int32").add(1).neg()));
    expect(buffers()).toBe(before);
    tape.dispose();
  });

  test("an error within a gradient leaves nothing behind", () => {
    const x = tensor([1, 2]);
    const broken = customGradient((at) => ({
      value: at.exp(),
      gradient: () => {
        throw new Error("gradient");
      },
    }));
    const before = buffers();
    scope(() => {
      const [tape, y] = taped([x], () => broken(x.square()).sin());
      expect(() => tape.gradient(y, x)).toThrow("gradient");
      expect(() => tape.gradient(y, x)).toThrow(/already/);
    });
    expect(buffers()).toBe(before);
  });

  test("jacobians and nested tapes too", () => {
    const x = tensor([1, 2, 3]);
    const before = buffers();
    scope(() => {
      const [outer, gradient] = taped([x], () => {
        const [inner, y] = taped([x], () => x.exp().cumSum(0));
        return inner.gradient(y, x) as Tensor;
      });
      outer.jacobian(gradient, x);
    });
    expect(buffers()).toBe(before);
  });

  test("on any backend", async () => {
    const backend = cpuBackend();
    const x = tensor([1, 2], { backend });
    scope(() => {
      const [tape, y] = taped([x], () => x.relu().max().add(x.prod()).add(x.sort().at(1)));
      expect(tape.gradient(y, x)?.backend).toBe(backend);
    });
    expect(backend.memory().buffers).toBe(1);
    x.dispose();
    expect(backend.memory().buffers).toBe(0);
  });
});
