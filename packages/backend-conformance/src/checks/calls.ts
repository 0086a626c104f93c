/** Checks of what a kernel does with buffers: new outputs, inputs as they were, nothing left behind. */
import { arities, type Operand, type Spec, sizeOf } from "@crease/backend";
import { type Bench, inferOuts } from "../bench.ts";
import { type Check, check, failure, type RunName } from "../check.ts";
import { allCalls, type Call, literalRules, literalsOf, randomCalls, rowOf } from "../samples.ts";
import { fromNumbers, identical, type Value } from "../value.ts";
import { expectArray } from "./expectArray.ts";
import { isComposite } from "./isComposite.ts";

/** Calls that reach the backend's own kernel: none for a composite without one. */
function kernelCalls(bench: Bench, op: RunName): readonly Call[] {
  return isComposite(op) && !bench.backend.composites.has(op)
    ? []
    : [...literalRules(op).flatMap((rule) => literalsOf(bench, op, rule)), ...allCalls(bench, op)];
}

const differ = (op: RunName, problem: string, { inputs }: Call): Error => failure(op, problem, inputs);

async function countsBuffers(bench: Bench, op: RunName, call: Call): Promise<void> {
  const { backend } = bench;
  const start = backend.memory();
  const operands = call.inputs.map((x) => bench.upload(x));
  const outputs = bench.run(op, operands, call.attrs);
  const during = backend.memory().buffers - start.buffers;
  bench.release(operands);
  bench.release(outputs);
  await backend.flush();
  const end = backend.memory();
  if (during !== operands.length + outputs.length)
    throw differ(op, `${during} buffers, expected ${operands.length} inputs and ${outputs.length} outputs`, call);
  if (end.buffers !== start.buffers || end.bytes !== start.bytes)
    throw differ(op, `${end.buffers - start.buffers} buffers and ${end.bytes - start.bytes} bytes are left`, call);
}

async function returnsNewHandles(bench: Bench, op: RunName, call: Call): Promise<void> {
  const expected = inferOuts(op, call.inputs, call.attrs);
  await bench.withOperands(call.inputs, async (operands) => {
    const outputs = bench.run(op, operands, call.attrs);
    if (outputs.length !== expected.length)
      throw differ(op, `${outputs.length} outputs, expected ${expected.length}`, call);
    if (new Set(outputs.map((y) => y.handle)).size !== outputs.length)
      throw differ(op, "two outputs are one handle", call);
    for (const y of outputs) {
      const { data } = await bench.read(y);
      expectArray(op, y, data);
      if (data.length !== sizeOf(y.shape))
        throw differ(op, `${data.length} elements, expected ${sizeOf(y.shape)}`, call);
    }
    bench.release(outputs);
  });
}

async function keepsInputs(bench: Bench, op: RunName, call: Call): Promise<void> {
  await bench.withOperands(call.inputs, async (operands) => {
    const before = await Promise.all(operands.map((x) => bench.read(x)));
    const outputs = bench.run(op, operands, call.attrs);
    const after = await Promise.all(operands.map((x) => bench.read(x)));
    bench.release(outputs);
    after.forEach((x, i) => {
      if (!identical(x, before[i] as Value)) throw differ(op, `input ${i} changed`, call);
    });
  });
}

async function sharesNothing(bench: Bench, op: RunName, call: Call): Promise<void> {
  const operands = call.inputs.map((x) => bench.upload(x));
  const outputs = bench.run(op, operands, call.attrs);
  const shared = outputs.some((y) => operands.some((x) => x.handle === y.handle));
  if (shared) {
    bench.release(operands);
    throw differ(op, "an output is an input's handle", call);
  }
  const before = await Promise.all(outputs.map((y) => bench.read(y)));
  bench.release(operands);
  // What an output shared with an input would be written over by buffers of the same size.
  const others = call.inputs.map((x) => bench.upload(overwritten(x)));
  const after = await Promise.all(outputs.map((y) => bench.read(y)));
  bench.release([...others, ...outputs]);
  after.forEach((y, i) => {
    if (!identical(y, before[i] as Value)) throw differ(op, `output ${i} changed when the inputs were released`, call);
  });
}

const overwritten = (x: Value): Value =>
  fromNumbers(x.dtype, x.shape, new Array<number | string>(x.data.length).fill(x.dtype === "string" ? "?" : 1));

/** The same handle for all inputs of the dtype and shape of the last one gives what equal copies give. */
async function takesOneHandle(bench: Bench, op: RunName, { inputs, attrs }: Call): Promise<void> {
  const last = inputs.at(-1) as Value;
  const equal = inputs.map((x) => (x.dtype === last.dtype ? last : x));
  if (equal.filter((x) => x === last).length < 2 || !accepted(op, equal, attrs)) return;
  const expected = await bench.compute(op, equal, attrs);
  const same = new Map<Value, Operand<unknown>>();
  for (const x of equal) if (!same.has(x)) same.set(x, bench.upload(x));
  const outputs = bench.run(
    op,
    equal.map((x) => same.get(x) as Operand<unknown>),
    attrs,
  );
  const actual = await Promise.all(outputs.map((y) => bench.read(y)));
  bench.release([...outputs, ...same.values()]);
  actual.forEach((y, i) => {
    if (!identical(y, expected[i] as Value)) throw failure(op, "one handle given twice gives another result", equal);
  });
}

function accepted(op: RunName, inputs: readonly Spec[], attrs: object): boolean {
  try {
    inferOuts(op, inputs, attrs);
    return true;
  } catch {
    return false;
  }
}

/** Ops whose inputs mean different things: one handle for both is no sensible call. */
const unlike: readonly RunName[] = ["gather", "scatterAdd", "dense", "softmaxCrossEntropy"];

/** All checks of this kind of one op. */
export function callChecks(op: RunName): readonly Check[] {
  const each = (run: (bench: Bench, op: RunName, call: Call) => Promise<void>) => async (bench: Bench) => {
    for (const call of kernelCalls(bench, op)) await run(bench, op, call);
  };
  const checks = [
    check("R6", op, each(countsBuffers)),
    check("R9", op, each(returnsNewHandles)),
    check("R10", op, each(keepsInputs)),
    check("R11", op, each(sharesNothing)),
  ];
  if (!isComposite(op)) checks.push(check("R14", op, hasKernel(op)));
  if ((arities[op] > 1 || op === "concat") && !unlike.includes(op)) checks.push(check("R12", op, each(takesOneHandle)));
  return checks;
}

/** The backend computes the op; whether rightly is for other checks. */
const hasKernel = (op: RunName) => async (bench: Bench) => {
  for (const dtype of rowOf(op).dtypes) {
    const [call] = randomCalls(bench, op, dtype, ["any"]);
    if (call !== undefined) await bench.compute(op, call.inputs, call.attrs);
  }
};
