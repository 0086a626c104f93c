/** What a metric has gathered can be taken out and given to an equal one, which goes on from there. */
import { ValueError } from "@crease/backend";
import {
  AUC,
  CategoricalAccuracy,
  ConcordanceCorrelation,
  FBetaScore,
  Mean,
  MeanIoU,
  type Metric,
  OneHotMeanIoU,
  PearsonCorrelation,
  Precision,
  PrecisionAtRecall,
  R2Score,
  RootMeanSquaredError,
  Sum,
} from "@crease/metrics";
import { scope, type Tensor, tensor, Variable } from "@crease/tensor";
import { describe, expect, test } from "vitest";

const batches: readonly [yTrue: Tensor, yPred: Tensor][] = [
  [
    tensor([
      [0, 1],
      [1, 0],
      [0, 1],
    ]),
    tensor([
      [0.1, 0.9],
      [0.6, 0.4],
      [0.7, 0.3],
    ]),
  ],
  [
    tensor([
      [1, 0],
      [0, 1],
    ]),
    tensor([
      [0.2, 0.8],
      [0.3, 0.7],
    ]),
  ],
];
const [first, second] = batches as [[Tensor, Tensor], [Tensor, Tensor]];

describe("getState and setState", () => {
  test.each<[string, () => Metric]>([
    ["AUC", () => new AUC()],
    ["CategoricalAccuracy", () => new CategoricalAccuracy()],
    ["ConcordanceCorrelation", () => new ConcordanceCorrelation()],
    ["FBetaScore", () => new FBetaScore()],
    ["MeanIoU", () => new MeanIoU({ numClasses: 2 })],
    ["OneHotMeanIoU", () => new OneHotMeanIoU({ numClasses: 2 })],
    ["PearsonCorrelation", () => new PearsonCorrelation()],
    ["Precision", () => new Precision()],
    ["PrecisionAtRecall", () => new PrecisionAtRecall({ recall: 0.5 })],
    ["R2Score", () => new R2Score()],
    ["RootMeanSquaredError", () => new RootMeanSquaredError()],
  ])("%s", async (_, make) => {
    const [whole, cut, onTop] = [make(), make(), make()];
    whole.update(...first);
    const state = whole.getState();
    whole.update(...second);
    expect(Object.keys(state)).toHaveLength(whole.variables.length);
    onTop.update(...second);
    for (const other of [cut, onTop]) {
      other.setState(state);
      other.update(...second);
      expect(await other.result().data()).toEqual(await whole.result().data());
    }
  });

  test.each([
    ["Mean", () => new Mean()],
    ["Sum", () => new Sum()],
  ])("%s, of values alone", async (_, make) => {
    const [whole, cut] = [make(), make()];
    whole.update([1, 2]);
    cut.setState(whole.getState());
    for (const metric of [whole, cut]) metric.update([4]);
    expect(await cut.result().item()).toBe(await whole.result().item());
  });

  test("no state makes it begin anew", async () => {
    const metric = new Mean();
    metric.update([5]);
    metric.setState({});
    metric.update([1]);
    expect(await metric.result().item()).toBe(1);
    expect(new Mean().getState()).toEqual({});
  });

  test("what is no state is refused, and nothing is lost", async () => {
    const metric = new Mean();
    metric.update([5]);
    for (const name of ["name", "update", "nothing", "__proto__"])
      expect(() => metric.setState(Object.fromEntries([[name, tensor(1)]]))).toThrow(ValueError);
    expect(await metric.result().item()).toBe(5);
  });

  test("memory stays as it was", () => {
    const x = tensor(0);
    const { backend } = x;
    const before = backend.memory();
    const metric = new Mean();
    scope(() => {
      metric.update([1, 2]);
      metric.setState(metric.getState());
      expect(metric.variables.every((variable) => variable instanceof Variable)).toBe(true);
    });
    metric.dispose();
    expect(backend.memory()).toEqual(before);
  });
});
