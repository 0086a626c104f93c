/** The state of page 4: the ball and the spiral, each with the film of its training. */
import { type Signal, signal } from "@preact/signals";
import { Compute, ComputeLostError } from "../../compute/compute.ts";
import type { BallMoment, BallSettings, SpiralMoment } from "./calls.ts";
import { Film } from "./film.ts";

/** Steps of a training, and of each time it goes on. */
const ballSteps = 800;
const spiralSteps = 300;

/** The state and what can be done. */
export class PaperSession {
  readonly compute: Compute<"paper"> = new Compute("paper");
  readonly ball: Film<BallMoment> = new Film((signal, onEvent) =>
    this.#try(() => this.compute.call("unfold", { steps: ballSteps }, { signal, onEvent })),
  );
  readonly settings: Signal<BallSettings> = signal({ folds: 6, layers: 4, seed: 3 });
  /** How many layers the sheets have gone through; a fraction lies between two. */
  readonly depth: Signal<number> = signal(0);
  /** Whether the depth moves by itself. */
  readonly isDiving: Signal<boolean> = signal(false);
  /** From where the ball is seen, in degrees. */
  readonly turn: Signal<number> = signal(35);
  readonly tilt: Signal<number> = signal(20);
  readonly spiral: Film<SpiralMoment> = new Film((signal, onEvent) =>
    this.#try(() => this.compute.call("untwist", { steps: spiralSteps }, { signal, onEvent })),
  );
  readonly turns: Signal<number> = signal(1.5);
  readonly spiralPoints: Signal<Float32Array<ArrayBuffer> | undefined> = signal(undefined);
  readonly message: Signal<string | undefined> = signal(undefined);
  #spiralSeed = 1;

  constructor() {
    this.load();
  }

  /** A new ball and a new spiral; again after the worker was started again. */
  load(): void {
    void this.crumple({});
    void this.wind({});
  }

  /** Crumples a new ball and forgets the network. */
  async crumple(change: Partial<BallSettings>): Promise<void> {
    const settings = { ...this.settings.peek(), ...change };
    this.settings.value = settings;
    this.ball.stop();
    this.isDiving.value = false;
    await this.#try(async () => {
      const moment = await this.compute.call("crumple", settings);
      if (this.settings.peek() !== settings) return;
      this.depth.value = Math.min(this.depth.peek(), settings.layers);
      this.ball.open(moment);
    });
  }

  /** Winds a new spiral, by a new seed if asked, and forgets its network. */
  async wind(change: { readonly turns?: number; readonly isNew?: boolean }): Promise<void> {
    const turns = change.turns ?? this.turns.peek();
    this.turns.value = turns;
    if (change.isNew) this.#spiralSeed++;
    const seed = this.#spiralSeed;
    this.spiral.stop();
    await this.#try(async () => {
      const { points, moment } = await this.compute.call("spiral", { turns, seed });
      if (this.turns.peek() !== turns || this.#spiralSeed !== seed) return;
      this.spiralPoints.value = points;
      this.spiral.open(moment);
    });
  }

  async #try(body: () => Promise<unknown>): Promise<void> {
    try {
      await body();
      this.message.value = undefined;
    } catch (error) {
      // A lost worker is said above, with a way to restart it.
      if (!(error instanceof ComputeLostError))
        this.message.value = error instanceof Error ? error.message : String(error);
    }
  }
}
