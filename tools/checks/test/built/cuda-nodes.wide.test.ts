// The packed binding to libtensorflow trains on each Node as the cpu backend does. Builds it where it is not built yet,
// which takes a network and a compiler the first time.
import { expect, test } from "vitest";
import { reason } from "../../../../packages/backend-cuda/test/cudaCpu.ts";
import { installPacked, listNodes } from "../../src/pack.ts";

const program = `
import { bindingStatus, cudaBackend, installBinding } from "@crease/backend-cuda";
import { Dense } from "@crease/layers";
import { Sequential } from "@crease/models";
import { setRandomSeed, tensor } from "@crease/tensor";

if (bindingStatus() === undefined) await installBinding({ device: "cpu" });
const train = async (options) => {
  setRandomSeed(5);
  const x = tensor(Float32Array.from({ length: 64 * 20 }, (_, i) => Math.sin(i * 0.37)), { shape: [64, 20], ...options });
  const y = tensor(Int32Array.from({ length: 64 }, (_, i) => i % 3), options);
  const model = new Sequential([new Dense(32, { activation: "relu" }), new Dense(3, { activation: "softmax" })]);
  model.compile({ optimizer: "rmsprop", loss: "sparseCategoricalCrossentropy" });
  model.build([null, 20]);
  if (options.backend) await model.to(options.backend);
  return (await model.fit(x, y, { epochs: 3, batchSize: 16, verbose: 0 })).history.loss;
};
const backend = await cudaBackend({ device: "cpu" });
console.log(JSON.stringify({ expected: await train({}), found: await train({ backend }) }));
`;

const name = "the binding to libtensorflow trains on Node $version";
test.skipIf(reason !== undefined).each(listNodes())(reason === undefined ? name : `${name}: ${reason}`, (node) => {
  const names = ["@crease/backend-cuda", "@crease/layers", "@crease/models", "@crease/tensor"];
  const installed = installPacked(names, {}, node);
  try {
    installed.write("train.js", program);
    const { expected, found } = JSON.parse(installed.run(node.path, ["train.js"]));
    expect(found).toHaveLength(3);
    expect(expected[2]).toBeLessThan(expected[0]);
    for (const [i, loss] of found.entries()) expect(loss).toBeCloseTo(expected[i], 4);
  } finally {
    installed.remove();
  }
});
