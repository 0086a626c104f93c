// Packing of float32 blocks into the panels that the tiles read: [panel][step of k][w], zero padded at the edge.

/** w numbers lie side by side in the source (B as it is, A transposed); `row` bytes between steps of k. */
// @ts-ignore: decorator
@inline export function packCopy(w: i32, from: usize, row: usize, k: i32, n: i32, to: usize): void {
  const panel = (<usize>(k * w)) << 2;
  let i = 0;
  if (w == 8) {
    // Four panels at once read whole cache lines of the source.
    for (; i + 32 <= n; i += 32) {
      let s = from + ((<usize>i) << 2), t0 = to, t1 = to + panel, t2 = t1 + panel, t3 = t2 + panel;
      const end = t1;
      do {
        v128.store(t0, v128.load(s)); v128.store(t0, v128.load(s, 16), 16);
        v128.store(t1, v128.load(s, 32)); v128.store(t1, v128.load(s, 48), 16);
        v128.store(t2, v128.load(s, 64)); v128.store(t2, v128.load(s, 80), 16);
        v128.store(t3, v128.load(s, 96)); v128.store(t3, v128.load(s, 112), 16);
        s += row; t0 += 32; t1 += 32; t2 += 32; t3 += 32;
      } while (t0 != end);
      to += panel << 2;
    }
  }
  for (; i + w <= n; i += w) {
    let s = from + ((<usize>i) << 2);
    const end = to + panel;
    do {
      v128.store(to, v128.load(s));
      if (w == 5) store<u32>(to, load<u32>(s, 16), 16);
      if (w == 6) store<u64>(to, load<u64>(s, 16), 16);
      if (w >= 8) v128.store(to, v128.load(s, 16), 16);
      if (w == 16) { v128.store(to, v128.load(s, 32), 32); v128.store(to, v128.load(s, 48), 48); }
      s += row; to += w << 2;
    } while (to != end);
  }
  if (i < n) edge(w, from + ((<usize>i) << 2), row, 4, k, n - i, to);
}

/** The steps of k lie side by side in the source (A as it is, B transposed); `row` bytes between the w numbers. */
// @ts-ignore: decorator
@inline export function packTurn(w: i32, from: usize, row: usize, k: i32, n: i32, to: usize): void {
  const step = (<usize>w) << 2;
  let i = 0;
  for (; i + w <= n; i += w) {
    let s = from + <usize>i * row, p = 0;
    for (; p + 4 <= k; p += 4) {
      turn4(s, row, to, step);
      const s4 = s + (row << 2);
      if (w >= 8) turn4(s4, row, to + 16, step);
      if (w == 16) { turn4(s + (row << 3), row, to + 32, step); turn4(s4 + (row << 3), row, to + 48, step); }
      if (w == 6) {
        const r4 = v128.load(s4), r5 = v128.load(s4 + row);
        const low = v128.shuffle<f32>(r4, r5, 0, 4, 1, 5), high = v128.shuffle<f32>(r4, r5, 2, 6, 3, 7);
        v128.store_lane<u64>(to, low, 0, 16); v128.store_lane<u64>(to, low, 1, 40);
        v128.store_lane<u64>(to, high, 0, 64); v128.store_lane<u64>(to, high, 1, 88);
      }
      if (w == 5) {
        const r4 = v128.load(s4);
        v128.store_lane<u32>(to, r4, 0, 16); v128.store_lane<u32>(to, r4, 1, 36);
        v128.store_lane<u32>(to, r4, 2, 56); v128.store_lane<u32>(to, r4, 3, 76);
      }
      s += 16; to += step << 2;
    }
    for (; p < k; p++) {
      for (let r = 0; r < w; r++) store<f32>(to + ((<usize>r) << 2), load<f32>(s + <usize>r * row));
      s += 4; to += step;
    }
  }
  if (i < n) edge(w, from + <usize>i * row, 4, row, k, n - i, to);
}

/** Four rows of four, transposed; `step` bytes between the rows written. */
// @ts-ignore: decorator
@inline export function turn4(from: usize, row: usize, to: usize, step: usize): void {
  const r0 = v128.load(from), r1 = v128.load(from + row), r2 = v128.load(from + (row << 1)), r3 = v128.load(from + row * 3);
  const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(t0, t2, 0, 2)); v128.store(to + step, v128.shuffle<i64>(t0, t2, 1, 3));
  v128.store(to + (step << 1), v128.shuffle<i64>(t1, t3, 0, 2)); v128.store(to + step * 3, v128.shuffle<i64>(t1, t3, 1, 3));
}

/** The last panel, of which only r numbers exist. */
function edge(w: i32, from: usize, stepK: usize, stepW: usize, k: i32, r: i32, to: usize): void {
  for (let p = 0; p < k; p++, from += stepK) {
    let s = from;
    for (let i = 0; i < w; i++, to += 4, s += stepW) store<f32>(to, i < r ? load<f32>(s) : <f32>0);
  }
}
