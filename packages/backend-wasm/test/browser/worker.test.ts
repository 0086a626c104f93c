// In a worker of a cross-origin isolated page the backend computes on threads of its own.
import { expect, test } from "vitest";

/** What `sharing.ts` answers. */
interface Answer {
  readonly threads: number;
  readonly note?: string;
  readonly isSame: boolean;
}

test("two threads compute the same as one", async () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
  const worker = new Worker(new URL("./sharing.ts", import.meta.url), { type: "module" });
  const answer = await new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data as Answer);
    worker.onerror = (event) => reject(new Error(event.message));
  });
  worker.terminate();
  expect(answer).toEqual({ threads: 2, isSame: true });
});
