/** Ending an epoch before its last step. */
import { Dense } from "@crease/layers";
import { Callback, type Logs, Sequential, type TrainingPlan } from "@crease/models";
import { setRandomSeed, zeros } from "@crease/tensor";
import { expect, test } from "vitest";

/** Ends epoch 1 after its second step, and writes down what happens. */
class Ender extends Callback {
  readonly seen: string[] = [];
  #epoch = 0;

  override onTrainBegin({ steps }: TrainingPlan): void {
    this.seen.push(`steps ${steps}`);
  }
  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }
  override onTrainBatchEnd(step: number): void {
    this.seen.push(`${this.#epoch}.${step}`);
    if (this.#epoch === 1 && step === 1) this.model.stopEpoch = true;
  }
  override onTestEnd(): void {
    // Between two epochs there is none to end.
    this.model.stopEpoch = true;
    this.seen.push("validated");
  }
  override onEpochEnd(epoch: number, logs: Logs): void {
    this.seen.push(`end ${epoch} ${Object.keys(logs).join(" ")}`);
  }
}

test("stopEpoch ends the epoch under way; validation and the next epoch follow", async () => {
  setRandomSeed(1);
  const model = new Sequential([new Dense(1)]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  const ender = new Ender();
  const x = zeros([3, 2]);
  const y = zeros([3, 1]);
  await model.fit(x, y, { epochs: 3, batchSize: 1, verbose: 0, validationData: [x, y], callbacks: [ender] });
  const end = (epoch: number): string[] => ["validated", `end ${epoch} loss valLoss`];
  expect(ender.seen).toEqual([
    ...["steps 3", "0.0", "0.1", "0.2", ...end(0)],
    ...["1.0", "1.1", ...end(1)],
    ...["2.0", "2.1", "2.2", ...end(2)],
  ]);
  expect(model.stopTraining).toBe(false);
});
