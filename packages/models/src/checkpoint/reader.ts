/** Takes values out of a state that a file gave, and checks each. */
import { DataError } from "@crease/backend";
import { Tensor } from "@crease/tensor";
import type { State, StateValue } from "./state.ts";

/** The named values of a state; every method raises DataError, naming the file, where a value is not what it must be. */
export class StateReader {
  readonly #state: State;
  readonly #file: string;
  readonly #path: string;

  constructor(state: State, file: string, path = "") {
    this.#state = state;
    this.#file = file;
    this.#path = path;
  }

  /** Whether it has the value. */
  has(name: string): boolean {
    return Object.hasOwn(this.#state, name);
  }

  /** The value as it is. */
  value(name: string): StateValue {
    return (this.has(name) ? this.#state[name] : undefined) ?? null;
  }

  /** A whole number of 0 or more. */
  count(name: string): number {
    const value = this.value(name);
    return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : this.#fail(name, "a count");
  }

  /** A number. */
  number(name: string): number {
    const value = this.value(name);
    return typeof value === "number" ? value : this.#fail(name, "a number");
  }

  /** A text. */
  text(name: string): string {
    const value = this.value(name);
    return typeof value === "string" ? value : this.#fail(name, "a text");
  }

  /** A text that can be part of a file's name without leading elsewhere. */
  name(name: string): string {
    const value = this.text(name);
    return /^[\w-]{1,64}$/.test(value) ? value : this.#fail(name, "a name");
  }

  /** True or false. */
  boolean(name: string): boolean {
    const value = this.value(name);
    return typeof value === "boolean" ? value : this.#fail(name, "true or false");
  }

  /** A list. */
  list(name: string): readonly StateValue[] {
    const value = this.value(name);
    return Array.isArray(value) ? value : this.#fail(name, "a list");
  }

  /** A list of numbers. */
  numbers(name: string): readonly number[] {
    const value = this.list(name);
    return value.every((item) => typeof item === "number") ? (value as readonly number[]) : this.#fail(name, "numbers");
  }

  /** A list of tensors. */
  tensors(name: string): readonly Tensor[] {
    const value = this.list(name);
    return value.every((item) => item instanceof Tensor) ? (value as readonly Tensor[]) : this.#fail(name, "tensors");
  }

  /** Values by name. */
  state(name: string): State {
    const value = this.value(name);
    return isState(value) ? value : this.#fail(name, "an object");
  }

  /** The same, to read on in. */
  below(name: string): StateReader {
    return new StateReader(this.state(name), this.#file, `${this.#path}${name}.`);
  }

  /** Names in the order of the file. */
  get names(): readonly string[] {
    return Object.keys(this.#state);
  }

  #fail(name: string, what: string): never {
    throw new DataError({
      op: this.#file,
      problem: `"${this.#path}${name}" of its state is not ${what}`,
      fix: "The file is damaged or of another version: use another one",
    });
  }
}

/** True for values by name. */
export function isState(value: StateValue | undefined): value is State {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Tensor);
}
