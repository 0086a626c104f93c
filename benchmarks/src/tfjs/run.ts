/** The child process of the subjects whose names begin with `tfjs-`. */
import { version } from "node:process";
import type { LibraryCase } from "../cases.ts";
import { answer, type Figure, readTask, type Task } from "../task.ts";

type Measure = (task: Task) => Promise<Figure[]>;

const measures: { readonly [name in LibraryCase]: () => Promise<Measure> } = {
  chapter2: async () => (await import("./training.ts")).chapter2,
  gemm: async () => (await import("./ops.ts")).gemm,
  op: async () => (await import("./ops.ts")).op,
  "small-net": async () => (await import("./training.ts")).smallNetwork,
  "predict-one": async () => (await import("./training.ts")).predictOne,
  evaluate: async () => (await import("./training.ts")).evaluate,
  "start-up": async () => (await import("./startUp.ts")).startUp,
};

const task = readTask();
const figures = await (await measures[task.case]())(task);
const { version_core: core } = await import("@tensorflow/tfjs-core");
answer(figures, { node: version, "@tensorflow/tfjs-core": core });
