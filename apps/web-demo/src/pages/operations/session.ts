/** The state of page 3. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { Compute } from "../../compute/compute.ts";
import { Latest } from "../../compute/latest.ts";
import type { Broadcast, Dot, ElementwiseName, Journey, OperationsCalls, PlaneLayer, Rows } from "./calls.ts";
import { gridPointSet, letterPointSet, type PointSet, photoPointSet } from "./pointSets.ts";
import { meetingsOf, mostElements, readShape, resultSize } from "./shapeText.ts";

/** The point sets to choose from. */
export type PointSetName = "grid" | "letter" | "photo";
/** What is done to the plane. */
export type MapKind = "translation" | "rotation" | "scaling" | "affine" | "relu";

/** The numbers of the map; each kind uses some of them. */
export interface MapState {
  readonly kind: MapKind;
  readonly weights: PlaneLayer["weights"];
  readonly bias: PlaneLayer["bias"];
  /** In degrees, for the rotation's slider. */
  readonly angle: number;
}

/** The most layers in a row. */
export const mostLayers = 8;

type In<K extends keyof OperationsCalls> = OperationsCalls[K]["input"];

/** The state and what was computed of it. */
export class OperationsSession {
  readonly compute: Compute<"operations"> = new Compute("operations");

  readonly elementwise: Signal<In<"elementwise">> = signal({
    name: "add",
    a: [
      [1, -2, 3],
      [-4, 5, -6],
    ],
    b: [
      [10, 20, 30],
      [1, 1, 1],
    ],
  });
  readonly elementwiseResult: Latest<In<"elementwise">, { rows: Rows; text: string }> = new Latest((input) =>
    this.compute.call("elementwise", input),
  );

  readonly shapeTexts: Signal<readonly [a: string, b: string]> = signal(["[3, 4]", "[4]"]);
  readonly shapes: ReadonlySignal<readonly [ReturnType<typeof readShape>, ReturnType<typeof readShape>]> = computed(
    () => [readShape(this.shapeTexts.value[0]), readShape(this.shapeTexts.value[1])],
  );
  readonly broadcast: Latest<In<"broadcast">, Broadcast> = new Latest((input) => this.compute.call("broadcast", input));

  readonly dotInput: Signal<In<"dot">> = signal({ rows: 3, inner: 2, columns: 3, seed: 1 });
  readonly dotStep: Signal<number> = signal(0);
  readonly dot: Latest<In<"dot">, Dot> = new Latest((input) => this.compute.call("dot", input));

  readonly setName: Signal<PointSetName> = signal("grid");
  readonly letter: Signal<string> = signal("가");
  readonly pointSet: ReadonlySignal<PointSet> = computed(() => {
    const name = this.setName.value;
    return name === "grid" ? gridPointSet() : name === "photo" ? photoPointSet() : letterPointSet(this.letter.value);
  });
  readonly map: Signal<MapState> = signal({
    kind: "affine",
    weights: [1, 0.5, -0.3, 1.1],
    bias: [0.3, 0.2],
    angle: 30,
  });
  /** Whether the last change was to another kind of map: the points then go there, instead of jumping. */
  readonly isGliding: Signal<boolean> = signal(false);
  readonly mapped: Latest<In<"travel">, Journey> = new Latest((input) => this.compute.call("travel", input));

  readonly layerCount: Signal<number> = signal(4);
  readonly layerSeed: Signal<number> = signal(1);
  readonly hasRelu: Signal<boolean> = signal(true);
  /** How many stages of the journey the plane has behind it, in parts too. */
  readonly depth: Signal<number> = signal(2);
  readonly drawn: Latest<In<"drawLayers">, OperationsCalls["drawLayers"]["output"]> = new Latest((input) =>
    this.compute.call("drawLayers", input),
  );
  readonly journey: Latest<In<"travel">, Journey> = new Latest((input) => this.compute.call("travel", input));

  constructor() {
    effect(() => this.elementwiseResult.ask(this.elementwise.value));
    effect(() => this.#askBroadcast());
    effect(() => this.dot.ask(this.dotInput.value));
    effect(() => this.mapped.ask({ points: this.pointSet.value.points, layers: [this.#layer(this.map.value)] }));
    effect(() => this.drawn.ask({ count: mostLayers, seed: this.layerSeed.value }));
    effect(() => this.#askJourney());
  }

  /** Sets the kind of map, with numbers that show it. */
  setKind(kind: MapKind): void {
    const before = this.map.peek();
    this.isGliding.value = true;
    const numbers: Readonly<Record<MapKind, Partial<MapState>>> = {
      translation: { weights: [1, 0, 0, 1], bias: [0.8, 0.5] },
      rotation: { ...rotation(30), bias: [0, 0] },
      scaling: { weights: [1.4, 0, 0, 0.6], bias: [0, 0] },
      affine: before.kind === "relu" ? {} : { weights: [1, 0.5, -0.3, 1.1], bias: [0.3, 0.2] },
      relu: before.kind === "affine" ? {} : { weights: [1, 0.5, -0.3, 1.1], bias: [0.3, 0.2] },
    };
    this.map.value = { ...before, ...numbers[kind], kind };
  }

  /** Sets some numbers of the map. */
  change(numbers: Partial<MapState>): void {
    this.isGliding.value = false;
    this.map.value = { ...this.map.peek(), ...numbers };
  }

  /** Turns the plane by an angle in degrees. */
  turn(angle: number): void {
    this.change(rotation(angle));
  }

  /** Sets one operation or number of the elementwise example. */
  setElementwise(change: Partial<{ name: ElementwiseName; a: Rows; b: Rows }>): void {
    this.elementwise.value = { ...this.elementwise.peek(), ...change };
  }

  /** After the worker was started again. */
  restarted(): void {
    this.elementwiseResult.ask(this.elementwise.peek());
    this.#askBroadcast();
    this.dot.ask(this.dotInput.peek());
    this.mapped.ask({ points: this.pointSet.peek().points, layers: [this.#layer(this.map.peek())] });
    this.drawn.ask({ count: mostLayers, seed: this.layerSeed.peek() });
    this.#askJourney();
  }

  #askBroadcast(): void {
    const [a, b] = this.shapes.value;
    if (typeof a === "string" || typeof b === "string") return;
    if (resultSize(meetingsOf(a, b)) <= mostElements) this.broadcast.ask({ a, b });
  }

  #askJourney(): void {
    const layers = this.drawn.ready.value?.output.slice(0, this.layerCount.value);
    const relu = this.hasRelu.value;
    const { points } = this.pointSet.value;
    if (layers !== undefined) this.journey.ask({ points, layers: layers.map((layer) => ({ ...layer, relu })) });
  }

  #layer({ kind, weights, bias }: MapState): PlaneLayer {
    return { weights, bias, relu: kind === "relu" };
  }
}

function rotation(angle: number): Pick<MapState, "angle" | "weights"> {
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return { angle, weights: [cos, -sin, sin, cos] };
}
