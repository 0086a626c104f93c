/** How long it takes from nothing loaded to one trained step. Everything is imported here, while the clock runs. */
import { numbers } from "../numbers.ts";
import { type Figure, headline, type Task } from "../task.ts";

/** Seconds until the first step's loss is read, and until the backend is ready. */
export async function startUp(task: Task): Promise<Figure[]> {
  const images = numbers(128 * 784, 1);
  const began = performance.now();
  const since = (): number => (performance.now() - began) / 1000;
  const { backendOf } = await import("./backend.ts");
  const backend = await backendOf(task);
  const ready = since();
  const { setBackend, tensor } = await import("@crease/tensor");
  setBackend(backend);
  const { digitsModel } = await import("./models.ts");
  const y = tensor(new Uint8Array(128), { dtype: "uint8" });
  await digitsModel().trainOnBatch(tensor(images, { shape: [128, 784] }), y);
  const trained = since();
  return [headline("start-up", [trained]), { metric: "import to backend ready", unit: "s", values: [ready] }];
}
