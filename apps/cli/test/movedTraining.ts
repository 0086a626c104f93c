// A training that moves to another backend after each epoch.
import type { Backend } from "@crease/backend";
import { Dense } from "@crease/layers";
import { Sequential } from "@crease/models";
import { setBackend, setRandomSeed, tensor } from "@crease/tensor";

/** The loss of an epoch on each backend in turn: weights, moments and metrics move along. */
export async function losses(places: readonly Backend[]): Promise<number[]> {
  setRandomSeed(3);
  setBackend(places[0] as Backend);
  const model = new Sequential([new Dense(32, { activation: "relu" }), new Dense(3, { activation: "softmax" })]);
  model.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  model.build([null, 20]);
  const found: number[] = [];
  for (const backend of places) {
    await model.to(backend);
    const values = Float32Array.from({ length: 64 * 20 }, (_, i) => Math.sin(i * 0.37));
    const x = tensor(values, { shape: [64, 20], backend });
    const y = tensor(
      Int32Array.from({ length: 64 }, (_, i) => i % 3),
      { backend },
    );
    const { history } = await model.fit(x, y, { epochs: 1, batchSize: 16, verbose: 0 });
    found.push(...(history.loss as number[]));
    x.dispose();
    y.dispose();
  }
  setBackend(null);
  return found;
}
