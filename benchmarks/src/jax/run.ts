/** The child process of the subject `jax-js-wasm`. */
import { readFileSync } from "node:fs";
import { version } from "node:process";
import { fileURLToPath } from "node:url";
import { answer, type Figure, readTask, type Task } from "../task.ts";

/** Seconds until the loss of one compiled step is there. */
async function startUp(): Promise<Figure[]> {
  const { numbers } = await import("../numbers.ts");
  const { headline } = await import("../task.ts");
  const images = numbers(128 * 784, 1);
  const began = performance.now();
  const { numpy: np } = await import("@jax-js/jax");
  const { start } = await import("./measures.ts");
  const { compileStep, initialState } = await import("./network.ts");
  await start();
  const x = np.array(images, { shape: [128, 784] });
  const [, loss] = compileStep("rmsprop")(initialState(), x, np.zeros([128, 10]));
  await loss.data();
  return [headline("start-up", [(performance.now() - began) / 1000])];
}

async function measure(task: Task): Promise<Figure[]> {
  if (task.case === "start-up") return startUp();
  const { chapter2, gemm } = await import("./measures.ts");
  return task.case === "gemm" ? gemm(task) : chapter2(task);
}

const main = fileURLToPath(import.meta.resolve("@jax-js/jax"));
const { version: jax } = JSON.parse(readFileSync(main.replace(/dist.*$/, "package.json"), "utf8"));
answer(await measure(readTask()), { node: version, "@jax-js/jax": jax });
