/** Times a body many times over. */
import { Bench } from "tinybench";

/** Repeats of a figure, at the least; a bar on a minimum needs that many. */
const fewestRepeats = 20;

/** Milliseconds of each repeat of `body`, which may be asynchronous, after a warm-up; at least 20 of them. */
export async function repeat(seconds: number, body: () => unknown, fewest: number = fewestRepeats): Promise<number[]> {
  const bench = new Bench({
    time: seconds * 1000,
    iterations: fewest,
    warmupTime: (seconds * 1000) / 4,
    warmupIterations: Math.ceil(fewest / 4),
    retainSamples: true,
    throws: true,
  });
  bench.add("body", body);
  const [task] = await bench.run();
  const result = task?.result;
  if (result === undefined || !("latency" in result) || result.latency.samples === undefined)
    throw new Error(`repeat: nothing was measured, the task is ${result?.state}.`);
  return [...result.latency.samples];
}
