/** Checks of composites as calls: which of them reach a backend, and what updates may overwrite. */
import { type Operand, updates } from "@crease/backend";
import { scope } from "@crease/tensor";
import type { Bench } from "../bench.ts";
import { type Check, check, failure, type RunName, raised } from "../check.ts";
import { runAny, take, tensorOf, throughFrontEnd, widened } from "../reference.ts";
import { allCalls, type Call, names, termsOf } from "../samples.ts";
import { expectClose } from "../tolerance.ts";
import { identical, type Value } from "../value.ts";
import { isComposite } from "./isComposite.ts";

/** A composite with a kernel runs; one without raises BackendError. */
const reaches =
  (op: RunName) =>
  async (bench: Bench): Promise<void> => {
    const { composites } = bench.backend;
    for (const name of composites)
      if (!isComposite(name)) throw failure(name, "composites names no composite of the contract");
    const [call] = allCalls(bench, op, ["any"]);
    if (call === undefined || !isComposite(op)) return;
    if (composites.has(op)) await bench.compute(op, call.inputs, call.attrs);
    else await raised(op, "BackendError", () => bench.compute(op, call.inputs, call.attrs));
  };

/** Runs an update's kernel with some operands unshared, and checks values, handles and counts. */
async function overwrites(bench: Bench, op: RunName, call: Call, isUnshared: (i: number) => boolean): Promise<void> {
  const { backend } = bench;
  const start = backend.memory();
  const expected = await throughFrontEnd(op, call.inputs.map(widened), call.attrs);
  const operands = call.inputs.map((x, i): Operand<unknown> => ({ ...bench.upload(x), unshared: isUnshared(i) }));
  const outputs = bench.run(op, operands, call.attrs);
  const isReturned = (x: Operand<unknown>): boolean => outputs.some((y) => y.handle === x.handle);
  const problem = outputs
    .map((y, i) => operands.findIndex((x) => x.handle === y.handle) as number | -1 | typeof i)
    .map((from, i) =>
      from === -1 || (from === i && isUnshared(i))
        ? null
        : from === i
          ? `output ${i} is the handle of an operand that others share`
          : `output ${i} is the handle of operand ${from}`,
    )
    .find((found) => found !== null);
  if (problem !== undefined) throw failure(op, problem, call.inputs);
  for (const [i, y] of outputs.entries())
    expectClose(op, await bench.read(y), expected[i] as Value, backend.traits, termsOf(op, call), call.inputs);
  for (const [i, x] of operands.entries())
    if (!isUnshared(i) && !identical(await bench.read(x), call.inputs[i] as Value))
      throw failure(op, `operand ${i} changed, which others share`, call.inputs);
  bench.release([...outputs, ...operands.filter((x) => !isReturned(x))]);
  await backend.flush();
  if (backend.memory().buffers !== start.buffers)
    throw failure(op, `${backend.memory().buffers - start.buffers} buffers are left`, call.inputs);
}

const overwritesUnshared =
  (op: RunName) =>
  async (bench: Bench): Promise<void> => {
    for (const call of allCalls(bench, op)) {
      if (isComposite(op) && bench.backend.composites.has(op))
        for (const isUnshared of [() => true, () => false, (i: number) => i === 0, (i: number) => i > 0])
          await overwrites(bench, op, call, isUnshared);
      await keepsViews(bench, op, call);
    }
  };

/** Through the front end: a second holder of an operand's storage keeps its values. */
async function keepsViews(bench: Bench, op: RunName, { inputs, attrs }: Call): Promise<void> {
  const views = scope(() => {
    const operands = inputs.map((x) => tensorOf(x, bench.backend));
    const held = operands.map((x) => x.reshape(x.shape));
    runAny(op, operands, attrs);
    return held;
  });
  (await take(views)).forEach((x, i) => {
    if (!identical(x, inputs[i] as Value)) throw failure(op, `operand ${i} changed, which a view shares`, inputs);
  });
}

/** All checks of this kind. */
export const compositeChecks: readonly Check[] = names
  .filter(isComposite)
  .flatMap((op) => [
    check("R36", op, reaches(op)),
    ...(updates.has(op) ? [check("R13", op, overwritesUnshared(op))] : []),
  ]);
