/** Tests the network on the test set. */
import type { Backend } from "@crease/backend";
import { SparseCategoricalCrossentropy } from "@crease/losses";
import { confusionMatrix } from "@crease/metrics";
import type { Model } from "@crease/models";
import { hostBackend, scope, type Tensor, tensor } from "@crease/tensor";
import type { Judgement, WrongDigit } from "./calls.ts";
import { area, type DigitSet, digitAt } from "./digits.ts";

/** Digits that go through the network at once. */
const chunk = 1000;
/** How many wrong digits and hidden units are shown. */
const shownWrong = 12;
const shownUnits = 32;

/** Pixels from 0 to 1 in rows of 784, from images of bytes. */
export function flat(x: Tensor): Tensor {
  return x.reshape([-1, area]).cast("float32").div(255);
}

/** The judgement of a network after `at` epochs. Between chunks the worker hears messages. */
export async function judge(model: Model, test: DigitSet, backend: Backend, at: number): Promise<Judgement> {
  const predicted = new Uint8Array(test.count);
  const sure = new Float32Array(test.count);
  let loss = 0;
  const crossentropy = new SparseCategoricalCrossentropy();
  for (let start = 0; start < test.count; start += chunk) {
    const end = Math.min(test.count, start + chunk);
    const [probabilities, mean] = scope(() => {
      const x = tensor(test.images.subarray(start * area, end * area), { shape: [end - start, area], backend });
      const y = tensor(test.labels.subarray(start, end), { backend });
      const outputs = model.apply(flat(x));
      return [outputs, crossentropy.apply(y, outputs)] as const;
    });
    const values = (await probabilities.data()) as Float32Array;
    loss += ((await mean.item()) as number) * (end - start);
    probabilities.dispose();
    mean.dispose();
    for (let row = 0; row < end - start; row++) {
      const best = largestAt(values.subarray(row * 10, row * 10 + 10));
      predicted[start + row] = best;
      sure[start + row] = values[row * 10 + best] as number;
    }
    await nextTask();
  }
  const counts = scope(() =>
    confusionMatrix(tensor(test.labels, { backend: hostBackend() }), tensor(predicted, { backend: hostBackend() }), 10),
  );
  const confusion = Array.from((await counts.data()) as Float32Array);
  counts.dispose();
  const right = confusion.reduce((sum, count, i) => (i % 11 === 0 ? sum + count : sum), 0);
  return {
    at,
    loss: loss / test.count,
    accuracy: right / test.count,
    confusion,
    worst: worstOf(test, predicted, sure),
    weights: await picturesOf(model),
  };
}

function worstOf(test: DigitSet, predicted: Uint8Array, sure: Float32Array): WrongDigit[] {
  const wrong = Array.from({ length: test.count }, (_, i) => i).filter((i) => predicted[i] !== test.labels[i]);
  wrong.sort((a, b) => (sure[b] as number) - (sure[a] as number));
  return wrong.slice(0, shownWrong).map((i) => ({
    ...digitAt(test, i),
    predicted: predicted[i] as number,
    probability: sure[i] as number,
  }));
}

/** The columns of the first kernel, one for each hidden unit. */
async function picturesOf(model: Model): Promise<Float32Array<ArrayBuffer>[]> {
  const kernel = model.weights.find(({ shape }) => shape.length === 2 && shape[0] === area);
  if (kernel === undefined) return [];
  const units = Math.min(shownUnits, kernel.shape[1] as number);
  const columns = scope(() => kernel.value.slice(null, [0, units]).transpose());
  const values = (await columns.data()) as Float32Array;
  columns.dispose();
  return Array.from({ length: units }, (_, unit) => new Float32Array(values.subarray(unit * area, (unit + 1) * area)));
}

/** The place of the largest of some numbers. */
export function largestAt(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
}

/** Lets the worker's event loop run once. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
