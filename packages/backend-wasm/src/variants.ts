/** Which build of the kernels an engine runs, and which tile of the product is fast there. */

/** Builds: with fused multiply-add where the engine has relaxed SIMD, without elsewhere. */
export type Variant = "relaxed" | "plain";

/** `(module (func (result v128) (f32x4.relaxed_madd c c c)))` with c = v128.const 0, the smallest module that needs relaxed SIMD. */
function relaxedProbe(): Uint8Array<ArrayBuffer> {
  const zero = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
  const code = [0, ...zero, ...zero, ...zero, 0xfd, 0x85, 0x02, 0x0b];
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  return Uint8Array.from([
    ...header,
    1,
    5,
    1,
    0x60,
    0,
    1,
    0x7b,
    3,
    2,
    1,
    0,
    10,
    code.length + 2,
    1,
    code.length,
    ...code,
  ]);
}

/** The best build that this engine validates. */
export function bestVariant(): Variant {
  return WebAssembly.validate(relaxedProbe()) ? "relaxed" : "plain";
}

/** The binary of a build, from a module that is loaded only when needed. */
export async function binaryOf(variant: Variant): Promise<string> {
  const module = variant === "relaxed" ? import("./generated/relaxed.ts") : import("./generated/plain.ts");
  return (await module).binary;
}

/** Rows and columns of the product's tile. */
export interface Tile {
  readonly rows: number;
  readonly columns: number;
}

/**
 * The tile whose sums stay in registers: V8 from 13 on schedules loads late enough for 6 rows (5 without fused
 * multiply-add); before that, and in engines not measured, 4 rows fit.
 */
export function bestTile(variant: Variant): Tile {
  const rows = v8Version() < 13 ? 4 : variant === "relaxed" ? 6 : 5;
  return { rows, columns: 8 };
}

/** Major version of V8: in Node its own, in Chromium a tenth of the browser's; 0 elsewhere. */
function v8Version(): number {
  const { process, navigator } = globalThis as {
    process?: { versions?: { v8?: string } };
    navigator?: { userAgent?: string };
  };
  const own = process?.versions?.v8;
  if (own !== undefined) return Number.parseInt(own, 10);
  const chromium = /Chrom(?:e|ium)\/(\d+)/.exec(navigator?.userAgent ?? "");
  return chromium === null ? 0 : Number(chromium[1]) / 10;
}
