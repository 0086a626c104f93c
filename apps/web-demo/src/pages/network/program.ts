/** The program of a run in TypeScript, as a reader can copy it. */
import type { BackendName } from "../../compute/backendNames.ts";
import type { OptimizerName, Settings } from "./settings.ts";

const classes: { readonly [O in OptimizerName]: string } = {
  rmsprop: "RMSprop",
  sgd: "SGD",
  adam: "Adam",
  adamw: "AdamW",
  nadam: "Nadam",
  adamax: "Adamax",
  adagrad: "Adagrad",
  adadelta: "Adadelta",
};

const starts: { readonly [B in BackendName]: { readonly imports: string; readonly expression: string } } = {
  wasm: { imports: 'import { wasmBackend } from "@crease/backend-wasm";', expression: "wasmBackend({ threads: 1 })" },
  "wasm-threads": { imports: 'import { wasmBackend } from "@crease/backend-wasm";', expression: "wasmBackend()" },
  cpu: { imports: "", expression: "" },
  "tfjs-wasm": { imports: 'import { tfjsWasmBackend } from "@crease/backend-tfjs";', expression: "tfjsWasmBackend()" },
  webgl: { imports: 'import { tfjsWebglBackend } from "@crease/backend-tfjs";', expression: "tfjsWebglBackend()" },
};

/** The program; it runs in Node as it stands. */
export function programOf({
  units,
  activation,
  optimizer,
  learningRate,
  batchSize,
  epochs,
  backend,
}: Settings): string {
  const { imports, expression } = starts[backend];
  const optimizerClass = classes[optimizer];
  const isDefault = backend === "cpu";
  // Rows are picked on the host for the backends of TensorFlow.js: only batches go there.
  const isOnHost = backend === "tfjs-wasm" || backend === "webgl";
  const tensorNames = [isOnHost && "hostBackend", !isDefault && "setBackend", "type Tensor"].filter(Boolean).join(", ");
  const lines = [
    imports,
    'import { Dataset, mnist } from "@crease/datasets";',
    'import { Dense } from "@crease/layers";',
    'import { Sequential } from "@crease/models";',
    `import { ${optimizerClass} } from "@crease/optimizers";`,
    `import { ${tensorNames} } from "@crease/tensor";`,
    "",
    isDefault ? "" : `setBackend(await ${expression});`,
    `const [[images, labels], [testImages, testLabels]] = await mnist.loadData(${isOnHost ? "{ backend: hostBackend() }" : ""});`,
    'const flat = (x: Tensor) => x.reshape([-1, 28 * 28]).cast("float32").div(255);',
    "const train = Dataset.fromTensors(images, labels)",
    "  .shuffle()",
    `  .batch(${batchSize})`,
    "  .map(([x, y]) => [flat(x), y]);",
    "",
    "const model = new Sequential([",
    `  new Dense(${units}, { activation: "${activation}" }),`,
    '  new Dense(10, { activation: "softmax" }),',
    "]);",
    "model.compile({",
    `  optimizer: new ${optimizerClass}({ learningRate: ${learningRate} }),`,
    '  loss: "sparseCategoricalCrossentropy",',
    '  metrics: ["accuracy"],',
    "});",
    `await model.fit(train, null, { epochs: ${epochs} });`,
    "",
    "const { accuracy } = await model.evaluate(flat(testImages), testLabels);",
    'console.log("test accuracy", accuracy);',
  ];
  return lines.filter((line, i) => line !== "" || (i > 0 && lines[i - 1] !== "")).join("\n");
}
