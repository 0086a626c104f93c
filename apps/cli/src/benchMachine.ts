/** How fast each backend is on this machine. */
import { arch, cpus, platform } from "node:os";
import { BackendError, UnsupportedOpError } from "@crease/backend";
import { Dense, Input } from "@crease/layers";
import { Sequential } from "@crease/models";
import { randomUniform, setBackend, setRandomSeed, type Tensor } from "@crease/tensor";
import { type BackendName, backendNames, useBackend } from "./backends.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { failureOf } from "./failure.ts";
import { duration, grouped } from "./view/numbers.ts";
import { type Paint, paintFor } from "./view/paint.ts";

/** What the options ask for. */
export interface BenchSettings {
  readonly backend?: BackendName | undefined;
  readonly threads?: number | undefined;
  readonly seconds: number;
  readonly size: number;
  readonly json?: true | undefined;
}

/** What a backend took. */
interface Measured {
  readonly name: BackendName;
  readonly label: string;
  /** Median seconds of a training step. */
  readonly step: number;
  /** Median seconds of a product. */
  readonly product: number;
}

const batch = 128;
const barWidth = 16;
const labelWidth = 20;

/** Measures and reports. @throws BackendError where the only backend that is asked for does not start. */
export async function benchMachine(settings: BenchSettings): Promise<ExitCode> {
  const { backend, size, json } = settings;
  const { stdout, stderr } = process;
  const paint = paintFor(stdout);
  const processors = cpus();
  const machine = `${processors[0]?.model.trim() ?? "unknown processor"}, ${processors.length} cores, ${platform()} ${arch()}, Node ${process.versions.node}`;
  if (!json) stdout.write(`${machine}\n\n`);
  const all: Measured[] = [];
  for (const name of backend === undefined ? backendNames : [backend]) {
    if (!json && stderr.isTTY) stderr.write(`\rMeasuring ${name} ...\u001b[K`);
    try {
      const measured = await measure(name, settings);
      all.push(measured);
      if (json) stdout.write(`${JSON.stringify({ machine, size, batch, ...measured })}\n`);
    } catch (error) {
      if (backend !== undefined || !(error instanceof BackendError || error instanceof UnsupportedOpError)) throw error;
      const { line } = failureOf(error);
      if (json) stdout.write(`${JSON.stringify({ machine, name, problem: line })}\n`);
      else stderr.write(`${stderr.isTTY ? "\r\u001b[K" : ""}${name} is left out: ${line}\n`);
    }
  }
  if (json) return exitCodes.done;
  if (stderr.isTTY) stderr.write("\r\u001b[K");
  const step = all.map(({ label, step }) => ({
    label,
    rate: 1 / step,
    text: `${duration(step).padStart(8)}  ${grouped(batch / step).padStart(9)} images/s`,
  }));
  const product = all.map(({ label, product }) => ({
    label,
    rate: 1 / product,
    text: `${duration(product).padStart(8)}  ${((2 * size ** 3) / product / 1e9).toFixed(1).padStart(9)} GFLOP/s`,
  }));
  const title = (text: string): string => paint("bold", text);
  stdout.write(`${title("a training step of the chapter's network")}\n${bars(step, paint)}\n\n`);
  stdout.write(`${title(`the product of two ${size} x ${size} matrices`)}\n${bars(product, paint)}\n`);
  return exitCodes.done;
}

async function measure(name: BackendName, { threads, seconds, size }: BenchSettings): Promise<Measured> {
  const { backend, label } = await useBackend(name, name === "wasm" ? { threads } : {});
  try {
    setRandomSeed(1);
    const model = new Sequential([
      Input({ shape: [784] }),
      new Dense(512, { activation: "relu" }),
      new Dense(10, { activation: "softmax" }),
    ]);
    model.compile({ optimizer: "rmsprop", loss: "sparseCategoricalCrossentropy" });
    const x = randomUniform([batch, 784]);
    const y = Array.from({ length: batch }, (_, i) => i % 10);
    const step = await median(seconds, () => model.trainOnBatch(x, y));
    model.dispose();
    const [a, b] = [randomUniform([size, size]), randomUniform([size, size])];
    const product = await median(seconds, async () => {
      const c: Tensor = a.matmul(b);
      // Only what can be read is done.
      const corner = c.slice([0, 1], [0, 1]);
      await corner.data();
      corner.dispose();
      c.dispose();
    });
    for (const one of [x, a, b]) one.dispose();
    return { name, label, step, product };
  } finally {
    setBackend(null);
    await backend.dispose();
  }
}

/** Median seconds of `work`, done for so many seconds after two rounds to warm up, at least three times. */
async function median(seconds: number, work: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < 2; i++) await work();
  const times: number[] = [];
  const end = performance.now() + 1000 * seconds;
  while (times.length < 3 || performance.now() < end) {
    const start = performance.now();
    await work();
    times.push((performance.now() - start) / 1000);
  }
  return times.sort((a, b) => a - b)[times.length >> 1] as number;
}

interface Bar {
  readonly label: string;
  readonly rate: number;
  readonly text: string;
}

/** A bar for each, the fastest as long as there is room, with how many times slower the others are. */
function bars(all: readonly Bar[], paint: Paint): string {
  const best = Math.max(...all.map(({ rate }) => rate));
  return all
    .map(({ label, rate, text }) => {
      const length = Math.max(1, Math.round((rate / best) * barWidth));
      const bar = `${paint(rate === best ? "green" : "cyan", "■".repeat(length))}${paint("dim", "·".repeat(barWidth - length))}`;
      const behind = rate === best ? "" : paint("dim", `  ${(best / rate).toFixed(1)}x`);
      return `  ${label.padEnd(labelWidth)} ${bar} ${text}${behind}`;
    })
    .join("\n");
}
