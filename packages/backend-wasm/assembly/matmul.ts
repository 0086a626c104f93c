// Products of the other element types: rows of the output as sums of rows of B.
import { address, partStart, word } from "./layout";

// Words as gemm_f32's, with the batches of gemmBatch_f32. Parts share the rows of each product.
// @ts-ignore: decorator
@inline function multiply<T>(part: i32, parts: i32): void {
  const m = word(4), n = word(5), k = word(6), turnA = word(7) != 0, turnB = word(8) != 0, count = word(12), offsets = address(13);
  const rowA = turnA ? 1 : k, columnA = turnA ? m : 1, rowB = turnB ? 1 : n, columnB = turnB ? k : 1;
  const last = partStart(part + 1, parts, m, 8);
  for (let batch = 0; batch < count; batch++) {
    const at = offsets + <usize>batch * 12;
    const a = address(0) + <usize>load<u32>(at), b = address(1) + <usize>load<u32>(at, 4), c = address(2) + <usize>load<u32>(at, 8);
    for (let i = partStart(part, parts, m, 8); i < last; i++) {
      const out = c + ((<usize>i * <usize>n) << alignof<T>());
      memory.fill(out, 0, (<usize>n) << alignof<T>());
      for (let p = 0; p < k; p++) {
        const x = load<T>(a + ((<usize>i * <usize>rowA + <usize>p * <usize>columnA) << alignof<T>()));
        let from = b + ((<usize>p * <usize>rowB) << alignof<T>()), to = out;
        const step = (<usize>columnB) << alignof<T>();
        for (let j = 0; j < n; j++, from += step, to += sizeof<T>()) store<T>(to, <T>(load<T>(to) + x * load<T>(from)));
      }
    }
  }
}
export function matmul_f64(part: i32, parts: i32): void { multiply<f64>(part, parts); }
export function matmul_i32(part: i32, parts: i32): void { multiply<i32>(part, parts); }
export function matmul_i8(part: i32, parts: i32): void { multiply<i8>(part, parts); }
export function matmul_u8(part: i32, parts: i32): void { multiply<u8>(part, parts); }
