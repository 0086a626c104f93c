/** Training that is cut off and goes on from a checkpoint, on wasm: to the last bit what it would have been. */
import { wasmBackend } from "@crease/backend-wasm";
import * as crease from "crease";
import { expect, test } from "vitest";

const { Callback, EarlyStopping, LambdaCallback, ReduceLROnPlateau, Sequential } = crease.models;
const { BatchNormalization, Dense, Dropout } = crease.layers;

class Cut extends Callback {
  checkpoint: Uint8Array | undefined;
  readonly #at: string;
  constructor(at: string) {
    super();
    this.#at = at;
  }
  override async onSafePoint(point: crease.models.SafePoint): Promise<void> {
    if (`${point.epoch}.${point.step}` !== this.#at) return;
    this.checkpoint = await point.encode();
    throw new Error("cut");
  }
}

test.each([1, 2])("with %i threads", async (threads) => {
  const backend = await wasmBackend({ threads });
  crease.setBackend(backend);
  try {
    const x = crease.randomNormal([130, 40], { seed: 1 });
    const y = crease.randomNormal([130, 5], { seed: 2 }).argMax(1).cast("int32");
    const run = async (last: crease.models.Callback, resumeFrom?: Uint8Array) => {
      const model = new Sequential([
        new Dense(96, { activation: "relu" }),
        new BatchNormalization(),
        new Dropout(0.3),
        new Dropout(0.1, { seed: 3 }),
        new Dense(5, { activation: "softmax" }),
      ]);
      model.compile({
        optimizer: new crease.optimizers.Adam({ learningRate: 0.05, useEma: true, gradientAccumulationSteps: 3 }),
        loss: "sparseCategoricalCrossentropy",
        metrics: ["accuracy"],
      });
      const { history } = await model.fit(x, y, {
        epochs: 5,
        batchSize: 16,
        validationSplit: 0.2,
        verbose: 0,
        callbacks: [
          new ReduceLROnPlateau({ patience: 1, minDelta: 0.5 }),
          new EarlyStopping({ patience: 2, minDelta: 0.3, restoreBestWeights: true }),
          last,
        ],
        ...(resumeFrom && { resumeFrom }),
      });
      const weights = await Promise.all(model.getWeights().map((weight) => weight.data()));
      model.dispose();
      return { history, weights };
    };
    crease.setRandomSeed(7);
    const whole = await run(new LambdaCallback({}));
    for (const at of ["1.0", "1.4", "0.7"]) {
      crease.setRandomSeed(7);
      const cut = new Cut(at);
      await expect(run(cut)).rejects.toThrow("cut");
      crease.setRandomSeed(8);
      expect(await run(new LambdaCallback({}), cut.checkpoint)).toEqual(whole);
    }
  } finally {
    crease.setBackend(null);
    backend.dispose();
  }
});
