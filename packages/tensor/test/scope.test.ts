/** Lifetimes: scopes, keep, dispose, views, and what memory() says. */
import { cpuBackend } from "@crease/backend-cpu";
import { keep, scope, setBackend, Tensor, tensor, Variable, zeros } from "@crease/tensor";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const backend = cpuBackend();
const buffers = (): number => backend.memory().buffers;
let before = 0;

beforeEach(() => {
  setBackend(backend);
  before = buffers();
});
afterEach(() => setBackend(null));

describe("scope", () => {
  test("gives up all but the result, uploads and number operands too", () => {
    const y = scope(() => tensor([1, 2]).add(1).mul([3, 4]).exp().sum());
    expect(buffers()).toBe(before + 1);
    y.dispose();
    expect(buffers()).toBe(before);
  });

  test("finds results in arrays and plain objects, at any depth, also in cycles", () => {
    interface Loop {
      list: unknown[];
      self?: Loop;
    }
    const result = scope(() => {
      const object: Loop = { list: [tensor(1), { deep: [tensor(2)] }] };
      object.self = object;
      tensor(3);
      return object;
    });
    expect(buffers()).toBe(before + 2);
    const [first, second] = result.list as [Tensor, { deep: [Tensor] }];
    expect(first.itemSync()).toBe(1);
    expect(second.deep[0].itemSync()).toBe(2);
    first.dispose();
    second.deep[0].dispose();
    expect(buffers()).toBe(before);
  });

  test("hands its result to the enclosing scope", () => {
    scope(() => {
      const inner = scope(() => tensor([1, 2]).neg());
      expect(inner.dataSync()).toEqual(new Float32Array([-1, -2]));
      return null;
    });
    expect(buffers()).toBe(before);
  });

  test("gives up everything when its body throws, and passes the error on", () => {
    expect(() =>
      scope(() => {
        tensor([1, 2, 3]);
        throw new Error("mine");
      }),
    ).toThrow("mine");
    expect(buffers()).toBe(before);
  });

  test("refuses an asynchronous body, and gives up what it made", () => {
    expect(() => scope(async () => tensor(1))).toThrow("scope: the body returned a promise");
    expect(buffers()).toBe(before);
  });

  test("leaves kept tensors alone", () => {
    const kept = scope(() => {
      const x = keep(tensor(7));
      return { value: x.itemSync(), x: () => x };
    });
    expect(kept.value).toBe(7);
    expect(kept.x().isDisposed).toBe(false);
    kept.x().dispose();
    expect(buffers()).toBe(before);
  });

  test("leaves a Variable's value alone", () => {
    const variable = scope(() => {
      const v = new Variable([1, 2]);
      scope(() => v.assign(v.value.add(1)));
      return { v: () => v };
    });
    expect(variable.v().value.dataSync()).toEqual(new Float32Array([2, 3]));
    variable.v().dispose();
  });
});

describe("dispose", () => {
  test("twice does nothing, and views share one buffer", () => {
    const x = tensor([1, 2, 3, 4]);
    const view = x.reshape([2, 2]);
    expect(buffers()).toBe(before + 1);
    x.dispose();
    x.dispose();
    expect(view.arraySync()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    view.dispose();
    expect(buffers()).toBe(before);
  });

  test.each(["cast", "broadcastTo", "reshape"] as const)("%s to the same is a view with a life of its own", (name) => {
    const x = tensor([1, 2]);
    const same = name === "cast" ? x.cast("float32") : name === "reshape" ? x.reshape([2]) : x.broadcastTo([2]);
    expect(same).not.toBe(x);
    expect(same.storage).toBe(x.storage);
    x.dispose();
    expect(same.dataSync()).toEqual(new Float32Array([1, 2]));
    same.dispose();
    expect(buffers()).toBe(before);
  });

  test("makes every use an error that names the op and the way out", async () => {
    const x = tensor([1, 2]);
    x.dispose();
    expect(() => x.add(1)).toThrow(
      expect.objectContaining({
        name: "DisposedError",
        message: expect.stringMatching(/^add: an input was disposed, got float32\[2\].*keep/),
      }),
    );
    expect(() => x.dataSync()).toThrow("dataSync: an input was disposed");
    await expect(x.data()).rejects.toThrow("data: an input was disposed");
    expect(() => x.reshape([1, 2])).toThrow("reshape: an input was disposed");
    expect(String(x)).toBe("float32[2] (disposed)");
    expect(buffers()).toBe(before);
  });

  test("`using` gives up at the end of the block", () => {
    {
      using x = tensor([1]);
      expect(x.itemSync()).toBe(1);
    }
    expect(buffers()).toBe(before);
  });

  test("a read holds its buffer until it settles", async () => {
    const x = tensor([5, 6]);
    const reading = x.data();
    x.dispose();
    expect(await reading).toEqual(new Float32Array([5, 6]));
    expect(buffers()).toBe(before);
  });

  test("logits live as long as the result that keeps them", () => {
    const y = scope(() => tensor([[1, 2]]).softmax());
    expect(y.logits?.kind).toBe("softmax");
    expect(y.logits?.value.arraySync()).toEqual([[1, 2]]);
    expect(buffers()).toBe(before + 2);
    y.dispose();
    expect(buffers()).toBe(before);
  });

  test("only softmax over the last axis and sigmoid keep logits, and no later op carries them on", () => {
    scope(() => {
      const x = zeros([2, 3]);
      expect(x.softmax(0).logits).toBeUndefined();
      expect(x.sigmoid().logits?.kind).toBe("sigmoid");
      const y = x.softmax();
      for (const z of [y.reshape([3, 2]), y.cast("float32"), y.stopGradient(), y.mul(1)])
        expect(z.logits).toBeUndefined();
    });
    expect(buffers()).toBe(before);
  });

  test("an error inside an op leaves nothing behind", () => {
    const x = tensor([1, 2]);
    expect(() => x.add([1, 2, 3])).toThrow();
    expect(() => x.matmul([[1, 2, 3]])).toThrow();
    expect(() => x.add("text")).toThrow();
    expect(buffers()).toBe(before + 1);
    x.dispose();
  });
});

test("a tensor is a Tensor", () => expect(tensor(1)).toBeInstanceOf(Tensor));
