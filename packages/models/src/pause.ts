/** Lets the event loop run between training steps, so that a page stays alive and Ctrl-C is heard. */

/** Longest time in ms that training holds the event loop: one frame at 60 Hz. */
const frame = 16;

/** Knows when the event loop last ran; one for all epochs of a run, since each may be shorter than a frame. */
export class Pacer {
  #last: number = performance.now();

  /** True once it is time to let the event loop run. */
  get isDue(): boolean {
    return performance.now() - this.#last >= frame;
  }

  /** Waits for the event loop to run once; without setTimeout, which browsers clamp to 4 ms. */
  async pause(): Promise<void> {
    await nextTask();
    this.#last = performance.now();
  }
}

function nextTask(): Promise<void> {
  if (typeof setImmediate === "function") return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
