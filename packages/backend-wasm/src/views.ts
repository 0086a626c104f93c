/** Typed arrays over the whole linear memory. */

/** One array for each kind of element. */
export interface Views {
  readonly float32: Float32Array;
  readonly float64: Float64Array;
  readonly int32: Int32Array;
  readonly uint16: Uint16Array;
  readonly int8: Int8Array;
  readonly uint8: Uint8Array;
}

/** Views of all bytes there are now; a memory that grew needs new ones. */
export function viewsOf({ buffer }: WebAssembly.Memory): Views {
  return {
    float32: new Float32Array(buffer),
    float64: new Float64Array(buffer),
    int32: new Int32Array(buffer),
    uint16: new Uint16Array(buffer),
    int8: new Int8Array(buffer),
    uint8: new Uint8Array(buffer),
  };
}
