/** The state of page 5: the surface, the race on it, the worked example, and what the programs print. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { Compute, ComputeLostError } from "../../compute/compute.ts";
import type { GraphInputs, GraphValues, Path, Place, Surface } from "./calls.ts";
import { dataCount, type OptimizerName, optimizerNames, type ProblemName, raceSteps, settings } from "./choices.ts";

/** Batches that can be chosen. */
export const batchSizes: Readonly<Record<"full" | "mini" | "one", number>> = { full: dataCount, mini: 4, one: 1 };

/** The state and what can be done. */
export class DescentSession {
  readonly compute: Compute<"descent"> = new Compute("descent");
  readonly problem: Signal<ProblemName> = signal("line");
  readonly start: Signal<Place> = signal(settings.line.start);
  readonly learningRate: Signal<number> = signal(settings.line.learningRate);
  readonly batch: Signal<keyof typeof batchSizes> = signal("full");
  readonly hidden: Signal<ReadonlySet<OptimizerName>> = signal(new Set<OptimizerName>());
  readonly surface: Signal<Surface | undefined> = signal(undefined);
  /** The ways of the race under way, in the order of `optimizerNames`. */
  readonly paths: Signal<readonly Path[]> = signal([]);
  /** The step that is shown; a fraction between two. */
  readonly shown: Signal<number> = signal(0);
  readonly isPlaying: Signal<boolean> = signal(false);
  readonly isComplete: ReadonlySignal<boolean> = computed(() => this.paths.value.length === optimizerNames.length);
  readonly graphInputs: Signal<GraphInputs> = signal({ w: 3, b: 1, x: 2, yTrue: 4 });
  readonly graph: Signal<GraphValues | undefined> = signal(undefined);
  readonly graphStep: Signal<number> = signal(0);
  readonly results: Signal<readonly (readonly string[])[] | undefined> = signal(undefined);
  readonly problemMessage: Signal<string | undefined> = signal(undefined);
  /** Whether a new race begins to play by itself. */
  readonly #plays: ReadonlySignal<boolean>;
  #race: AbortController | undefined;
  #seed = 1;
  #isGraphAsked = false;

  constructor(isMotionReduced: ReadonlySignal<boolean>) {
    this.#plays = computed(() => !isMotionReduced.value);
    this.load();
  }

  /** Asks for everything; again after the worker was started again. */
  load(): void {
    void this.#loadSurface();
    void this.race();
    void this.#askGraph();
    void this.#try(async () => {
      this.results.value = await this.compute.call("examples", undefined);
    });
  }

  /** Another model, with its own start and learning rate. */
  choose(problem: ProblemName): void {
    this.problem.value = problem;
    this.start.value = settings[problem].start;
    this.learningRate.value = settings[problem].learningRate;
    this.surface.value = undefined;
    this.paths.value = [];
    this.shown.value = 0;
    this.isPlaying.value = false;
    void this.#loadSurface();
    void this.race();
  }

  /** Another start, held within the rectangle. */
  startAt([first, second]: Place): void {
    const bounds = settings[this.problem.peek()];
    this.start.value = [within(first, bounds.first), within(second, bounds.second)];
    void this.race();
  }

  /** New batches, by another seed. */
  reshuffle(): void {
    this.#seed++;
    void this.race();
  }

  /** Shows an optimizer, or hides it. */
  toggle(name: OptimizerName): void {
    const hidden = new Set(this.hidden.peek());
    if (!hidden.delete(name)) hidden.add(name);
    this.hidden.value = hidden;
  }

  /** A race from the start; one under way is given up. */
  async race(): Promise<void> {
    this.#race?.abort();
    const race = new AbortController();
    this.#race = race;
    const input = {
      problem: this.problem.peek(),
      start: this.start.peek(),
      learningRate: this.learningRate.peek(),
      batchSize: batchSizes[this.batch.peek()],
      steps: raceSteps,
      seed: this.#seed,
    };
    const paths: Path[] = [];
    await this.#try(() =>
      this.compute.call("race", input, { onEvent: (path) => void paths.push(path), signal: race.signal }),
    );
    if (this.#race !== race || paths.length < optimizerNames.length) return;
    this.paths.value = paths;
    this.shown.value = this.#plays.peek() ? 0 : raceSteps;
    this.isPlaying.value = this.#plays.peek();
  }

  /** Changes numbers of the worked example; one question at a time, the last one wins. */
  setGraph(change: Partial<GraphInputs>): void {
    this.graphInputs.value = { ...this.graphInputs.peek(), ...change };
    void this.#askGraph();
  }

  async #askGraph(): Promise<void> {
    if (this.#isGraphAsked) return;
    this.#isGraphAsked = true;
    const inputs = this.graphInputs.peek();
    await this.#try(async () => {
      this.graph.value = await this.compute.call("graph", inputs);
    });
    this.#isGraphAsked = false;
    if (inputs !== this.graphInputs.peek()) void this.#askGraph();
  }

  async #loadSurface(): Promise<void> {
    const problem = this.problem.peek();
    await this.#try(async () => {
      const surface = await this.compute.call("surface", problem);
      if (problem === this.problem.peek()) this.surface.value = surface;
    });
  }

  async #try(body: () => Promise<unknown>): Promise<void> {
    try {
      await body();
      this.problemMessage.value = undefined;
    } catch (error) {
      // A lost worker is said above, with a way to restart it.
      if (!(error instanceof ComputeLostError))
        this.problemMessage.value = error instanceof Error ? error.message : String(error);
    }
  }
}

function within(value: number, [low, high]: readonly [number, number]): number {
  return Math.min(high, Math.max(low, value));
}
