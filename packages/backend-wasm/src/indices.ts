/** The check of indices before anything is taken or added by them. */
import { indexError, type Operand, type Spec } from "@crease/backend";
import type { WasmBuffer } from "./buffer.ts";
import type { Engine, WasmKernel } from "./engine.ts";
import { layout } from "./layout.ts";

/** A function that raises ValueError with the first index outside [0, size) and its position. */
export function indexCheck(
  engine: Engine,
  op: string,
): (indices: Operand<WasmBuffer>, size: number, got: readonly Spec[]) => void {
  const kernel = engine.kernel("checkIndices");
  return (indices, size, got) => check(engine, kernel, op, indices, size, got);
}

function check(
  engine: Engine,
  kernel: WasmKernel,
  op: string,
  indices: Operand<WasmBuffer>,
  size: number,
  got: readonly Spec[],
): void {
  const words = engine.views.int32;
  const at = layout.words >> 2;
  const answer = layout.words + 256 - 4;
  words[at] = indices.handle.address;
  words[at + 1] = indices.handle.size;
  words[at + 2] = size;
  words[at + 3] = answer;
  kernel.run(0, 1);
  const found = words[answer >> 2]!;
  if (found < 0) return;
  const index = words[(indices.handle.address >>> 2) + found]!;
  throw indexError(op, index, found, indices, size, got);
}
