/** The chapter's worked example of back-propagation, its numbers taken by tapes. */
import { GradientTape } from "@crease/autograd";
import { scope, type Tensor, Variable } from "@crease/tensor";
import type { GraphInputs, GraphValues } from "./calls.ts";

/** Forward values and gradients of `x1 = w * x`, `x2 = x1 + b`, `loss = |yTrue - x2|`. */
export async function graphValues(inputs: GraphInputs): Promise<GraphValues> {
  const [w, b, x, yTrue] = [inputs.w, inputs.b, inputs.x, inputs.yTrue].map((value) => new Variable(value)) as [
    Variable,
    Variable,
    Variable,
    Variable,
  ];
  const values = scope(() => {
    const whole = new GradientTape({ persistent: true });
    const { x1, x2, loss } = whole.record(() => {
      const x1 = w.value.mul(x);
      const x2 = x1.add(b);
      return { x1, x2, loss: x2.sub(yTrue).abs() };
    });
    const [lossByW, lossByB] = whole.gradient(loss, [w, b]) as [Tensor, Tensor];
    // One edge each: along `x2 -> loss`, `yTrue -> loss`, `x1 -> x2`, `b -> x2`, `w -> x1`, `x -> x1`.
    const lossByX2 = whole.gradient(loss, x2) as Tensor;
    const lossByYTrue = whole.gradient(loss, yTrue) as Tensor;
    const x2ByX1 = whole.gradient(x2, x1) as Tensor;
    const x2ByB = whole.gradient(x2, b) as Tensor;
    const x1ByW = whole.gradient(x1, w) as Tensor;
    const x1ByX = whole.gradient(x1, x) as Tensor;
    whole.dispose();
    return { x1, x2, loss, lossByX2, lossByYTrue, x2ByX1, x2ByB, x1ByW, x1ByX, lossByW, lossByB };
  });
  const read = async (name: keyof typeof values): Promise<number> => {
    const value = (await values[name].item()) as number;
    values[name].dispose();
    return value;
  };
  const result = {
    ...inputs,
    x1: await read("x1"),
    x2: await read("x2"),
    loss: await read("loss"),
    lossByX2: await read("lossByX2"),
    lossByYTrue: await read("lossByYTrue"),
    x2ByX1: await read("x2ByX1"),
    x2ByB: await read("x2ByB"),
    x1ByW: await read("x1ByW"),
    x1ByX: await read("x1ByX"),
    lossByW: await read("lossByW"),
    lossByB: await read("lossByB"),
  };
  for (const variable of [w, b, x, yTrue]) variable.dispose();
  return result;
}
