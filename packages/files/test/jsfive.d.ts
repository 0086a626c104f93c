// The part of jsfive, which has no types of its own, that the tests read HDF5 files with.
declare module "jsfive" {
  export interface Entity {
    readonly attrs: Readonly<Record<string, unknown>>;
    readonly value: ArrayLike<unknown>;
    readonly shape: readonly number[];
    readonly keys: string[];
    get(path: string): Entity;
  }
  export class File implements Entity {
    constructor(bytes: ArrayBufferLike, name: string);
    readonly attrs: Readonly<Record<string, unknown>>;
    readonly value: ArrayLike<unknown>;
    readonly shape: readonly number[];
    readonly keys: string[];
    get(path: string): Entity;
  }
}
