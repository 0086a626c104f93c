/** The child process of the subjects whose names begin with `crease-`. */
import { version } from "node:process";
import type { LibraryCase } from "../cases.ts";
import { answer, type Figure, readTask, type Task } from "../task.ts";

type Measure = (task: Task) => Promise<Figure[]>;

// Imported when needed: start-up counts what is loaded.
const measures: { readonly [name in Exclude<LibraryCase, "start-up">]: () => Promise<Measure> } = {
  chapter2: async () => (await import("./training.ts")).chapter2,
  gemm: async () => (await import("./gemm.ts")).gemm,
  op: async () => (await import("./op.ts")).op,
  "small-net": async () => (await import("./training.ts")).smallNetwork,
  "predict-one": async () => (await import("./training.ts")).predictOne,
  evaluate: async () => (await import("./training.ts")).evaluate,
};

async function measure(task: Task): Promise<Figure[]> {
  if (task.case === "start-up") return (await import("./startUp.ts")).startUp(task);
  const { setBackend } = await import("@crease/tensor");
  const { backendOf } = await import("./backend.ts");
  setBackend(await backendOf(task));
  return (await measures[task.case]())(task);
}

answer(await measure(readTask()), { node: version });
