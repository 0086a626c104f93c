/** Tapes and Variables. */
import { run, type Tensor, tensor, Variable } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { GradientTape } from "../src/index.ts";
import { numbers } from "./taped.ts";

describe("Variables", () => {
  test("trainable ones are watched by themselves, others by request", async () => {
    const [w, frozen] = [new Variable([1, 2]), new Variable([3, 4], { trainable: false })];
    const loss = () => tensor([1, 1]).mul(w).mul(frozen).sum();
    const first = new GradientTape();
    const gradients = first.gradient(first.record(loss), { w, frozen });
    expect(await numbers(gradients.w)).toEqual([3, 4]);
    expect(gradients.frozen).toBeNull();

    const second = new GradientTape({ watchVariables: false });
    second.watch(frozen);
    const others = second.gradient(second.record(loss), { w, frozen });
    expect(others.w).toBeNull();
    expect(await numbers(others.frozen)).toEqual([1, 2]);
  });

  test("two reads around an assignment both count", async () => {
    const w = new Variable(2);
    const tape = new GradientTape();
    const y = tape.record(() => {
      const before = w.value.square();
      w.assign(5);
      return before.add(w.value.square());
    });
    expect(await numbers(y)).toEqual([29]);
    expect(await numbers(tape.gradient(y, w))).toEqual([14]);
  });

  test("reads outside record do not count", () => {
    const w = new Variable(2);
    const value = w.value;
    const tape = new GradientTape();
    expect(
      tape.gradient(
        tape.record(() => value.square()),
        w,
      ),
    ).toBeNull();
  });

  test("after the gradient a Variable is the only holder of its value", () => {
    const w = new Variable([1, 2]);
    const tape = new GradientTape();
    const loss = tape.record(() => tensor([1, 1]).mul(w).sum());
    expect(w.held.storage.refs).toBeGreaterThan(1);
    tape.gradient(loss, w);
    expect(w.held.storage.refs).toBe(1);
  });

  test("an update leaves what a tape recorded as it was", async () => {
    const w = new Variable([1, 2]);
    const tape = new GradientTape({ persistent: true });
    const loss = tape.record(() => tensor([1, 1]).mul(w).square().sum());
    const step = tape.gradient(loss, w) as Tensor;
    const [next] = run("sgdUpdate", [w, step], { learningRate: 0.5, weightDecay: 0 });
    w.assign(next);
    expect(await numbers(w.value)).toEqual([0, 0]);
    expect(await numbers(tape.gradient(loss, w))).toEqual([2, 4]);
    tape.dispose();
  });

  test("the update itself has no gradient", () => {
    const w = new Variable([1, 2]);
    const tape = new GradientTape();
    const [next] = tape.record(() => run("sgdUpdate", [w, [1, 1]], { learningRate: 0.5, weightDecay: 0 }));
    expect(tape.gradient(next, w)).toBeNull();
  });
});
