/** The kernel that picks from two inputs by a third. */
import { bytesPerElement, type Kernel } from "@crease/backend";
import { stepOf } from "./binary.ts";
import type { WasmBuffer } from "./buffer.ts";
import type { Engine, WasmKernel } from "./engine.ts";
import { layout } from "./layout.ts";
import { kernelsByWidth } from "./suffix.ts";
import { broadcastStrides, mergeAxes, rowsFrom, writePlan } from "./walk.ts";

/** `select`: elements of one tensor where a condition holds, of another elsewhere. */
export function selectKernel(engine: Engine): Kernel<"select", WasmBuffer> {
  const kernels = kernelsByWidth(engine, "select");
  return (inputs, _attrs, [spec]) => {
    const out = engine.allocate(spec);
    const n = out.size;
    if (n === 0) return [out];
    const words = engine.views.int32;
    const at = layout.words >> 2;
    for (let i = 0; i < 3; i++) words[at + i] = inputs[i]!.handle.address;
    words[at + 3] = out.address;
    const steps = inputs.map((x) => stepOf(x.handle.size, n));
    if (steps.every((step) => step >= 0)) {
      words[at + 4] = n;
      for (let i = 0; i < 3; i++) words[at + 5 + i] = steps[i]!;
      words[at + 9] = 1;
    } else {
      const walk = mergeAxes(
        spec.shape,
        inputs.map((x) => broadcastStrides(x.shape, spec.shape)),
      );
      words[at + 4] = walk.sizes[0]!;
      for (let i = 0; i < 3; i++) words[at + 5 + i] = walk.strides[i]![0]!;
      words[at + 8] = walk.sizes.length - 1;
      words[at + 9] = rowsFrom(walk, 1);
      writePlan(engine, walk, 1);
    }
    engine.launch(kernels[bytesPerElement[spec.dtype]] as WasmKernel, n * 0.5);
    return [out];
  };
}
