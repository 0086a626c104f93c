// Philox4x32-10: random words as a function of key and counter.
import { address, float, partStart, word } from "./layout";

// Words: output, count, key; float 0: index of the first block.
// @ts-ignore: decorator
@inline function philox(uniform: bool, part: i32, parts: i32): void {
  const out = address(0), n = word(1), key0 = <u32>word(2), key1 = <u32>word(3);
  const first = <u64>float(0);
  const blocks = <i32>((<i64>n + 3) >> 2), end = partStart(part + 1, parts, blocks, 4);
  for (let block = partStart(part, parts, blocks, 4); block < end; block++) {
    const index = first + <u64>block;
    let c0 = <u32>index, c1 = <u32>(index >> 32), c2: u32 = 0, c3: u32 = 0, k0 = key0, k1 = key1;
    for (let round = 0; round < 10; round++) {
      const p = <u64>c0 * 0xd2511f53, q = <u64>c2 * 0xcd9e8d57;
      c0 = <u32>(q >> 32) ^ c1 ^ k0; c1 = <u32>q;
      c2 = <u32>(p >> 32) ^ c3 ^ k1; c3 = <u32>p;
      k0 += 0x9e3779b9; k1 += 0xbb67ae85;
    }
    let words = i32x4.replace_lane(i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(c0), 1, c1), 2, c2), 3, c3);
    if (uniform) words = f32x4.mul(f32x4.convert_i32x4_u(i32x4.shr_u(words, 8)), f32x4.splat(5.9604644775390625e-8));
    // A buffer's last 16 bytes are its own.
    v128.store(out + ((<usize>block) << 4), words);
  }
}
export function randomBits(part: i32, parts: i32): void { philox(false, part, parts); }
export function randomUniform(part: i32, parts: i32): void { philox(true, part, parts); }
