// In a worker of a cross-origin isolated page the backend computes on threads of its own.
import { expect, test } from "vitest";

/** What `sharing.ts` answers. */
interface Answer {
  readonly threads: number;
  readonly note?: string;
  readonly isSame: boolean;
}

/** How the page's policy treats workers from blobs. */
type Policy = "allows" | "forbids" | "forbids, with files";

async function answerUnder(policy: Policy): Promise<Answer> {
  const worker = new Worker(new URL("./sharing.ts", import.meta.url), { type: "module" });
  const answer = await new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data as Answer);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(policy);
  });
  worker.terminate();
  return answer;
}

test("two threads compute the same as one", async () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
  expect(await answerUnder("allows")).toEqual({ threads: 2, isSame: true });
});

test("where workers from blobs are forbidden there is one thread, and it says so", async () => {
  const note = "workers could not be started: allow `worker-src blob:` or give `workerUrl`";
  expect(await answerUnder("forbids")).toEqual({ threads: 1, note, isSame: true });
});

test("there are two again with the files served by the page", async () => {
  expect(await answerUnder("forbids, with files")).toEqual({ threads: 2, isSame: true });
});
