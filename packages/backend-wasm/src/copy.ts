/** Copying between two strided views of one shape: what transpose, slice, pad, concat and the rest are made of. */
import { bytesPerElement, type DType, type Shape } from "@crease/backend";
import type { Engine } from "./engine.ts";
import { layout } from "./layout.ts";
import { mergeAxes, rowsFrom, type Walk, writePlan } from "./walk.ts";

/** A view of a buffer: where its first element is, in elements, and its strides. */
export interface View {
  readonly address: number;
  readonly start: number;
  readonly strides: readonly number[];
}

/** Copies every element of `from` to the same index of `to`. */
export function copyStrided(engine: Engine, dtype: DType, shape: Shape, from: View, to: View): void {
  if (shape.includes(0)) return;
  const width = bytesPerElement[dtype];
  const walk = mergeAxes(shape, [from.strides, to.strides]);
  const words = engine.views.int32;
  const at = layout.words >> 2;
  words[at] = from.address + from.start * width;
  words[at + 1] = to.address + to.start * width;
  const turned = turnedAxis(walk);
  if (turned > 0) {
    turn(engine, width, walk, turned);
    return;
  }
  words[at + 2] = walk.sizes[0]!;
  words[at + 3] = walk.strides[0]![0]!;
  words[at + 4] = walk.strides[1]![0]!;
  words[at + 5] = walk.sizes.length - 1;
  words[at + 6] = rowsFrom(walk, 1);
  writePlan(engine, walk, 1);
  const dense = walk.strides[0]![0] === 1 && walk.strides[1]![0] === 1;
  engine.launch(engine.kernel(`copy_${width}`), rowsFrom(walk, 0) * (dense ? 0.1 * width : 1));
}

/** The outer axis along which the input is dense while the output is dense along the inner one; 0 for none. */
function turnedAxis({ sizes, strides: [from, to] }: Walk): number {
  if (to![0] !== 1 || from![0]! <= 1 || sizes[0]! < 4) return 0;
  const axis = from!.findIndex((stride, i) => i > 0 && stride === 1);
  return axis > 0 && sizes[axis]! >= 4 ? axis : 0;
}

/** Transposes planes, of which `axis` runs along the rows of the output. */
function turn(engine: Engine, width: number, walk: Walk, axis: number): void {
  const words = engine.views.int32;
  const at = layout.words >> 2;
  const [from, to] = walk.strides as [readonly number[], readonly number[]];
  const others = (list: readonly number[]): number[] => list.filter((_, i) => i !== 0 && i !== axis);
  const outer = { sizes: others(walk.sizes), strides: [others(from), others(to)] };
  words[at + 2] = walk.sizes[axis]!;
  words[at + 3] = walk.sizes[0]!;
  words[at + 4] = from[0]!;
  words[at + 5] = to[axis]!;
  words[at + 6] = outer.sizes.length;
  words[at + 7] = rowsFrom(outer, 0);
  writePlan(engine, outer, 0);
  engine.launch(engine.kernel(`turn_${width}`), rowsFrom(walk, 0) * 0.5);
}
