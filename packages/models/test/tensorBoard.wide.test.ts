/** The real TensorBoard reads what the callback writes. Needs a Python with `tensorboard`, named by CREASE_PYTHON. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Dense, Input } from "@crease/layers";
import { Sequential, TensorBoard } from "@crease/models";
import { randomNormal, type Tensor } from "@crease/tensor";
import { expect, test } from "vitest";

const python = process.env.CREASE_PYTHON;
const script = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
seen = {}
for place in ("train", "validation"):
    board = EventAccumulator(sys.argv[1] + "/" + place, {"scalars": 0, "histograms": 0}).Reload()
    tags = board.Tags()
    seen[place] = {
        "scalars": {tag: [[e.step, e.value] for e in board.Scalars(tag)] for tag in tags["scalars"]},
        "histograms": {
            tag: [[e.step, e.histogram_value.min, e.histogram_value.max, e.histogram_value.num, e.histogram_value.sum,
                   len(e.histogram_value.bucket_limit), sum(e.histogram_value.bucket)] for e in board.Histograms(tag)]
            for tag in tags["histograms"]
        },
    }
print(json.dumps(seen))
`;

interface Run {
  readonly scalars: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  readonly histograms: Readonly<Record<string, readonly (readonly number[])[]>>;
}

test.skipIf(python === undefined)("scalars and histograms (skipped without CREASE_PYTHON)", async () => {
  const folder = mkdtempSync(join(tmpdir(), "crease-tensorboard-"));
  try {
    const model = new Sequential([Input({ shape: [3] }), new Dense(40), new Dense(1, { biasInitializer: "ones" })]);
    model.compile({ optimizer: "sgd", loss: "mse", metrics: ["mae"] });
    const { history } = await model.fit(randomNormal([200, 3], { seed: 1 }), randomNormal([200, 1], { seed: 2 }), {
      epochs: 3,
      batchSize: 1,
      validationSplit: 0.25,
      verbose: 0,
      callbacks: [new TensorBoard(folder, { updateFreq: "batch", histogramFreq: 2 })],
    });
    const { stdout } = await promisify(execFile)(python as string, ["-c", script, folder], { maxBuffer: 2 ** 26 });
    const { train, validation } = JSON.parse(stdout) as { readonly train: Run; readonly validation: Run };
    const byEpoch = (values: readonly number[] | undefined): unknown =>
      values?.map((value, i) => [i, Math.fround(value)]);
    expect(train.scalars.epoch_loss).toEqual(byEpoch(history.loss));
    expect(train.scalars.epoch_mae).toEqual(byEpoch(history.mae));
    expect(train.scalars.epoch_learning_rate).toEqual(byEpoch([0.01, 0.01, 0.01]));
    expect(train.scalars.batch_loss?.map(([step]) => step)).toEqual(Array.from({ length: 450 }, (_, i) => i));
    expect(validation.scalars.epoch_loss).toEqual(byEpoch(history.valLoss));
    expect(validation.scalars.evaluation_mae_vs_iterations?.map(([step]) => step)).toEqual([150, 300, 450]);
    expect(Object.keys(train.histograms)).toHaveLength(4);
    const kernel = [...(await (model.getWeights()[0] as Tensor).data())] as number[];
    const [first, last] = train.histograms["layers.0/kernel/histogram"] as [number[], number[]];
    expect([first[0], last[0]]).toEqual([0, 2]);
    expect(last.slice(1, 4)).toEqual([Math.min(...kernel), Math.max(...kernel), 120]);
    expect(last.slice(5)).toEqual([31, 120]);
    // One value only.
    expect(train.histograms["layers.1/bias/histogram"]?.[0]?.slice(3)).toEqual([1, expect.any(Number), 2, 1]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
