/** One message of Protocol Buffers, written field by field. */

/** What follows a field's number on the wire. */
const varint = 0;
const fixed64 = 1;
const delimited = 2;
const fixed32 = 5;

/** A message under construction; each method adds a field and returns the message. */
export class Message {
  readonly #bytes: number[] = [];

  /** int64, int32 or enum; a whole number from 0 to 2^53 - 1. */
  int(field: number, value: number): this {
    this.#tag(field, varint);
    this.#varint(value);
    return this;
  }

  /** double. */
  double(field: number, value: number): this {
    this.#tag(field, fixed64);
    this.#bytes.push(...littleEndian(8, (view) => view.setFloat64(0, value, true)));
    return this;
  }

  /** float. */
  float(field: number, value: number): this {
    this.#tag(field, fixed32);
    this.#bytes.push(...littleEndian(4, (view) => view.setFloat32(0, value, true)));
    return this;
  }

  /** string. */
  text(field: number, value: string): this {
    return this.#delimited(field, new TextEncoder().encode(value));
  }

  /** A message within this one. */
  message(field: number, value: Message): this {
    return this.#delimited(field, value.toBytes());
  }

  /** `repeated double`, packed. */
  doubles(field: number, values: readonly number[]): this {
    const bytes = littleEndian(8 * values.length, (view) => {
      values.forEach((value, i) => {
        view.setFloat64(8 * i, value, true);
      });
    });
    return this.#delimited(field, bytes);
  }

  /** The message on the wire. */
  toBytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #delimited(field: number, bytes: Uint8Array): this {
    this.#tag(field, delimited);
    this.#varint(bytes.length);
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  #tag(field: number, wireType: number): void {
    this.#varint(8 * field + wireType);
  }

  /** Seven bits a byte, the lowest first; by division, since shifts end at 32 bits. */
  #varint(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#bytes.push(128 + (rest % 128));
    this.#bytes.push(rest);
  }
}

function littleEndian(size: number, write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size);
  write(new DataView(bytes.buffer));
  return bytes;
}
