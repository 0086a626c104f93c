/**
 * NumPy arrays of lists of whole numbers, as pickles: a reader of just the few instructions that build them.
 * No name in a file is ever looked up or called; three are known, and what they stand for is done here.
 */
import { DataError } from "@crease/backend";

/** What the instructions leave on the stack. */
type Value = number | string | boolean | null | readonly Value[] | Name | PickledArray;

class Name {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** An array under construction: `_reconstruct` makes it, its state fills it. */
class PickledArray {
  lists: readonly Value[] = [];
}

const reconstruct: readonly string[] = ["numpy.core.multiarray _reconstruct", "numpy._core.multiarray _reconstruct"];
const dtype = "numpy dtype";
const known: readonly string[] = [...reconstruct, dtype, "numpy ndarray"];

/**
 * The lists of a pickled one-dimensional array of them.
 *
 * @throws DataError for a pickle that is cut short, damaged, or would do anything else than build such an array.
 */
export function readPickledLists(bytes: Uint8Array, op: string, where: string): readonly (readonly number[])[] {
  const wrong = (problem: string): DataError =>
    new DataError({
      op,
      problem: `${where} ${problem}`,
      fix: "Get the original file: this one is damaged or not to be trusted",
    });
  const result = new Machine(bytes, wrong).run();
  const lists = result instanceof PickledArray ? result.lists : undefined;
  if (lists === undefined) throw wrong("holds no array of lists");
  // A file may name one list many times: what comes out must not be larger than what could be written out.
  let total = 0;
  for (const list of lists) {
    if (!Array.isArray(list) || !list.every(Number.isInteger))
      throw wrong("holds something else than lists of whole numbers");
    total += list.length;
    if (total > bytes.length) throw wrong("holds lists that repeat without end");
  }
  return lists as readonly (readonly number[])[];
}

/** Runs the instructions of one pickle. */
class Machine {
  readonly #view: DataView;
  readonly #wrong: (problem: string) => DataError;
  readonly #stack: Value[] = [];
  readonly #marks: number[] = [];
  readonly #memo: Map<number, Value> = new Map();
  #at = 0;

  constructor(bytes: Uint8Array, wrong: (problem: string) => DataError) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#wrong = wrong;
  }

  run(): Value {
    for (;;) {
      const code = this.#byte();
      if (code === 0x2e) return this.#pop();
      this.#step(code);
    }
  }

  /** One instruction; names are those of Python's pickletools. */
  #step(code: number): void {
    switch (code) {
      case 0x80: // PROTO
        this.#byte();
        break;
      case 0x95: // FRAME
        this.#skip(8);
        break;
      case 0x28: // MARK
        this.#marks.push(this.#stack.length);
        break;
      case 0x4e: // NONE
        this.#stack.push(null);
        break;
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        this.#stack.push(code === 0x88);
        break;
      case 0x4a: // BININT
        this.#stack.push(this.#view.getInt32(this.#skip(4), true));
        break;
      case 0x4b: // BININT1
        this.#stack.push(this.#byte());
        break;
      case 0x4d: // BININT2
        this.#stack.push(this.#view.getUint16(this.#skip(2), true));
        break;
      case 0x55: // SHORT_BINSTRING
      case 0x43: // SHORT_BINBYTES
      case 0x8c: // SHORT_BINUNICODE
        this.#stack.push(this.#text(this.#byte()));
        break;
      case 0x54: // BINSTRING
      case 0x42: // BINBYTES
      case 0x58: // BINUNICODE
        this.#stack.push(this.#text(this.#view.getUint32(this.#skip(4), true)));
        break;
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        this.#stack.push([]);
        break;
      case 0x61: // APPEND
        this.#append([this.#pop()]);
        break;
      case 0x65: // APPENDS
        this.#append(this.#toMark());
        break;
      case 0x6c: // LIST
      case 0x74: // TUPLE
        this.#stack.push(this.#toMark());
        break;
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        this.#stack.push(this.#take(code - 0x84));
        break;
      case 0x63: // GLOBAL
        this.#stack.push(this.#name(`${this.#line()} ${this.#line()}`));
        break;
      case 0x93: // STACK_GLOBAL
        this.#stack.push(this.#name(this.#take(2).join(" ")));
        break;
      case 0x52: // REDUCE
        this.#call();
        break;
      case 0x62: // BUILD
        this.#build(this.#pop());
        break;
      case 0x71: // BINPUT
      case 0x72: // LONG_BINPUT
        this.#memo.set(code === 0x71 ? this.#byte() : this.#view.getUint32(this.#skip(4), true), this.#top());
        break;
      case 0x94: // MEMOIZE
        this.#memo.set(this.#memo.size, this.#top());
        break;
      case 0x68: // BINGET
      case 0x6a: // LONG_BINGET
        this.#get(code === 0x68 ? this.#byte() : this.#view.getUint32(this.#skip(4), true));
        break;
      default:
        throw this.#wrong(`holds the pickle instruction 0x${code.toString(16)}, which no array of lists needs`);
    }
  }

  #get(place: number): void {
    const value = this.#memo.get(place);
    if (value === undefined) throw this.#wrong("names something before it is there");
    this.#stack.push(value);
  }

  #name(name: string): Name {
    if (known.includes(name)) return new Name(name);
    throw this.#wrong(`names ${JSON.stringify(name.slice(0, 80))}, which is refused`);
  }

  #call(): void {
    const [callee] = this.#take(2) as [Value];
    if (callee instanceof Name && reconstruct.includes(callee.name)) this.#stack.push(new PickledArray());
    else if (callee instanceof Name && callee.name === dtype) this.#stack.push(callee);
    else throw this.#wrong("calls something that is refused");
  }

  /** Of an array: (version, shape, dtype, is column-major, list of elements); of a dtype: nothing to keep. */
  #build(state: Value): void {
    const target = this.#top();
    if (target instanceof Name && target.name === dtype) return;
    const [, shape, type, , lists] = Array.isArray(state) ? (state as Value[]) : [];
    const isRight = type instanceof Name && Array.isArray(shape) && Array.isArray(lists);
    if (!(target instanceof PickledArray) || !isRight || shape.length !== 1 || shape[0] !== lists.length)
      throw this.#wrong("holds no array of one axis");
    target.lists = lists;
  }

  #append(values: readonly Value[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw this.#wrong("adds to something that is no list");
    for (const value of values) list.push(value);
  }

  #toMark(): Value[] {
    const mark = this.#marks.pop();
    if (mark === undefined || mark > this.#stack.length) throw this.#wrong("ends a list that does not begin");
    return this.#stack.splice(mark);
  }

  #take(count: number): Value[] {
    if (this.#stack.length < count) throw this.#wrong("takes more values than there are");
    return this.#stack.splice(this.#stack.length - count);
  }

  #pop(): Value {
    return this.#take(1)[0] as Value;
  }

  #top(): Value {
    const value = this.#pop();
    this.#stack.push(value);
    return value;
  }

  /** Where the next `count` bytes begin. */
  #skip(count: number): number {
    const start = this.#at;
    if (start + count > this.#view.byteLength) throw this.#wrong("is cut short");
    this.#at += count;
    return start;
  }

  #byte(): number {
    return this.#view.getUint8(this.#skip(1));
  }

  #text(count: number): string {
    const start = this.#skip(count);
    return new TextDecoder().decode(new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, count));
  }

  #line(): string {
    let count = 0;
    while (this.#at + count < this.#view.byteLength && this.#view.getUint8(this.#at + count) !== 0x0a) count++;
    const text = this.#text(count);
    this.#skip(1);
    return text;
  }
}
