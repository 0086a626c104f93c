/** In a browser, models come from Blobs and go out as bytes. */
import { ValueError } from "@crease/backend";
import { Dense, Input } from "@crease/layers";
import { expect, test } from "vitest";
import { encodeModel, encodeWeights, loadModel, Sequential } from "../../src/index.ts";

test("a trained model as bytes and back, to go on with", async () => {
  const model = new Sequential([Input({ shape: [2] }), new Dense(3, { activation: "tanh" }), new Dense(1)]);
  model.compile({ optimizer: "adam", loss: "mse" });
  const [x, y] = [[[1, 2]], [[3]]];
  await model.trainOnBatch(x, y);
  const bytes = (await encodeModel(model)) as Uint8Array<ArrayBuffer>;
  const copy = await loadModel(new File([bytes], "model.keras"));
  await model.trainOnBatch(x, y);
  await copy.trainOnBatch(x, y);
  expect(String(await copy.predict(x))).toBe(String(await model.predict(x)));
  for (const format of ["npz", "weights.h5", "safetensors"] as const) {
    await copy.loadWeights(new Blob([(await encodeWeights(model, { format })) as Uint8Array<ArrayBuffer>]));
    expect(String(await copy.predict(x))).toBe(String(await model.predict(x)));
  }
  await expect(loadModel(new File([bytes.subarray(0, 200)], "cut.keras"))).rejects.toThrow(/cut\.keras/);
});

test("paths are refused with what to use in their place", async () => {
  await expect(loadModel("model.keras")).rejects.toThrow(ValueError);
  const model = new Sequential([Input({ shape: [2] }), new Dense(1)]);
  await expect(model.save("model.keras")).rejects.toThrow(/encodeModel/);
});
