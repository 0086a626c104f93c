/** Gradients against TensorFlow's GradientTape: every case of gradients.json. */
import type { DType } from "@crease/backend";
import { scope, type Tensor, tensor, where } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { decode, expectCloseTensor, type GoldenTensor, readGolden } from "../../../testdata/golden.ts";
import { type Tolerance, tolerances } from "../../../testdata/tolerances.ts";
import { moreOps, type NumpyOp, numpyOps } from "../../tensor/test/numpy-names.ts";
import { GradientTape } from "../src/index.ts";

type Numbers = number | readonly Numbers[];
interface Expression {
  readonly input?: string;
  readonly ref?: string;
  readonly const?: Numbers;
  readonly op?: string;
  readonly args?: readonly Expression[];
  readonly attrs?: Readonly<Record<string, unknown>>;
}
type Named<T> = Readonly<Record<string, T>>;
type Expected = Named<GoldenTensor | null>;

interface CaseBase {
  readonly name: string;
  readonly inputs: Named<GoldenTensor>;
  readonly watch?: readonly string[];
  readonly let?: readonly { readonly name: string; readonly expr: Expression }[];
}
interface SingleCase extends CaseBase {
  readonly kind: "first" | "second" | "jacobian";
  readonly expr: Expression;
  readonly output: GoldenTensor;
  readonly upstream?: GoldenTensor;
  readonly grads: Expected;
  readonly second?: Named<Expected | null>;
  readonly jacobian?: Expected;
}
interface PersistentCase extends CaseBase {
  readonly kind: "persistent";
  readonly exprs: readonly Expression[];
  readonly outputs: readonly GoldenTensor[];
  readonly grads: readonly Expected[];
  readonly grads_of_list: Expected;
}
type Case = SingleCase | PersistentCase;

const first = (inputs: readonly Tensor[]): Tensor => inputs[0] as Tensor;
const second = (inputs: readonly Tensor[]): Tensor => inputs[1] as Tensor;
const seluScale = 1.0507009873554805;
const seluAlpha = 1.6732632423543772;

/** What gradients.json means by a name, where that is not NumPy's meaning; and activations, in tensor operations. */
const tensorflowOps: Named<NumpyOp> = {
  where: ([condition, a, b]) => where((condition as Tensor).greater(0), a as Tensor, b as Tensor),
  greater: (inputs) => first(inputs).greater(second(inputs)).cast(first(inputs).dtype),
  argmax: (inputs, { axis }) =>
    first(inputs)
      .argMax(axis as number)
      .cast(first(inputs).dtype),
  split: (inputs, attrs, dtype) =>
    ((numpyOps.split as NumpyOp)(inputs, attrs, dtype) as Tensor[])[attrs.index as number] as Tensor,
  // TensorFlow keeps the slope in float32.
  leaky_relu: (inputs) => where(first(inputs).greater(0), first(inputs), first(inputs).mul(Math.fround(0.2))),
  elu: (inputs) => where(first(inputs).greaterEqual(0), first(inputs), first(inputs).expm1()),
  selu: (inputs) =>
    where(first(inputs).greaterEqual(0), first(inputs), first(inputs).expm1().mul(seluAlpha)).mul(seluScale),
  silu: (inputs) => first(inputs).mul(first(inputs).sigmoid()),
  softsign: (inputs) => first(inputs).div(first(inputs).abs().add(1)),
  relu6: (inputs) => where(first(inputs).less(6), first(inputs).relu(), 6),
};

function evaluate(node: Expression, known: Named<Tensor>, dtype: DType): Tensor {
  if (node.input !== undefined) return known[node.input] as Tensor;
  if (node.ref !== undefined) return known[`let:${node.ref}`] as Tensor;
  if (node.const !== undefined) return tensor(node.const as number, { dtype });
  const name = node.op as string;
  const op = tensorflowOps[name] ?? moreOps[name] ?? numpyOps[name];
  if (op === undefined) throw new Error(`gradients.json names an operation that no table has: ${name}`);
  const args = (node.args as readonly Expression[]).map((arg) => evaluate(arg, known, dtype));
  return op(args, node.attrs ?? {}, dtype) as Tensor;
}

/** The case's results from inputs, inside the `record` of one tape or two. */
function forward(given: Case, inputs: Named<Tensor>, dtype: DType): readonly Tensor[] {
  const known: Record<string, Tensor> = { ...inputs };
  for (const { name, expr } of given.let ?? []) known[`let:${name}`] = evaluate(expr, known, dtype);
  return (given.kind === "persistent" ? given.exprs : [given.expr]).map((expr) => evaluate(expr, known, dtype));
}

function inputsOf(given: Case, dtype: DType): { readonly [name: string]: Tensor } {
  return Object.fromEntries(
    Object.entries(given.inputs).map(([name, x]) => [name, tensor(decode(x), { dtype, shape: x.shape })]),
  );
}

function tapeOver(given: Case, inputs: Named<Tensor>, persistent: boolean): GradientTape {
  const tape = new GradientTape({ persistent });
  tape.watch((given.watch ?? Object.keys(inputs)).map((name) => inputs[name] as Tensor));
  return tape;
}

/** `expectClose` in the dtype of the results: what float32 cannot hold is compared as float32 rounds it. */
async function expectTensors(actual: Named<Tensor | null>, expected: Expected, tolerance: Tolerance, what: string) {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, golden] of Object.entries(expected))
    await expectOne(actual[name] ?? null, golden, tolerance, `${what} ${name}`);
}

async function expectOne(actual: Tensor | null, golden: GoldenTensor | null, tolerance: Tolerance, what: string) {
  if (golden === null || actual === null) {
    expect(actual === null, `${what} is null`).toBe(golden === null);
    return;
  }
  const expected = actual.dtype === "float32" ? { ...golden, data: decode(golden).map(Math.fround) } : golden;
  await expectCloseTensor(actual, expected, tolerance, what);
}

async function checkFirst(given: SingleCase, dtype: DType, tolerance: Tolerance): Promise<void> {
  const inputs = inputsOf(given, dtype);
  const tape = tapeOver(given, inputs, false);
  const [output] = tape.record(() => forward(given, inputs, dtype)) as [Tensor];
  await expectOne(output, given.output, tolerance, "output");
  const upstream = given.upstream && tensor(decode(given.upstream), { dtype, shape: given.upstream.shape });
  const gradients = tape.gradient(output, inputs, upstream ? { upstream } : {});
  await expectTensors(gradients, given.grads, tolerance, "gradient");
}

async function checkSecond(given: SingleCase, tolerance: Tolerance): Promise<void> {
  const inputs = inputsOf(given, "float64");
  const outer = tapeOver(given, inputs, true);
  const [gradients, sums] = outer.record(() =>
    // The inner scope ends before the outer gradient is taken: the outer tape must hold what it recorded.
    scope(() => {
      const inner = tapeOver(given, inputs, false);
      const [output] = inner.record(() => forward(given, inputs, "float64")) as [Tensor];
      const found = inner.gradient(output, inputs);
      return [found, Object.fromEntries(Object.entries(found).map(([name, x]) => [name, x?.sum() ?? null]))] as const;
    }),
  );
  await expectTensors(gradients, given.grads, tolerance, "gradient");
  for (const [name, expected] of Object.entries(given.second ?? {})) {
    const sum = sums[name] ?? null;
    expect(sum === null, `gradient ${name} is null`).toBe(expected === null);
    if (sum === null || expected === null) continue;
    await expectTensors(outer.gradient(sum, inputs), expected, tolerance, `second ${name}`);
  }
  outer.dispose();
}

async function checkJacobian(given: SingleCase, tolerance: Tolerance): Promise<void> {
  const inputs = inputsOf(given, "float64");
  const tape = tapeOver(given, inputs, false);
  const [output] = tape.record(() => forward(given, inputs, "float64")) as [Tensor];
  await expectTensors(tape.jacobian(output, inputs), given.jacobian as Expected, tolerance, "jacobian");
}

async function checkPersistent(given: PersistentCase, tolerance: Tolerance): Promise<void> {
  const inputs = inputsOf(given, "float64");
  const tape = tapeOver(given, inputs, true);
  const outputs = tape.record(() => forward(given, inputs, "float64"));
  for (const [i, output] of outputs.entries()) {
    await expectOne(output, given.outputs[i] as GoldenTensor, tolerance, `output ${i}`);
    await expectTensors(tape.gradient(output, inputs), given.grads[i] as Expected, tolerance, `gradient ${i}`);
  }
  await expectTensors(tape.gradient(outputs, inputs), given.grads_of_list, tolerance, "gradient of the list");
  tape.dispose();
}

const { cases } = readGolden<{ readonly cases: readonly Case[] }>("gradients.json");
const { float64, float32 } = tolerances.gradients;

describe("float64", () => {
  test.each(cases.map((given) => [given.kind, given.name, given] as const))("%s %s", async (_kind, _name, given) => {
    if (given.kind === "persistent") await checkPersistent(given, float64);
    else {
      await checkFirst(given, "float64", float64);
      if (given.kind === "second") await checkSecond(given, float64);
      if (given.kind === "jacobian") await checkJacobian(given, float64);
    }
  });
});

describe("float32", () => {
  const firsts = cases.filter((given): given is SingleCase => given.kind === "first");
  test.each(firsts.map((given) => [given.name, given] as const))("%s", (_name, given) =>
    checkFirst(given, "float32", float32),
  );
});

test("the file has cases of every kind", () => {
  expect([...new Set(cases.map(({ kind }) => kind))].sort()).toEqual(["first", "jacobian", "persistent", "second"]);
});
