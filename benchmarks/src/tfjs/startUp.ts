/** How long tfjs-layers takes from nothing loaded to one trained step. */
import { numbers } from "../numbers.ts";
import { type Figure, headline, type Task } from "../task.ts";

/** Seconds until the first step's loss is there, and until the backend is ready. */
export async function startUp(task: Task): Promise<Figure[]> {
  const images = numbers(128 * 784, 1);
  const began = performance.now();
  const since = (): number => (performance.now() - began) / 1000;
  const tf = await import("@tensorflow/tfjs-core");
  const { startBackend } = await import("./backend.ts");
  await startBackend(task);
  const ready = since();
  const { digitsModel } = await import("./models.ts");
  await digitsModel().trainOnBatch(tf.tensor2d(images, [128, 784]), tf.zeros([128, 1]));
  const trained = since();
  return [headline("start-up", [trained]), { metric: "import to backend ready", unit: "s", values: [ready] }];
}
