/** A line on a terminal while something takes time, gone when it is done. */
import type { Report } from "../report.ts";
import { clock } from "./numbers.ts";

/** Milliseconds between two drawings; what takes less is not worth a line. */
const redrawTime = 500;

/** Does `body`; where it takes time, stderr says what is going on and for how long: `Loading big.csv ... 3s`. */
export async function waitingFor<T>(what: string, { isQuiet }: Report, body: () => Promise<T>): Promise<T> {
  const { stderr } = process;
  if (isQuiet || !stderr.isTTY) return body();
  const began = performance.now();
  let isShown = false;
  const clear = (): void => {
    if (isShown) stderr.write("\r\u001b[K");
  };
  const timer = setInterval(() => {
    isShown = true;
    stderr.write(`\r${what} ... ${clock((performance.now() - began) / 1000)}\u001b[K`);
  }, redrawTime);
  process.once("exit", clear);
  try {
    return await body();
  } finally {
    clearInterval(timer);
    process.off("exit", clear);
    clear();
  }
}
