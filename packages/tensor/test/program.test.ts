/** Recorded bodies give what the body gives, change what it changes, and leave memory as it was. */
import { cpuBackend } from "@crease/backend-cpu";
import {
  type Body,
  bernoulli,
  getBackend,
  getRandomState,
  interpret,
  keep,
  Program,
  randomNormal,
  scope,
  setRandomSeed,
  type Tensor,
  tensor,
  Variable,
} from "@crease/tensor";
import { expect, test } from "vitest";

/** The program of a body that has one. */
function programOf(inputs: readonly Tensor[], body: Body): Program {
  const program = scope(() => Program.record(inputs, body).program);
  if (program === null) throw new Error("the body cannot be repeated");
  return program;
}

function shown(outputs: readonly (Tensor | null)[]): readonly string[] {
  return outputs.map((x) => `${x && `${x.dtype}[${x.shape}] ${x}`}`);
}

const x1 = (): Tensor =>
  tensor([
    [1, -2, 3],
    [4, 5, -6],
  ]);
const x2 = (): Tensor =>
  tensor([
    [0.5, 7, -1],
    [2, -3, 8],
  ]);

test("a program gives what the body gives, also views, several holders of one buffer, inputs and nulls", () => {
  const w = new Variable([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  const body: Body = ([x]) => {
    const y = (x as Tensor).matmul(w).relu();
    const [values, indices] = [y.sort(-1), y.argSort(-1)];
    return [y, y.reshape([4]), values, indices, x as Tensor, null, w.value.transpose(), tensor([1, 2]).mul(3)];
  };
  const program = programOf([x1()], body);
  for (const x of [x1(), x2()]) expect(shown(program.run([x]))).toEqual(shown(body([x])));
  program.dispose();
});

test("Variables are read as they are at each run, and assigned", () => {
  const [w, total] = [new Variable([1, 2, 3]), new Variable(0)];
  const body: Body = ([x]) => {
    const y = (x as Tensor).mul(w);
    total.assign(y.sum().add(total));
    return [y, total.value];
  };
  const program = programOf([x1()], body);
  expect(total.value.itemSync()).toBe(1 - 4 + 9 + 4 + 10 - 18);
  w.assign([1, 1, 1]);
  total.assign(100);
  const [y, sum] = program.run([x2()]);
  expect(String(y)).toBe(String(x2()));
  expect(sum?.itemSync()).toBe(100 + 13.5);
  expect(total.value.itemSync()).toBe(113.5);
  program.dispose();
});

test("random draws go on in the context's stream; seeded ones repeat", () => {
  const body: Body = ([x]) => {
    const mask = bernoulli((x as Tensor).shape, { p: 0.5, dtype: "float32" });
    return [mask, randomNormal([3]), randomNormal([2], { seed: 5 })];
  };
  setRandomSeed(3);
  const eager = [body([x1()]), body([x1()]), body([x1()])].map(shown);
  const end = getRandomState();
  setRandomSeed(3);
  const { outputs, program } = Program.record([x1()], body);
  expect([outputs, program?.run([x1()]) ?? [], program?.run([x1()]) ?? []].map(shown)).toEqual(eager);
  expect(getRandomState()).toEqual(end);
  expect(eager[0]).not.toEqual(eager[1]);
  program?.dispose();
});

test("memory is as before after a run, and after a program's end", () => {
  const [a, b, total] = [x1(), x2(), new Variable(0)];
  const before = getBackend().memory();
  const body: Body = ([x]) => {
    const y = (x as Tensor)
      .mul(2)
      .exp()
      .add((x as Tensor).mul(2));
    total.assign(y.sum());
    return [y.mean(0), tensor([1, 2, 3]).square().add(1)];
  };
  const program = programOf([a], body);
  const held = getBackend().memory();
  scope(() => {
    for (let i = 0; i < 5; i++) program.run([b]);
  });
  expect(getBackend().memory()).toEqual(held);
  program.dispose();
  expect(getBackend().memory()).toEqual(before);
});

test("where a kernel raises, nothing has changed", () => {
  const total = new Variable(0);
  const table = new Variable([10, 20, 30]);
  const body: Body = ([indices]) => {
    bernoulli([2]);
    total.assign(total.value.add(1));
    const doubled = table.value.mul(2);
    return [doubled.gather(indices as Tensor).add(doubled.sum())];
  };
  const indices = tensor([0, 2], { dtype: "int32" });
  const bad = tensor([0, 7], { dtype: "int32" });
  const program = programOf([indices], body);
  const [before, random] = [getBackend().memory(), getRandomState()];
  expect(() => program.run([bad])).toThrow("index 7");
  expect(getBackend().memory()).toEqual(before);
  expect(getRandomState()).toEqual(random);
  expect(total.value.itemSync()).toBe(1);
  expect(String(program.run([indices])[0])).toBe("[140. 180.]");
  expect(total.value.itemSync()).toBe(2);
  program.dispose();
});

test("calls that nothing needs are left out, constants are computed once", () => {
  const backend = cpuBackend();
  const seen: string[] = [];
  const run = backend.run.bind(backend);
  const x = tensor([1, 2], { backend });
  Object.assign(backend, {
    run: (...args: Parameters<typeof run>) => {
      seen.push(args[0]);
      return run(...args);
    },
  });
  const program = programOf([x], ([x]) => {
    (x as Tensor).exp().sin();
    return [(x as Tensor).mul(tensor([2, 3], { backend }).square())];
  });
  seen.length = 0;
  expect(String(program.run([x])[0])).toBe("[ 4. 18.]");
  expect(seen).toEqual(["mul"]);
  program.dispose();
});

const outside = tensor([1, 2]);

test.each<[string, Body]>([
  ["reads values", ([x]) => [(x as Tensor).mul((x as Tensor).sum().itemSync())]],
  ["keeps a tensor", ([x]) => [keep((x as Tensor).neg())]],
  ["makes a Variable", ([x]) => [new Variable((x as Tensor).neg()).value]],
  ["uses a tensor from outside", () => [outside.neg()]],
  ["uploads an array", ([x]) => [(x as Tensor).sum().add(tensor(new Float32Array(5000)))]],
  ["computes elsewhere", ([x]) => [x as Tensor, tensor([1], { backend: cpuBackend() }).neg()]],
  [
    "seeds the stream",
    ([x]) => {
      setRandomSeed(1);
      return [x as Tensor];
    },
  ],
])("a body that %s has no program", (_, body) => {
  expect(scope(() => Program.record([x1()], body).program)).toBeNull();
});

test("a body that has no program leaves what it uploaded to its scope", () => {
  const x = x1();
  const before = getBackend().memory();
  scope(() => {
    Program.record([x], ([given]) => [(given as Tensor).mul(tensor([1, 2, 3])).add(outside.sum())]);
  });
  expect(getBackend().memory()).toEqual(before);
});

test("two recordings are equal where they do the same", () => {
  let rate = 0.5;
  let isOdd = false;
  const body: Body = ([x]) => {
    const y = (x as Tensor).mul(rate);
    return [isOdd ? y.neg() : y];
  };
  const first = programOf([x1()], body);
  expect(first.equals(programOf([x2()], body))).toBe(true);
  rate = 0.25;
  expect(first.equals(programOf([x2()], body))).toBe(false);
  rate = 0.5;
  isOdd = true;
  expect(first.equals(programOf([x2()], body))).toBe(false);
});

test("a program takes inputs like the recorded ones, outside of interpreters", () => {
  const program = programOf([x1()], ([x]) => [(x as Tensor).neg()]);
  expect(program.accepts([x2()])).toBe(true);
  expect(program.accepts([tensor([1, 2, 3])])).toBe(false);
  expect(program.accepts([x2().cast("int32")])).toBe(false);
  expect(program.accepts([])).toBe(false);
  expect(
    program.accepts([
      tensor(
        [
          [1, -2, 3],
          [4, 5, -6],
        ],
        { backend: cpuBackend() },
      ),
    ]),
  ).toBe(false);
  expect(
    interpret(
      (call, next) => next(call),
      () => program.accepts([x2()]),
    ),
  ).toBe(false);
  program.dispose();
});
