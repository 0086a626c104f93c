/** A debugging aid: known bytes behind every buffer, checked when it is given back. */
import { BackendError } from "@crease/backend";
import type { WasmBuffer } from "./buffer.ts";

/** Bytes kept behind a buffer, of which the last ones are the fence: kernels may use the first 16. */
export const fenceBytes = 64;
const start = 16;
const mark = 0xa5;

/** Writes the fence. */
export function putFence(memory: Uint8Array, { address, bytes }: WasmBuffer): void {
  memory.fill(mark, address + bytes + start, address + bytes + fenceBytes);
}

/** @throws BackendError where a byte of the fence has changed. */
export function checkFence(memory: Uint8Array, { address, bytes }: WasmBuffer, op: string): void {
  for (let i = start; i < fenceBytes; i++)
    if (memory[address + bytes + i] !== mark)
      throw new BackendError({
        op,
        problem: `a kernel wrote ${i} bytes behind a buffer of ${bytes}`,
        fix: "This is a bug in the backend: please report it with the last ops that ran",
      });
}
