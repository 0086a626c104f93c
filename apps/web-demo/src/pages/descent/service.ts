/** The worker's side of page 5. The numbers are small: the cpu backend needs no start and is fast enough. */
import { scope } from "@crease/tensor";
import { type Handlers, Transferring } from "../../compute/serve.ts";
import type { DescentCalls } from "./calls.ts";
import { optimizerNames, settings, surfaceSide } from "./choices.ts";
import { runExamples } from "./examples.ts";
import { graphValues } from "./graph.ts";
import { dataOf, surfaceOf } from "./problems.ts";
import { walk } from "./race.ts";

/** The handlers. */
export function descentService(): Handlers<DescentCalls> {
  return {
    surface: async (problem) => {
      const [x, y] = dataOf(problem);
      const surface = surfaceOf(problem);
      const [lowest, highest, at] = scope(() => [surface.min(), surface.max(), surface.argMin()] as const);
      const best = (await at.item()) as number;
      const { first, second } = settings[problem];
      const weight = ([low, high]: readonly [number, number], i: number) =>
        low + ((high - low) * i) / (surfaceSide - 1);
      const output = {
        losses: (await surface.data()) as Float32Array<ArrayBuffer>,
        lowest: (await lowest.item()) as number,
        highest: (await highest.item()) as number,
        best: [weight(first, best % surfaceSide), weight(second, Math.floor(best / surfaceSide))] as const,
        data: {
          x: (await x.data()) as Float32Array<ArrayBuffer>,
          y: (await y.data()) as Float32Array<ArrayBuffer>,
        },
      };
      for (const used of [x, y, surface, lowest, highest, at]) used.dispose();
      return new Transferring(output, [output.losses.buffer]);
    },
    race: async (input, { emit, signal }) => {
      for (const optimizer of optimizerNames) {
        if (signal.aborted) return;
        emit(await walk(optimizer, input));
        // A new race that waits is heard between two ways.
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    graph: graphValues,
    examples: runExamples,
  };
}
