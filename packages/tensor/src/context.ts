/** The only module-level state of the project: default backend, interpreters, the open scope, the random stream. */
import { type Backend, ValueError } from "@crease/backend";
import { cpuBackend } from "@crease/backend-cpu";
import type { Call } from "./call.ts";
import { checkBackend } from "./checkBackend.ts";
import type { Recording } from "./recording.ts";
import type { Tensor } from "./tensor.ts";

/** One interpreter on the stack, with the way to those below it. */
export interface Frame {
  readonly interpreter: (call: Call, next: (call: Call) => readonly Tensor[]) => readonly Tensor[];
  /** Shows a call to those below; made at the first call. */
  next: ((call: Call) => readonly Tensor[]) | null;
  readonly below: Frame | null;
}

/** What the random functions go on from. */
export interface RandomState {
  /** Two 32-bit words made from the seed. */
  readonly key: readonly [number, number];
  /** Index of the next unused Philox block. */
  readonly position: number;
}

interface Context {
  backend: Backend | null;
  /** The cpu backend that strings live on, and everything until another is set. */
  host: Backend | null;
  /** The interpreter that sees the next call first. */
  frame: Frame | null;
  /** The interpreter that is running now. */
  active: Frame | null;
  /** Tensors made since the innermost open scope began. */
  scope: Tensor[] | null;
  random: RandomState | null;
  /** What the body under way is written down in. */
  recording: Recording | null;
  /** Frees the buffers of storages that became unreachable without being given up. */
  readonly lost: FinalizationRegistry<{ readonly backend: Backend; readonly handle: unknown }>;
}

/** The state itself, one object. */
export const context: Context = {
  backend: null,
  host: null,
  frame: null,
  active: null,
  scope: null,
  random: null,
  recording: null,
  lost: new FinalizationRegistry(({ backend, handle }) => backend.release(handle)),
};

/**
 * The built-in cpu backend, where strings live and everything does until another is set; made at first use.
 *
 * @example
 * ```ts
 * import { hostBackend } from "@crease/tensor";
 * hostBackend().name; // => cpu
 * ```
 */
export function hostBackend(): Backend {
  context.host ??= cpuBackend() as Backend;
  return context.host;
}

/**
 * The backend that new tensors live on: the one set, else the cpu backend.
 *
 * @example
 * ```ts
 * import { getBackend } from "@crease/tensor";
 * getBackend().name; // => cpu
 * ```
 */
export function getBackend(): Backend {
  return context.backend ?? hostBackend();
}

/**
 * Makes `backend` the one that new tensors live on; `null` goes back to the built-in cpu backend.
 * Existing tensors stay where they are.
 *
 * @throws BackendError for what is no backend: a name, a promise.
 *
 * @example
 * ```ts
 * import { getBackend, setBackend } from "@crease/tensor";
 * import { cpuBackend } from "@crease/backend-cpu";
 * const mine = cpuBackend();
 * setBackend(mine);
 * getBackend() === mine; // => true
 * setBackend(null);
 * ```
 */
export function setBackend<H>(backend: Backend<H> | null): void {
  if (backend !== null) checkBackend("setBackend", backend as Backend);
  context.backend = backend as Backend | null;
}

/**
 * Starts the random stream of this context anew from a seed, so that what follows repeats.
 *
 * @param seed A whole number from 0 to 2^53 - 1.
 * @throws ValueError for any other number.
 * @example
 * ```ts
 * import { getRandomState, setRandomSeed } from "@crease/tensor";
 * setRandomSeed(7);
 * getRandomState().position; // => 0
 * ```
 */
export function setRandomSeed(seed: number): void {
  context.random = { key: keyOf(seed), position: 0 };
}

/**
 * The key of a Philox stream: the seed's low and high 32 bits.
 *
 * @throws ValueError where the seed is no whole number from 0 to 2^53 - 1.
 */
export function keyOf(seed: number): readonly [number, number] {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new ValueError({
      op: "seed",
      problem: `${seed} is not a whole number from 0 to 2^53 - 1`,
      fix: "Use a whole number such as 42",
    });
  return [seed >>> 0, Math.floor(seed / 2 ** 32)];
}

/**
 * Where the random stream stands, for `setRandomState`.
 *
 * @example
 * ```ts
 * import { getRandomState, randomUniform, setRandomState } from "@crease/tensor";
 * const before = getRandomState();
 * const first = randomUniform([2]).toString();
 * setRandomState(before);
 * randomUniform([2]).toString() === first; // => true
 * ```
 */
export function getRandomState(): RandomState {
  context.random ??= { key: entropy(), position: 0 };
  return context.random;
}

/**
 * Goes on from a state that `getRandomState` returned.
 *
 * @throws ValueError where the state is not one.
 * @example
 * ```ts
 * import { getRandomState, setRandomState } from "@crease/tensor";
 * setRandomState({ key: [1, 2], position: 3 });
 * getRandomState().position; // => 3
 * ```
 */
export function setRandomState(state: RandomState): void {
  const { key, position } = state;
  const isWord = (word: unknown): boolean => typeof word === "number" && word >>> 0 === word;
  if (!Array.isArray(key) || key.length !== 2 || !key.every(isWord) || !Number.isSafeInteger(position) || position < 0)
    throw new ValueError({
      op: "setRandomState",
      problem: "key must be two 32-bit words and position a whole number",
      fix: "Pass what getRandomState() returned",
    });
  context.random = { key: [key[0], key[1]], position };
}

/** Takes `blocks` Philox blocks (four 32-bit numbers each) from the context's stream. */
export function takeBlocks(blocks: number): { readonly key: readonly [number, number]; readonly counter: number } {
  const { key, position } = getRandomState();
  context.random = { key, position: position + blocks };
  return { key, counter: position };
}

/** A key that differs from run to run, for those who set no seed. */
function entropy(): readonly [number, number] {
  const words = globalThis.crypto.getRandomValues(new Uint32Array(2));
  return [words[0] as number, words[1] as number];
}
