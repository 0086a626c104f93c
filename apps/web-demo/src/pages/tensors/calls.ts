/** What page 2 asks its worker. */
import type { Range } from "@crease/tensor";

/** What a tensor is made of. Stock prices and films are generated in the worker. */
export type Source =
  | { readonly kind: "scalar"; readonly value: number }
  | { readonly kind: "vector"; readonly values: readonly number[] }
  | { readonly kind: "matrix" }
  | { readonly kind: "stock" }
  | { readonly kind: "tweets"; readonly text: string }
  /** `own` is a picture of the reader's, 120 × 160 × 3 bytes. */
  | { readonly kind: "images"; readonly own: Uint8Array<ArrayBuffer> | undefined }
  | { readonly kind: "video" };

/** The kind of a source. */
export type SourceKind = Source["kind"];

/** What is known of a tensor without its values. */
export interface Facts {
  readonly ndim: number;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly bytes: number;
}

/** Values of a tensor, row by row. */
export type Elements = Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** A whole tensor. */
export interface Whole {
  readonly facts: Facts;
  readonly values: Elements;
}

/** A slice of a tensor. */
export interface Part extends Whole {
  /** Which places of each axis of the whole it took; one place where an integer dropped the axis. */
  readonly places: readonly (readonly number[])[];
  /** As the library prints it. */
  readonly text: string;
}

/** The calls. */
export interface TensorsCalls {
  readonly whole: { readonly input: Source; readonly output: Whole; readonly event: never };
  readonly part: {
    readonly input: { readonly source: Source; readonly ranges: readonly Range[] };
    readonly output: Part;
    readonly event: never;
  };
}
