/** What one eager op on 1-element tensors costs, alone and under a tape. */
import { GradientTape } from "@crease/autograd";
import { scope, type Tensor, tensor } from "@crease/tensor";
import { repeat } from "../repeat.ts";
import { type Figure, headline, type Task } from "../task.ts";

/** Ops in one repeat: long beside the clock's resolution. */
const count = 100;

/** Microseconds of an op, its share of a scope, and of a tape, included. */
export async function op({ seconds }: Task): Promise<Figure[]> {
  const a = tensor([1]);
  const b = tensor([2]);
  const ops: { readonly [name: string]: () => Tensor } = {
    add: () => a.add(b),
    neg: () => a.neg(),
    sum: () => a.sum(),
    "add a number": () => a.add(2),
  };
  const time = async (metric: string, body: () => unknown): Promise<Figure> => {
    const values = (await repeat(seconds / 4, () => scope(body))).map((ms) => (ms * 1000) / count);
    return { metric, unit: "µs", values };
  };
  const all = Object.values(ops);
  const everyOp = (): void => {
    for (let i = 0; i < count / all.length; i++) for (const body of all) body();
  };
  const times = (body: () => unknown) => (): void => {
    for (let i = 0; i < count; i++) body();
  };
  const taped = (body: () => unknown) => (): void => {
    const tape = new GradientTape();
    tape.watch(a);
    tape.record(() => {
      body();
      return a;
    });
    tape.dispose();
  };
  const gradient = (): void => {
    const tape = new GradientTape();
    tape.watch(a);
    const result = tape.record(() => {
      let y = a;
      for (let i = 0; i < count; i++) y = y.add(b);
      return y;
    });
    tape.gradient(result, a);
  };
  const whole = await time("all", everyOp);
  const figures = [headline("op", whole.values), await time("one op, under a tape", taped(everyOp))];
  for (const [name, body] of Object.entries(ops)) figures.push(await time(name, times(body)));
  for (const [name, body] of Object.entries(ops)) figures.push(await time(`${name}, under a tape`, taped(times(body))));
  figures.push(await time("add, with its gradient", gradient));
  return figures;
}
