/** The end of the tour: the chapter's network, trained, judged and asked. */
import type { Step } from "./step.ts";

/** From layers to predictions. */
export const networkSteps: readonly Step[] = [
  {
    title: { en: "A network of two layers", ko: "층 두 개짜리 신경망" },
    text: {
      en: "Layers are filters for data: each takes something more useful out of what it is given. The last one gives ten numbers that sum to 1, a probability for each digit.",
      ko: "층은 데이터를 거르는 필터입니다. 층마다 받은 것에서 더 쓸모 있는 표현을 뽑아냅니다. 마지막 층은 합이 1인 수 열 개, 곧 숫자마다의 확률을 내놓습니다.",
    },
    imports: { "@crease/layers": ["Dense", "Input"], "@crease/models": ["Sequential"], "@crease/tensor": ["zeros"] },
    code: `const model = new Sequential([
  Input({ shape: [28 * 28] }),
  new Dense(512, { activation: "relu" }),
  new Dense(10, { activation: "softmax" }),
]);

show(model.summary());
const guess = await model.predict(zeros([1, 784]));
show("an empty page:", (await guess.data())[0].toFixed(2), "for each");`,
    lesson: {
      en: "It has learned nothing yet: to an empty page it gives each digit the same probability.",
      ko: "아직 아무것도 배우지 않았습니다. 빈 종이를 보여 주면 모든 숫자에 같은 확률을 줍니다.",
    },
  },
  {
    title: { en: "Training", ko: "훈련" },
    text: {
      en: "compile says how the network learns: the optimizer moves the weights, the loss is what gets smaller, the metrics are for people. fit goes through the data in batches of 128. Here are 6,000 digits, so that it takes seconds.",
      ko: "compile은 어떻게 배울지 정합니다. 옵티마이저는 가중치를 옮기고, 손실은 줄여야 할 값이며, 지표는 사람이 보려고 잽니다. fit은 데이터를 128개씩 묶은 배치로 훑습니다. 여기서는 몇 초 만에 끝나도록 숫자 6,000개만 씁니다.",
    },
    imports: {
      "@crease/datasets": ["mnist"],
      "@crease/layers": ["Dense"],
      "@crease/models": ["Sequential"],
    },
    code: `const [[images, labels]] = await mnist.loadData();
const x = images.slice([0, 6000]).reshape([-1, 784]).cast("float32").div(255);
const y = labels.slice([0, 6000]);

const model = new Sequential([
  new Dense(512, { activation: "relu" }),
  new Dense(10, { activation: "softmax" }),
]);
model.compile({
  optimizer: "rmsprop",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
});
const options = { epochs: 5, batchSize: 128, verbose: 0 };
const { epoch, history } = await model.fit(x, y, options);

show("epoch  loss    accuracy");
for (const i of epoch) {
  const [loss, accuracy] = [history.loss[i], history.accuracy[i]];
  show("    " + (i + 1), loss.toFixed(4), " " + accuracy.toFixed(4));
}`,
    lesson: {
      en: "After each epoch the loss is smaller: the network fits the digits that it sees better and better.",
      ko: "에포크가 지날 때마다 손실이 줄어듭니다. 신경망이 보고 있는 숫자들에 점점 더 잘 맞아 갑니다.",
    },
  },
  {
    title: { en: "Digits that it has never seen", ko: "한 번도 보지 못한 숫자" },
    text: {
      en: "What counts is not how well a network knows the digits that it learned from, but how well it does on others. evaluate measures that on the digits kept apart, and predict gives the probabilities themselves.",
      ko: "중요한 것은 배울 때 본 숫자를 얼마나 잘 아느냐가 아니라 처음 보는 숫자를 얼마나 잘 맞히느냐입니다. evaluate는 따로 떼어 둔 숫자로 이를 재고, predict는 확률 자체를 내놓습니다.",
    },
    imports: {
      "@crease/datasets": ["mnist"],
      "@crease/layers": ["Dense"],
      "@crease/models": ["Sequential"],
    },
    code: `const [[images, labels], [testImages, testLabels]] = await mnist.loadData();
const flat = (some) => some.reshape([-1, 784]).cast("float32").div(255);
const [x, y] = [flat(images.slice([0, 6000])), labels.slice([0, 6000])];
const [testX, testY] = [flat(testImages), testLabels];

const model = new Sequential([
  new Dense(512, { activation: "relu" }),
  new Dense(10, { activation: "softmax" }),
]);
model.compile({
  optimizer: "rmsprop",
  loss: "sparseCategoricalCrossentropy",
  metrics: ["accuracy"],
});
await model.fit(x, y, { epochs: 5, batchSize: 128, verbose: 0 });

const seen = await model.evaluate(x, y, { verbose: 0 });
const unseen = await model.evaluate(testX, testY, { verbose: 0 });
show("seen:  ", seen.accuracy.toFixed(4));
show("unseen:", unseen.accuracy.toFixed(4));

const guess = await model.predict(testX.slice([0, 1]));
const digit = await guess.argMax(-1).item();
show("first unseen digit: taken for", digit);
show("it is", await testY.at(0).item());
draw(testX, guess, digit);`,
    lesson: {
      en: "It does better on what it has seen: that gap is overfitting, and it is why the test digits are kept apart. Now train on all of them: crease train mnist",
      ko: "이미 본 숫자를 더 잘 맞힙니다. 이 차이가 과대적합이며, 테스트용 숫자를 따로 떼어 두는 이유입니다. 이제 전체 데이터로 훈련해 보세요: crease train mnist",
    },
  },
];
