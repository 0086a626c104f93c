/** Gradients of functions: grad, valueAndGrad, jacobian, hessian, customGradient, checkGradients. */
import { getBackend, scope, type Tensor, tensor, Variable } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { checkGradients, customGradient, GradientTape, grad, hessian, jacobian, valueAndGrad } from "../src/index.ts";
import { numbers } from "./taped.ts";

describe("grad and valueAndGrad", () => {
  test("one gradient for one argument, an array for several", async () => {
    expect(await numbers(grad((x) => x.square().sum())([1, 2, 3]))).toEqual([2, 4, 6]);
    const [dx, dy] = grad((x, y) => x.mul(y.square()))(tensor(3), new Variable(4));
    expect([await numbers(dx), await numbers(dy)]).toEqual([[16], [24]]);
    const [value, gradient] = valueAndGrad((x) => x.exp())(0);
    expect([await numbers(value), await numbers(gradient)]).toEqual([[1], [1]]);
  });

  test("an argument given twice counts as two; one that is not used has null", async () => {
    const x = tensor(3);
    const [first, second] = grad((a, b) => a.square().mul(b))(x, x);
    expect([await numbers(first), await numbers(second)]).toEqual([[18], [9]]);
    expect(grad((a, b) => a.mul(2).add(b.stopGradient()))(x, x)[1]).toBeNull();
  });

  test("an identity's value is not its argument", async () => {
    const x = tensor([1, 2]);
    const [value, gradient] = valueAndGrad((a) => a)(x);
    value.dispose();
    expect(await numbers(x)).toEqual([1, 2]);
    expect(await numbers(gradient)).toEqual([1, 1]);
  });

  test("gradients of gradients", async () => {
    const second = grad((x) => grad((z) => z.pow(3))(x) as Tensor);
    expect(await numbers(second(2))).toEqual([12]);
  });

  test("the ops of f see Variables, which have no gradient here", async () => {
    const w = new Variable(5);
    expect(await numbers(grad((x) => x.mul(w))(2))).toEqual([5]);
  });

  test("only value and gradients stay in memory", () => {
    const x = tensor([1, 2]);
    const before = getBackend().memory().buffers;
    const [value, gradient] = valueAndGrad((a) => a.exp().sin().sum())(x);
    expect(getBackend().memory().buffers).toBe(before + 2);
    value.dispose();
    gradient?.dispose();
    grad((a) => a.exp().sum())(x)?.dispose();
    hessian((a) => a.pow(3).sum())(x)?.dispose();
    jacobian((a) => a.pow(3))(x)?.dispose();
    expect(getBackend().memory().buffers).toBe(before);
  });
});

describe("jacobian and hessian", () => {
  test("of several arguments", async () => {
    const [dx, dy] = jacobian((x, y) => x.mul(y))([1, 2], [3, 4]);
    expect([await numbers(dx), await numbers(dy)]).toEqual([
      [3, 0, 0, 4],
      [1, 0, 0, 2],
    ]);
  });

  test("a hessian is symmetric, and 0 for a linear function", async () => {
    const h = hessian((x) => x.prod().add(x.square().sum()))([2, 3, 4]);
    expect(h?.shape).toEqual([3, 3]);
    expect(await numbers(h)).toEqual([2, 4, 3, 4, 2, 2, 3, 2, 2]);
    expect(await numbers(hessian((x) => x.mul(3).sum())([1, 2]))).toEqual([0, 0, 0, 0]);
    expect(hessian((x) => x.floor())([1, 2])).toBeNull();
  });
});

describe("customGradient", () => {
  const logOnePlusExp = customGradient((x) => {
    const power = x.exp();
    return { value: power.add(1).log(), gradient: (dy) => dy.mul(power.div(power.add(1))) };
  });

  test("replaces the gradient of its body", async () => {
    const doubled = customGradient((x) => ({ value: x.exp(), gradient: (dy) => dy.mul(2) }));
    expect(await numbers(grad((x) => doubled(x.mul(3)))([0, 1]))).toEqual([6, 6]);
  });

  test("has its gradient's gradient at second order", async () => {
    await checkGradients(logOnePlusExp, [[-1, 0, 2]]);
    await checkGradients((x) => grad(logOnePlusExp)(x) as Tensor, [[-1, 0, 2]]);
  });

  test("several arguments, null for none", async () => {
    const product = customGradient((x, y) => ({ value: x.mul(y), gradient: (dy) => [dy.mul(y).mul(10), null] }));
    const [dx, dy] = grad(product)(2, 3);
    expect([await numbers(dx), dy]).toEqual([[30], null]);
  });

  test("a gradient may return what it was given, or a tensor of the user's own", async () => {
    const own = tensor([7, 8]);
    const odd = customGradient((_x, _y) => ({ value: tensor([1, 2]), gradient: (dy) => [dy, own] }));
    const [dx, dy] = scope(() => grad(odd)([1, 2], [3, 4]));
    expect([await numbers(dx), await numbers(dy), await numbers(own)]).toEqual([
      [1, 1],
      [7, 8],
      [7, 8],
    ]);
  });

  test("what it captured has no gradient through it", () => {
    const w = new Variable(2);
    const x = tensor(3);
    const scaled = customGradient((a) => ({ value: a.mul(w), gradient: (dy) => dy.mul(w) }));
    const tape = new GradientTape();
    tape.watch(x);
    const gradients = tape.gradient(
      tape.record(() => scaled(x)),
      { x, w },
    );
    expect(gradients.w).toBeNull();
    expect(gradients.x).not.toBeNull();
  });

  test("a wrong number or shape of gradients raises", () => {
    const few = customGradient((x, y) => ({ value: x.mul(y), gradient: (dy) => [dy] }));
    expect(() => grad(few)(1, 2)).toThrow(/customGradient: 1 gradients for 2 arguments/);
    const wide = customGradient((x) => ({ value: x.sum(), gradient: (dy) => dy }));
    expect(() => grad(wide)([1, 2])).toThrow(/customGradient: gradient 0 differs from its argument in shape/);
  });
});

describe("checkGradients", () => {
  test("reports what it compared", async () => {
    const report = await checkGradients((x, w) => x.matmul(w).sigmoid(), [[[1, 2]], [[0.5], [0.25]]]);
    expect(report.checked).toBe(4);
    expect(report.maxError).toBeLessThan(1e-8);
  });

  test("names the worst derivative of a wrong gradient", async () => {
    const wrong = customGradient((x, y) => ({ value: x.mul(y), gradient: (dy) => [dy.mul(y), dy.mul(x).mul(1.01)] }));
    await expect(checkGradients(wrong, [2, 3])).rejects.toThrow(
      /checkGradients: the gradient by element 0 of argument 1 is 3\.03/,
    );
    const lost = customGradient((x) => ({ value: x.exp(), gradient: () => null }));
    await expect(checkGradients(lost, [1])).rejects.toThrow(/is 0, the difference quotient/);
    const nan = customGradient((x) => ({ value: x.exp(), gradient: (dy) => dy.mul(Number.NaN) }));
    await expect(checkGradients(nan, [1])).rejects.toThrow(/is NaN/);
  });

  test("leaves nothing behind", async () => {
    const before = getBackend().memory().buffers;
    await checkGradients((x) => x.exp().sum(), [[1, 2]]);
    await checkGradients((x) => x.stopGradient().mul(x), [[1, 2]]).catch(() => null);
    expect(getBackend().memory().buffers).toBe(before);
  });
});
