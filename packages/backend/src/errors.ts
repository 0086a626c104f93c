/** The error classes of all packages, one for each kind of mistake, and how their messages are built. */
import { formatSpec, type Shape, type Spec } from "./spec.ts";

/** What went wrong where: the parts that every message is made of. */
export interface Mistake {
  /** The operation, layer or call that refused. */
  readonly op: string;
  /** What is wrong, without a full stop. */
  readonly problem: string;
  /** The specs of all inputs. */
  readonly got?: readonly Spec[];
  /** What to do about it, a sentence without its full stop. */
  readonly fix: string;
  /** The error underneath. */
  readonly cause?: unknown;
}

/** What all Crease errors share: the message `<op>: <problem>, got <specs>. <fix>.` and its parts as fields. */
abstract class CreaseError extends Error {
  readonly op: string;
  readonly problem: string;
  readonly got: readonly Spec[];
  readonly fix: string;

  constructor({ op, problem, got = [], fix, cause }: Mistake) {
    const specs = got.length === 0 ? "" : `, got ${joinWithAnd(got.map(formatSpec))}`;
    super(`${op}: ${problem}${specs}. ${fix}.`, cause === undefined ? undefined : { cause });
    this.op = op;
    this.problem = problem;
    this.got = got;
    this.fix = fix;
  }
}

function joinWithAnd(parts: readonly string[]): string {
  if (parts.length < 3) return parts.join(" and ");
  return `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}

/**
 * Shapes that do not fit each other or the operation.
 *
 * @example
 * ```ts
 * import { ShapeError } from "@crease/backend";
 * const error = new ShapeError({ op: "add", problem: "sizes differ", got: [{ dtype: "float32", shape: [2] }], fix: "Use one size" });
 * error.message; // => add: sizes differ, got float32[2]. Use one size.
 * ```
 */
export class ShapeError extends CreaseError {
  override readonly name: string = "ShapeError";
}

/**
 * An element type that the operation does not take, or that does not exist.
 *
 * @example
 * ```ts
 * import { DTypeError } from "@crease/backend";
 * new DTypeError({ op: "cast", problem: "unknown dtype \"float33\"", fix: "Use float32" }).name; // => DTypeError
 * ```
 */
export class DTypeError extends CreaseError {
  override readonly name: string = "DTypeError";
}

/**
 * An axis outside a tensor's rank, or given twice.
 *
 * @example
 * ```ts
 * import { AxisError } from "@crease/backend";
 * new AxisError({ op: "sum", problem: "axis 2 is out of range", fix: "Use -2 to 1" }).op; // => sum
 * ```
 */
export class AxisError extends CreaseError {
  override readonly name: string = "AxisError";
}

/**
 * A value that is not allowed: an unknown name, a number outside its range, a wrong count.
 *
 * @example
 * ```ts
 * import { ValueError } from "@crease/backend";
 * new ValueError({ op: "Dropout", problem: "rate 1.5 is outside [0, 1]", fix: "Give a fraction" }).problem; // => rate 1.5 is outside [0, 1]
 * ```
 */
export class ValueError extends CreaseError {
  override readonly name: string = "ValueError";
}

/**
 * An operation that a backend does not have; `reason` says why.
 *
 * @example
 * ```ts
 * import { UnsupportedOpError } from "@crease/backend";
 * new UnsupportedOpError("gpu", "sort", "no kernel").backend; // => gpu
 * ```
 */
export class UnsupportedOpError extends CreaseError {
  override readonly name: string = "UnsupportedOpError";
  readonly backend: string;
  readonly reason: string;

  constructor(backend: string, op: string, reason: string, got: readonly Spec[] = []) {
    super({
      op,
      problem: `backend "${backend}" does not have it (${reason})`,
      got,
      fix: "Move the tensors to another backend with `await x.to(cpuBackend())`",
    });
    this.backend = backend;
    this.reason = reason;
  }
}

/**
 * A tensor, tape or variable used after it was given up.
 *
 * @example
 * ```ts
 * import { DisposedError } from "@crease/backend";
 * new DisposedError({ op: "add", problem: "an input was disposed", fix: "Keep it" }).message; // => add: an input was disposed. Keep it.
 * ```
 */
export class DisposedError extends CreaseError {
  override readonly name: string = "DisposedError";
}

/**
 * Tensors of two backends in one operation, or a backend that failed to start or to work.
 *
 * @example
 * ```ts
 * import { BackendError } from "@crease/backend";
 * new BackendError({ op: "add", problem: "inputs live on cpu and wasm", fix: "Move one" }).name; // => BackendError
 * ```
 */
export class BackendError extends CreaseError {
  override readonly name: string = "BackendError";
}

/**
 * A file or data set that is missing, cut short, damaged or of another format.
 *
 * @example
 * ```ts
 * import { DataError } from "@crease/backend";
 * new DataError({ op: "idx", problem: "the file is cut short", fix: "Download it again" }).fix; // => Download it again
 * ```
 */
export class DataError extends CreaseError {
  override readonly name: string = "DataError";
}

export type { CreaseError };

/**
 * The way out of an unknown name: the nearest known one first, then all of them.
 *
 * @example
 * ```ts
 * import { suggestName } from "@crease/backend";
 * suggestName("adamm", ["sgd", "adam"]); // => Did you mean "adam"? Known names: sgd, adam
 * ```
 */
export function suggestName(name: string, known: readonly string[]): string {
  let nearest: string | undefined;
  let best = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  const list = `Known names: ${known.join(", ")}`;
  return nearest === undefined ? list : `Did you mean "${nearest}"? ${list}`;
}

/** Levenshtein distance: insertions, deletions and replacements of one character each. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] as number;
}

/**
 * The spelling of a shape in messages.
 *
 * @example
 * ```ts
 * import { formatShape } from "@crease/backend";
 * formatShape([2, 3]); // => [2,3]
 * ```
 */
export function formatShape(shape: Shape): string {
  return `[${shape.join(",")}]`;
}
