/** Checks of the options that layers, losses, metrics and optimizers are made with. */
import { suggestName, ValueError } from "./errors.ts";

/** Where a number must lie; without bounds any finite one will do. */
export interface Bounds {
  /** The least. */
  readonly min?: number;
  /** Less than the least. */
  readonly above?: number;
  /** The greatest. */
  readonly max?: number;
  /** More than the greatest. */
  readonly below?: number;
}

/**
 * Lets only finite numbers within the bounds pass.
 *
 * @throws ValueError for anything else.
 * @example
 * ```ts
 * import { requireNumber } from "@crease/backend";
 * requireNumber("Adam", "beta1", 0.9, { min: 0, below: 1 });
 * requireNumber("Adam", "beta1", 1, { min: 0, below: 1 }); // => throws ValueError: Use a number of at least 0 and below 1
 * ```
 */
export function requireNumber(op: string, name: string, value: unknown, bounds: Bounds = {}): void {
  if (!Number.isFinite(value) || !isWithin(value as number, bounds))
    throw refusal(op, name, value, `Use a ${describe("number", bounds)}`);
}

/**
 * Lets only whole numbers within the bounds pass.
 *
 * @throws ValueError for anything else.
 * @example
 * ```ts
 * import { requireInteger } from "@crease/backend";
 * requireInteger("Dense", "units", 2.5, { min: 1 }); // => throws ValueError: Dense: units is 2.5
 * ```
 */
export function requireInteger(op: string, name: string, value: unknown, bounds: Bounds = {}): void {
  if (!Number.isSafeInteger(value) || !isWithin(value as number, bounds))
    throw refusal(op, name, value, `Use a ${describe("whole number", bounds)}`);
}

/**
 * Lets only the known names pass.
 *
 * @throws ValueError for another; it tells the nearest.
 * @example
 * ```ts
 * import { requireOneOf } from "@crease/backend";
 * requireOneOf("AUC", "curve", "POC", ["ROC", "PR"]); // => throws ValueError: Did you mean "ROC"?
 * ```
 */
export function requireOneOf(op: string, name: string, value: unknown, known: readonly string[]): void {
  if (!known.includes(value as string)) throw refusal(op, name, value, suggestName(String(value), known));
}

/**
 * Lets only objects pass, whatever is in them.
 *
 * @throws ValueError for anything else: options given by position.
 * @example
 * ```ts
 * import { requireObject } from "@crease/backend";
 * requireObject("Dense", { activation: "relu" });
 * requireObject("Dense", "relu"); // => throws ValueError: Dense: the options are "relu"
 * ```
 */
export function requireObject(op: string, options: unknown): void {
  if (typeof options === "object" && options !== null) return;
  const shown = typeof options === "function" ? "a function" : (JSON.stringify(options) ?? String(options));
  throw new ValueError({ op, problem: `the options are ${shown}`, fix: "Give an object, each option by its name" });
}

/** The names of the options of type O, each once: a name too many or too few does not compile. */
export type OptionNames<O extends object> = { readonly [K in keyof O]-?: true };

/**
 * Lets only objects pass whose keys are all among the known names: what the type checker does for literals, for plain
 * JavaScript and for names in variables. What is null or undefined asks for nothing and passes.
 *
 * @throws ValueError for another name, telling the nearest, and for what is no object.
 * @example
 * ```ts
 * import { type OptionNames, requireOptions } from "@crease/backend";
 * const names: OptionNames<{ rate?: number }> = { rate: true };
 * requireOptions("fit", { rate: 1 }, names);
 * requireOptions("fit", { ratte: 1 }, names); // => throws ValueError: Did you mean "rate"?
 * ```
 */
export function requireOptions<O extends object>(op: string, options: unknown, names: OptionNames<O>): void {
  requireObject(op, options);
  for (const [name, value] of Object.entries(options as object))
    if (!Object.hasOwn(names, name) && value !== null && value !== undefined)
      throw new ValueError({
        op,
        problem: `there is no option "${name}"`,
        fix: suggestName(name, Object.keys(names)),
      });
}

/** A class whose options have known names: those of its family and its own. */
interface Named {
  readonly sharedNames?: object;
  readonly ownNames?: object;
}

/**
 * The names of the options that a class takes; undefined for a class that does not tell its own in a static `ownNames`,
 * as users' classes may do.
 *
 * @example
 * ```ts
 * import { optionNamesOf } from "@crease/backend";
 * class Scaling {
 *   static readonly sharedNames: object = { name: true };
 *   static readonly ownNames: object = { rate: true };
 * }
 * optionNamesOf(Scaling); // => {"name":true,"rate":true}
 * ```
 */
export function optionNamesOf(made: object): object | undefined {
  const { sharedNames, ownNames } = made as Named;
  return ownNames && { ...sharedNames, ...ownNames };
}

/**
 * What the base of a family of classes does with the options that its subclasses hand up: where a class tells the names
 * of its own in a static `ownNames`, others but the family's `sharedNames` are refused; else any will do, so that a
 * user's class may take what it likes.
 *
 * @param made The class that is being made: `new.target`.
 * @throws ValueError for another name, telling the nearest, and for what is no object.
 * @example
 * ```ts
 * import { type OptionNames, requireClassOptions } from "@crease/backend";
 * class Scaling {
 *   static readonly ownNames: OptionNames<{ rate?: number }> = { rate: true };
 *   constructor(options: { rate?: number } = {}) {
 *     requireClassOptions("Scaling", options, new.target);
 *   }
 * }
 * new Scaling({ rate: 1 }) instanceof Scaling; // => true
 * new Scaling({ ratte: 1 } as object); // => throws ValueError: there is no option "ratte". Did you mean "rate"?
 * ```
 */
export function requireClassOptions(op: string, options: unknown, made: object): void {
  requireObject(op, options);
  const names = optionNamesOf(made);
  if (names !== undefined) requireOptions<object>(op, options, names);
}

/**
 * Options with a default name.
 *
 * @throws ValueError for options that are no object, such as one given by position.
 * @example
 * ```ts
 * import { named } from "@crease/backend";
 * named("huber", { delta: 2 }); // => {"name":"huber","delta":2}
 * named("huber", 2 as never); // => throws ValueError: huber: the options are 2
 * ```
 */
export function named<O extends object>(name: string, options: O): O & { readonly name: string } {
  requireObject(name, options);
  return { name, ...options };
}

function refusal(op: string, name: string, value: unknown, fix: string): ValueError {
  const shown = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return new ValueError({ op, problem: `${name} is ${shown}`, fix });
}

function isWithin(value: number, { min, above, max, below }: Bounds): boolean {
  if ((min !== undefined && value < min) || (above !== undefined && value <= above)) return false;
  return !((max !== undefined && value > max) || (below !== undefined && value >= below));
}

/** `whole number of at least 1 and below 5`. */
function describe(kind: string, { min, above, max, below }: Bounds): string {
  if (min !== undefined && max !== undefined) return `${kind} from ${min} to ${max}`;
  const limits = [
    ...(min === undefined ? [] : [`of at least ${min}`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(max === undefined ? [] : [`of at most ${max}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
  ];
  return limits.length === 0 ? `finite ${kind}` : `${kind} ${limits.join(" and ")}`;
}
