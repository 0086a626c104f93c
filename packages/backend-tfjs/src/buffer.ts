/** What a handle of this backend is. */
import { bytesPerElement, sizeOf } from "@crease/backend";
import type { Info } from "./tfjs.ts";

/**
 * A handle: one count of a tfjs dataId. Each result gets an object of its own, even where tfjs returns the dataId of an
 * input, and keeps the shape that the data were made in, which is what a WebGL texture is laid out for.
 */
export class TfjsBuffer {
  readonly info: Info;
  readonly bytes: number;

  constructor(info: Info) {
    this.info = info;
    this.bytes = sizeOf(info.shape) * bytesPerElement[info.dtype];
  }
}
