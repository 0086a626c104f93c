/** The state of page 1: what is set, how training does, what was drawn. It outlives a look at other pages. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type BackendName, backendNames } from "../../compute/backendNames.ts";
import { type Obstacle, obstacleTo } from "../../compute/capabilities.ts";
import { Compute, ComputeLostError } from "../../compute/compute.ts";
import type { Answer, Digit, Judgement, Progress, RunEvent } from "./calls.ts";
import {
  type BadEntry,
  type Draft,
  defaultDraft,
  type Field,
  isSameNetwork,
  type OptimizerName,
  optimizerRates,
  readDraft,
  readQuery,
  type Settings,
} from "./settings.ts";

/** Where a run is. `starting` covers the backend's start and, on request, the end of the run before. */
export type Phase = "idle" | "starting" | "running" | "paused" | "done";

/** The data's way into the page. */
export type DataState =
  | { readonly kind: "loading"; readonly loaded: number; readonly total: number }
  | { readonly kind: "ready"; readonly samples: readonly Digit[] }
  | { readonly kind: "failed"; readonly message: string };

/** The curves so far. */
export interface Curves {
  readonly train: readonly Progress[];
  readonly test: readonly Judgement[];
}

/** Something that went wrong, or ended in another way than hoped. */
export type Trouble =
  | { readonly kind: "diverged" }
  | { readonly kind: "tooLarge"; readonly megabytes: string }
  | { readonly kind: "run" | "load" | "save"; readonly message: string };

/** What is on the pad. */
export interface Drawing {
  /** 784 pixels from 0 to 1. */
  readonly pixels: Float32Array<ArrayBuffer>;
  /** The digit of the test set that it is, if it was picked. */
  readonly digit: Digit | undefined;
}

/** The largest file that is read, in bytes: 4096 units with an optimizer's slots take 40 MB. */
const largestFile = 200_000_000;

const noCurves: Curves = { train: [], test: [] };

/** The state and what can be done. */
export class NetworkSession {
  readonly compute: Compute<"network"> = new Compute("network");
  /** What stands in the way of each backend here. */
  readonly obstacles: ReadonlyMap<BackendName, Obstacle>;
  readonly data: Signal<DataState> = signal({ kind: "loading", loaded: 0, total: 0 });
  readonly draft: Signal<Draft>;
  readonly badEntries: Signal<readonly BadEntry[]>;
  readonly phase: Signal<Phase> = signal("idle");
  readonly curves: Signal<Curves> = signal(noCurves);
  readonly started: Signal<{ readonly threads: number; readonly parameters: number } | undefined> = signal(undefined);
  readonly trouble: Signal<Trouble | undefined> = signal(undefined);
  readonly drawing: Signal<Drawing | undefined> = signal(undefined);
  /** What the network makes of the drawing; undefined until it has. */
  readonly answer: Signal<Answer | undefined> = signal(undefined);
  /** Whether there is a network in the worker. */
  readonly hasNetwork: Signal<boolean> = signal(false);
  /** The settings that the network was made with; undefined where none of this page's settings make it. */
  readonly trained: Signal<Settings | undefined> = signal(undefined);
  readonly reading: ReadonlySignal<ReturnType<typeof readDraft>> = computed(() => readDraft(this.draft.value));
  readonly judgement: ReadonlySignal<Judgement | undefined> = computed(() => this.curves.value.test.at(-1));
  readonly progress: ReadonlySignal<Progress | undefined> = computed(() => this.curves.value.train.at(-1));
  /** Whether a start would train the network that there is, and not a new one. */
  readonly goesOn: ReadonlySignal<boolean> = computed(() => {
    const { settings } = this.reading.value;
    const trained = this.trained.value;
    return settings !== undefined && trained !== undefined && isSameNetwork(settings, trained);
  });
  #run: AbortController | undefined;
  #isClassifying = false;

  constructor(query: URLSearchParams) {
    this.obstacles = new Map(
      backendNames.flatMap((name) => {
        const obstacle = obstacleTo(name);
        return obstacle === undefined ? [] : [[name, obstacle] as const];
      }),
    );
    const { draft, bad } = readQuery(query, defaultDraft(this.#bestBackend()));
    this.draft = signal(draft);
    this.badEntries = signal(bad);
    void this.loadDigits();
  }

  /** Threads where they help a machine of at least four cores; else one, which leaves the other to the page. */
  #bestBackend(): BackendName {
    const order: readonly BackendName[] =
      navigator.hardwareConcurrency >= 4 ? ["wasm-threads", "wasm", "cpu"] : ["wasm", "cpu"];
    return order.find((name) => !this.obstacles.has(name)) ?? "cpu";
  }

  /** Sets one field. Another optimizer brings its own learning rate. */
  set(field: Field, text: string): void {
    const draft = { ...this.draft.peek(), [field]: text };
    if (field === "optimizer") draft.learningRate = String(optimizerRates[text as OptimizerName]);
    this.draft.value = draft;
  }

  /** Takes the settings of an address. */
  adopt(query: URLSearchParams): void {
    const { draft, bad } = readQuery(query, defaultDraft(this.#bestBackend()));
    this.draft.value = draft;
    this.badEntries.value = bad;
  }

  /** Fetches MNIST, again where that failed. */
  async loadDigits(): Promise<void> {
    this.data.value = { kind: "loading", loaded: 0, total: 0 };
    try {
      const folder = new URL("mnist", document.baseURI).href;
      const { samples } = await this.compute.call(
        "loadDigits",
        { folder },
        {
          onEvent: (event) => {
            this.data.value = { kind: "loading", ...event };
          },
        },
      );
      this.data.value = { kind: "ready", samples };
    } catch (error) {
      this.data.value = { kind: "failed", message: messageOf(error) };
    }
  }

  /** Begins a run, or goes on with a held one. */
  start(): void {
    if (this.phase.peek() === "paused") {
      this.phase.value = "running";
      void this.compute.call("steer", "resume");
    } else void this.#train(false);
  }

  /** Holds the run after the step under way. */
  pause(): void {
    this.phase.value = "paused";
    void this.compute.call("steer", "pause");
  }

  /** One step, and holds. Begins a run if there is none. */
  step(): void {
    if (this.phase.peek() === "paused") void this.compute.call("steer", "step");
    else void this.#train(true);
  }

  /** Gives up the run and the network. */
  async reset(): Promise<void> {
    this.#run?.abort();
    this.#forget();
    await this.compute.call("reset", undefined);
  }

  /** After the worker was started again: nothing is left there. */
  restarted(): void {
    this.#forget();
    void this.loadDigits();
  }

  #forget(): void {
    this.#run = undefined;
    this.phase.value = "idle";
    this.curves.value = noCurves;
    this.started.value = undefined;
    this.trained.value = undefined;
    this.hasNetwork.value = false;
    this.trouble.value = undefined;
    this.answer.value = undefined;
  }

  async #train(paused: boolean): Promise<void> {
    const { settings } = this.reading.peek();
    if (settings === undefined) return;
    const goOn = this.goesOn.peek();
    const run = new AbortController();
    this.#run = run;
    this.trouble.value = undefined;
    if (!goOn) this.curves.value = noCurves;
    this.trained.value = settings;
    this.phase.value = "starting";
    const onEvent = (event: RunEvent): void => {
      if (this.#run === run) this.#hear(event, paused);
    };
    try {
      const end = await this.compute.call("train", { settings, goOn, paused }, { onEvent, signal: run.signal });
      if (this.#run !== run) return;
      if (end === "diverged") this.trouble.value = { kind: "diverged" };
      this.phase.value = "done";
    } catch (error) {
      if (this.#run !== run) return;
      this.phase.value = this.curves.peek().train.length > 0 ? "done" : "idle";
      // A lost worker is said above, with a way to restart it.
      if (!(error instanceof ComputeLostError)) this.trouble.value = { kind: "run", message: messageOf(error) };
    }
  }

  #hear(event: RunEvent, paused: boolean): void {
    const { train, test } = this.curves.peek();
    switch (event.kind) {
      case "started":
        this.started.value = event;
        this.hasNetwork.value = true;
        if (this.phase.peek() === "starting") this.phase.value = paused ? "paused" : "running";
        break;
      case "progress":
        this.curves.value = { train: [...train, event.progress], test };
        void this.classify();
        break;
      case "judgement":
        this.curves.value = { train, test: [...test, event.judgement] };
        break;
    }
  }

  /** Puts a drawing on the pad, or clears it. */
  show(drawing: Drawing | undefined): void {
    this.drawing.value = drawing;
    if (drawing === undefined) this.answer.value = undefined;
    else void this.classify();
  }

  /** Asks what the drawing is; where an answer is awaited, the one after it is for what is there then. */
  async classify(): Promise<void> {
    if (this.#isClassifying || !this.hasNetwork.peek()) return;
    const drawing = this.drawing.peek();
    if (drawing === undefined) return;
    this.#isClassifying = true;
    try {
      const answer = await this.compute.call("classify", drawing.pixels);
      if (this.drawing.peek() !== undefined) this.answer.value = answer ?? undefined;
    } catch {
      // A lost worker is said elsewhere.
    } finally {
      this.#isClassifying = false;
    }
    if (this.drawing.peek() !== drawing) void this.classify();
  }

  /** The network as bytes of a file; undefined where that failed, which `trouble` then says. */
  async save(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      return (await this.compute.call("saveModel", undefined)) ?? undefined;
    } catch (error) {
      this.trouble.value = { kind: "save", message: messageOf(error) };
      return undefined;
    }
  }

  /** Replaces the network by the one in a file. */
  async load(file: Blob): Promise<void> {
    const backend = this.reading.peek().settings?.backend ?? this.#bestBackend();
    this.trouble.value = undefined;
    try {
      if (file.size > largestFile) throw new RangeError(String(Math.round(file.size / 1e6)));
      const bytes = new Uint8Array(await file.arrayBuffer());
      const { build, judgement } = await this.compute.call("loadModel", { bytes, backend });
      this.#forget();
      if (build !== undefined)
        this.draft.value = { ...this.draft.peek(), units: String(build.units), activation: build.activation };
      this.trained.value = build && this.reading.peek().settings;
      this.hasNetwork.value = true;
      this.curves.value = { train: [], test: [judgement] };
      this.phase.value = "done";
      void this.classify();
    } catch (error) {
      if (error instanceof RangeError) this.trouble.value = { kind: "tooLarge", megabytes: error.message };
      else this.trouble.value = { kind: "load", message: messageOf(error) };
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
