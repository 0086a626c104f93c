// Arrays of every numeric element type, drawn at random.
import { type DType, sizeOf } from "@crease/backend";
import type { StoredArray } from "@crease/files";
import fc from "fast-check";

type Numeric = Exclude<DType, "string">;

const arrays = {
  float64: Float64Array,
  float32: Float32Array,
  float16: Float32Array,
  int32: Int32Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const;

const numbers: { readonly [D in Numeric]: fc.Arbitrary<number> } = {
  float64: fc.double(),
  float32: fc.float(),
  // Whole numbers up to 2048, halves and the special values are exact in 11 bits.
  float16: fc.oneof(fc.integer({ min: -2048, max: 2048 }), fc.constantFrom(0.5, -0, NaN, Infinity, -Infinity, 65504)),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  int8: fc.integer({ min: -128, max: 127 }),
  uint8: fc.integer({ min: 0, max: 255 }),
  bool: fc.integer({ min: 0, max: 1 }),
};

/** Arrays of up to three axes, empty ones and scalars among them. */
export const storedArray: fc.Arbitrary<StoredArray> = fc
  .tuple(
    fc.constantFrom(...(Object.keys(arrays) as Numeric[])),
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
  )
  .chain(([dtype, shape]) =>
    fc
      .array(numbers[dtype], { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
      .map((values) => ({ dtype, shape, data: arrays[dtype].from(values) })),
  );
