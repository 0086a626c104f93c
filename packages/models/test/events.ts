/** Reads TensorBoard's event files, for tests: just enough of TFRecord and Protocol Buffers. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Field {
  readonly number: number;
  /** A varint or float as number, what has a length as bytes. */
  readonly value: number | Uint8Array;
}

/** A scalar, or the tag of something else. */
export interface Seen {
  readonly tag: string;
  readonly step: number;
  readonly value: number | undefined;
}

function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = view.getUint8(at++);
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const [number, type] = [Math.floor(tag / 8), tag % 8];
    if (type === 0) yield { number, value: varint() };
    else if (type === 1) {
      yield { number, value: view.getFloat64(at, true) };
      at += 8;
    } else if (type === 5) {
      yield { number, value: view.getFloat32(at, true) };
      at += 4;
    } else {
      const length = varint();
      yield { number, value: bytes.subarray(at, at + length) };
      at += length;
    }
  }
}

const fieldOf = (bytes: Uint8Array, number: number): Field["value"] | undefined =>
  [...fieldsOf(bytes)].find((field) => field.number === number)?.value;

/** The data of all records of a file. */
export function recordsOf(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(view.getBigUint64(at, true));
    records.push(bytes.subarray(at + 12, at + 12 + length));
    at += 16 + length;
  }
  return records;
}

/** What the event files of a folder hold, in order. */
export function eventsIn(folder: string): Seen[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => recordsOf(new Uint8Array(readFileSync(join(folder, name)))))
    .flatMap((event) => {
      const summary = fieldOf(event, 5);
      if (!(summary instanceof Uint8Array)) return [];
      const step = (fieldOf(event, 2) as number | undefined) ?? 0;
      return [...fieldsOf(summary)].map(({ value: entry }) => ({
        tag: new TextDecoder().decode(fieldOf(entry as Uint8Array, 1) as Uint8Array),
        step,
        value: fieldOf(entry as Uint8Array, 2) as number | undefined,
      }));
    });
}
