/** Input pipelines: where samples come from and what happens to them before a model sees them. */
import { ValueError } from "@crease/backend";
import { commonLength } from "./commonLength.ts";
import type { BatchOptions, DatasetState, GeneratorOptions, PassOptions, ShuffleOptions } from "./datasetOptions.ts";
import type { Element, Feature } from "./element.ts";
import { checkSeed, shuffleKey } from "./shuffleKey.ts";
import { batchStage } from "./stages/batch.ts";
import { concatStage } from "./stages/concat.ts";
import { generatorStage } from "./stages/generator.ts";
import { mapStage } from "./stages/map.ts";
import { prefetchStage } from "./stages/prefetch.ts";
import { cutTensors, rowsStage } from "./stages/rows.ts";
import { everyRow } from "./stages/selection.ts";
import { shuffleStage } from "./stages/shuffle.ts";
import { skipStage } from "./stages/skip.ts";
import type { Stage } from "./stages/stage.ts";
import { takeStage } from "./stages/take.ts";

/**
 * A sequence of elements `[x, y?, sampleWeight?]`, each a tensor or an object of tensors, that can be gone through
 * any number of times with `for await`. Each method returns a new data set.
 *
 * Every element is made of new tensors and belongs to whoever asked for it, so a loop of your own disposes them;
 * `fit`, `evaluate` and `predict` do so by themselves. Leaving a loop early gives up what was fetched ahead.
 * Tensors given to `fromTensors` stay yours.
 *
 * @example
 * ```ts
 * import { Dataset } from "@crease/datasets";
 * import { tensor } from "@crease/tensor";
 * const data = Dataset.fromTensors(tensor([1, 2, 3]), tensor([10, 20, 30])).batch(2);
 * const sums: string[] = [];
 * for await (const [x, y] of data) {
 *   sums.push(x.add(y).sum().toString());
 *   x.dispose();
 *   y.dispose();
 * }
 * sums; // => [33., 33.]
 * data.size; // => 2
 * ```
 */
export class Dataset<T extends Element = Element> implements AsyncIterable<T> {
  readonly #stage: Stage<T>;
  #epoch = 0;

  /** For the data sets of this package; others begin with `fromTensors` or `fromGenerator`. */
  protected constructor(stage: Stage<T>) {
    this.#stage = stage;
  }

  /**
   * The rows of tensors, taken along the first axis: element `i` is `[x[i], y[i], sampleWeight[i]]`.
   * The tensors stay the caller's and must live as long as the data set is used.
   *
   * @throws ShapeError for scalars and for tensors of different length.
   * @example
   * ```ts
   * import { Dataset } from "@crease/datasets";
   * import { zeros } from "@crease/tensor";
   * Dataset.fromTensors(zeros([60, 28, 28]), zeros([60])).size; // => 60
   * ```
   */
  static fromTensors<X extends Feature>(x: X): Dataset<[x: X]>;
  static fromTensors<X extends Feature, Y extends Feature>(x: X, y: Y): Dataset<[x: X, y: Y]>;
  static fromTensors<X extends Feature, Y extends Feature | undefined, W extends Feature | undefined>(
    x: X,
    y: Y,
    sampleWeight: W,
  ): Dataset<[x: X, y: Y, sampleWeight: W]>;
  static fromTensors(...features: [Feature, Feature?, Feature?]): Dataset {
    const table = features as Element;
    const selection = everyRow(commonLength(table));
    return new Dataset(rowsStage({ cut: cutTensors(table), selection, keys: [], isBatched: false }));
  }

  /**
   * The elements of a function of your own, called anew for each pass. What it yields belongs to the data set,
   * which passes it on or gives it up: a tensor that you want to keep must be yielded as a copy or view (`x.reshape(x.shape)`).
   *
   * @example
   * ```ts
   * import { Dataset } from "@crease/datasets";
   * import { tensor } from "@crease/tensor";
   * const data = Dataset.fromGenerator(function* () {
   *   for (let i = 0; i < 3; i++) yield [tensor([i])] as const;
   * });
   * const seen: string[] = [];
   * for await (const [x] of data) seen.push(x.toString());
   * seen; // => ["[0.]","[1.]","[2.]"]
   * ```
   */
  static fromGenerator<T extends Element>(
    open: () => Iterable<T> | AsyncIterable<T>,
    { size }: GeneratorOptions = {},
  ): Dataset<T> {
    if (size !== undefined) requireCount("Dataset.fromGenerator", "size", size, 0);
    return new Dataset(generatorStage(open, size));
  }

  /** Number of elements in one pass (after `batch`: of batches); undefined where only going through it tells. */
  get size(): number | undefined {
    return this.#stage.size;
  }

  /**
   * `batchSize` elements at a time, joined along a new first axis. The last batch may be smaller unless `dropRemainder`.
   *
   * @throws ValueError where `batchSize` is no whole number above 0; while iterating: where elements differ in structure,
   * ShapeError where they differ in shape.
   * @example
   * ```ts
   * import { Dataset } from "@crease/datasets";
   * import { zeros } from "@crease/tensor";
   * const data = Dataset.fromTensors(zeros([100, 3]));
   * data.batch(32).size; // => 4
   * data.batch(32, { dropRemainder: true }).size; // => 3
   * ```
   */
  batch(batchSize: number, { dropRemainder = false }: BatchOptions = {}): Dataset<T> {
    requireCount("Dataset.batch", "batchSize", batchSize, 1);
    return new Dataset(batchStage(this.#stage, batchSize, dropRemainder));
  }

  /**
   * The elements in random order, another one in each pass. Where the source is `fromTensors` (with `take`, `skip`,
   * `batch` or `shuffle` between), every order is equally likely; elsewhere each element is drawn from the next
   * `bufferSize` ones. The same seed and pass give the same order on every backend.
   *
   * @throws ValueError for a seed outside 0 to 2^32 - 1, and without `bufferSize` where one is needed.
   * @example
   * ```ts
   * import { Dataset } from "@crease/datasets";
   * import { tensor } from "@crease/tensor";
   * const data = Dataset.fromTensors(tensor([1, 2, 3, 4])).shuffle({ seed: 7 }).batch(4);
   * const orders: string[] = [];
   * for await (const [x] of data) orders.push(x.sort().toString());
   * orders; // => ["[1. 2. 3. 4.]"]
   * ```
   */
  shuffle({ seed, bufferSize, reshuffleEachIteration = true }: ShuffleOptions = {}): Dataset<T> {
    if (bufferSize !== undefined) requireCount("Dataset.shuffle", "bufferSize", bufferSize, 1);
    return new Dataset(shuffleStage(this.#stage, shuffleKey(seed, reshuffleEachIteration), bufferSize));
  }

  /**
   * Each element changed by `change`, a synchronous function that runs in a scope: its intermediate tensors and the
   * element it was given are disposed, its result is handed on. For asynchronous work use an async generator with `fromGenerator`.
   *
   * @throws ValueError while iterating, where `change` returns a promise or no `[x, y?, sampleWeight?]`.
   * @example
   * ```ts
   * import { Dataset } from "@crease/datasets";
   * import { tensor } from "@crease/tensor";
   * const pixels = Dataset.fromTensors(tensor([0, 255])).batch(2).map(([x]) => [x.div(255)]);
   * const seen: string[] = [];
   * for await (const [x] of pixels) seen.push(x.toString());
   * seen; // => ["[0. 1.]"]
   * ```
   */
  map<U extends Element>(change: (element: T) => U): Dataset<U> {
    return new Dataset(mapStage(this.#stage, change));
  }

  /**
   * The first `count` elements.
   *
   * @throws ValueError where `count` is no whole number from 0 on.
   * @example
   * ```ts
   * import { Dataset } from "@crease/datasets";
   * import { zeros } from "@crease/tensor";
   * Dataset.fromTensors(zeros([10])).take(3).size; // => 3
   * ```
   */
  take(count: number): Dataset<T> {
    requireCount("Dataset.take", "count", count, 0);
    return new Dataset(takeStage(this.#stage, count));
  }

  /**
   * All elements but the first `count`.
   *
   * @throws ValueError where `count` is no whole number from 0 on.
   * @example
   * ```ts
   * import { Dataset } from "@crease/datasets";
   * import { zeros } from "@crease/tensor";
   * Dataset.fromTensors(zeros([10])).skip(3).size; // => 7
   * ```
   */
  skip(count: number): Dataset<T> {
    requireCount("Dataset.skip", "count", count, 0);
    return new Dataset(skipStage(this.#stage, count));
  }

  /**
   * The elements of this data set, then those of `other`.
   *
   * @example
   * ```ts
   * import { Dataset } from "@crease/datasets";
   * import { zeros } from "@crease/tensor";
   * Dataset.fromTensors(zeros([10])).concat(Dataset.fromTensors(zeros([5]))).size; // => 15
   * ```
   */
  concat<U extends Element>(other: Dataset<U>): Dataset<T | U> {
    return new Dataset(concatStage(this.#stage, other.#stage));
  }

  /**
   * The same elements, of which up to `count` are fetched while one is in use.
   *
   * @throws ValueError where `count` is no whole number above 0.
   * @example
   * ```ts
   * import { Dataset } from "@crease/datasets";
   * import { zeros } from "@crease/tensor";
   * Dataset.fromTensors(zeros([10])).batch(5).prefetch(1).size; // => 2
   * ```
   */
  prefetch(count: number): Dataset<T> {
    requireCount("Dataset.prefetch", "count", count, 1);
    return new Dataset(prefetchStage(this.#stage, count));
  }

  /** One pass, each with the number after the last one's; what `for await` calls. */
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    return this.iterate();
  }

  /**
   * One pass from element `start` on, in the order of pass `epoch`: the same two numbers give the same elements,
   * so work that was cut off goes on where it stood. The next pass by `for await` is `epoch + 1`.
   *
   * @throws ValueError where `epoch` or `start` is no whole number from 0 on.
   * @example
   * ```ts
   * import { Dataset } from "@crease/datasets";
   * import { tensor } from "@crease/tensor";
   * const data = Dataset.fromTensors(tensor([1, 2, 3]));
   * const seen: string[] = [];
   * for await (const [x] of data.iterate({ start: 1 })) seen.push(x.toString());
   * seen; // => ["2.", "3."]
   * ```
   */
  iterate({ epoch = this.#epoch, start = 0 }: PassOptions = {}): AsyncGenerator<T, void, undefined> {
    requireCount("Dataset.iterate", "epoch", epoch, 0);
    requireCount("Dataset.iterate", "start", start, 0);
    this.#epoch = epoch + 1;
    return this.#stage.iterate(epoch, start);
  }

  /**
   * What decides the coming orders: the number of the next pass and the seeds of all shuffles.
   *
   * @example
   * ```ts
   * import { Dataset } from "@crease/datasets";
   * import { zeros } from "@crease/tensor";
   * const data = Dataset.fromTensors(zeros([3])).shuffle({ seed: 5 });
   * JSON.stringify(data.getState()); // => {"epoch":0,"seeds":[5]}
   * ```
   */
  getState(): DatasetState {
    return { epoch: this.#epoch, seeds: this.#stage.keys.map((key) => key.seed) };
  }

  /**
   * Goes on from a state that `getState` of a data set built in the same way returned. The shuffles of data sets
   * that this one was made from are set too.
   *
   * @throws ValueError where the number of seeds or a value does not fit.
   * @example
   * ```ts
   * import { Dataset } from "@crease/datasets";
   * import { zeros } from "@crease/tensor";
   * const data = Dataset.fromTensors(zeros([3])).shuffle();
   * data.setState({ epoch: 2, seeds: [5] });
   * JSON.stringify(data.getState()); // => {"epoch":2,"seeds":[5]}
   * ```
   */
  setState({ epoch, seeds }: DatasetState): void {
    const { keys } = this.#stage;
    requireCount("Dataset.setState", "epoch", epoch, 0);
    if (!Array.isArray(seeds) || seeds.length !== keys.length)
      throw new ValueError({
        op: "Dataset.setState",
        problem: `the state is not one of a data set with ${keys.length} shuffles`,
        fix: "Build the data set as the one was built that getState() was called on",
      });
    seeds.forEach(checkSeed);
    this.#epoch = epoch;
    keys.forEach((key, i) => {
      key.seed = seeds[i] as number;
    });
  }
}

function requireCount(op: string, name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new ValueError({
      op,
      problem: `${name} ${value} is no whole number from ${least} on`,
      fix: `Use a number such as ${Math.max(least, 1) * 32}`,
    });
}
