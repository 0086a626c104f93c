/** The child process of the web demo, which it builds, serves and opens. */
import { version } from "node:process";
import { measureColdStart } from "../../../apps/web-demo/scripts/coldStart.ts";
import { measureFrames } from "../../../apps/web-demo/scripts/frames.ts";
import { openDemo } from "../../../apps/web-demo/scripts/openDemo.ts";
import type { PageCase } from "../cases.ts";
import { answer, type Figure, headline, readTask } from "../task.ts";

const windows = 5;
const starts = 7;

const { case: name, threads, seconds } = readTask<PageCase>();
const demo = await openDemo();
try {
  const figures: Figure[] = [];
  if (name === "frames") {
    const measured = await measureFrames(demo, threads === 1 ? "wasm" : "wasm-threads", windows, seconds);
    figures.push(
      headline(name, measured.rates),
      { metric: "longest frame", unit: "ms", values: measured.longest },
      { metric: "digits trained meanwhile", unit: "samples/s", values: measured.trained },
    );
  } else {
    const values: number[] = [];
    const count = Math.max(1, Math.round(starts * Math.min(1, seconds)));
    for (let i = 0; i < count; i++) values.push((await measureColdStart(demo.address)) / 1000);
    figures.push(headline(name, values));
  }
  answer(figures, { node: version, chromium: demo.browser });
} finally {
  await demo.close();
}
