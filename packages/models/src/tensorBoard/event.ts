/** TensorFlow's `Event` messages as TensorBoard reads them (tensorflow/core/util/event.proto, summary.proto). */
import type { Histogram } from "./histogram.ts";
import { Message } from "./message.ts";

/** A number or a histogram with its name. */
export interface Summary {
  readonly tag: string;
  readonly value: number | Histogram;
}

/** The first event of each file. */
export function versionEvent(seconds: number): Uint8Array {
  return new Message().double(1, seconds).text(3, "brain.Event:2").toBytes();
}

/** What was seen at one step, at a time in seconds since 1970. */
export function summaryEvent(seconds: number, step: number, summaries: readonly Summary[]): Uint8Array {
  const summary = new Message();
  for (const { tag, value } of summaries) {
    const entry = new Message().text(1, tag);
    summary.message(1, typeof value === "number" ? entry.float(2, value) : entry.message(5, histogramMessage(value)));
  }
  return new Message().double(1, seconds).int(2, step).message(5, summary).toBytes();
}

function histogramMessage({ min, max, count, sum, sumOfSquares, limits, counts }: Histogram): Message {
  const message = new Message().double(1, min).double(2, max).double(3, count).double(4, sum).double(5, sumOfSquares);
  return message.doubles(6, limits).doubles(7, counts);
}
