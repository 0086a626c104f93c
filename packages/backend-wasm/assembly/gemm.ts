// The float32 product, blocked for the caches and cut into parts along the longer side.
import { address, partStart, word } from "./layout";
import { packCopy, packTurn } from "./pack";
import { thread } from "./thread";
import { tile4x16, tile4x8, tile5x8, tile6x16, tile6x8 } from "./tile";

/** Rows of a tile: 4, 5 or 6; 16 columns where the engine joins pairs of vectors, else 8. Set once in each instance. */
let ROWS: i32 = 4;
let COLUMNS: i32 = 8;

const MOST_K: i32 = 400;
const MOST_ROWS: i32 = 400;
const MOST_COLUMNS: i32 = 512;
/** Bytes of scratch memory of a thread: a tile, a block of A and a block of B. */
const TILE_BYTES: i32 = 512;

/** Chooses the tile. */
export function setTile(rows: i32, columns: i32): void { ROWS = rows; COLUMNS = columns; }

/** Bytes of scratch memory that each thread needs. */
export function gemmScratch(): i32 {
  return TILE_BYTES + 4 * MOST_K * (MOST_ROWS + 8) + 64 + 4 * MOST_K * (MOST_COLUMNS + 16) + 64;
}

/** Rows of a block that go into tiles of ROWS; with 6 the rest goes into tiles of 4: 128 = 20 * 6 + 2 * 4, nothing padded. */
function rowsInFullTiles(rows: i32): i32 {
  if (ROWS != 6) return rows;
  const rest = rows % 6;
  if (rest == 0 || rest == 5) return rows;
  return rest == 2 && rows >= 8 ? rows - 8 : rows - rest;
}

function packRows(w: i32, turned: bool, from: usize, row: usize, k: i32, n: i32, to: usize): void {
  if (n == 0) return;
  if (turned) {
    if (w == 6) packCopy(6, from, row, k, n, to);
    else if (w == 5) packCopy(5, from, row, k, n, to);
    else packCopy(4, from, row, k, n, to);
  } else if (w == 6) packTurn(6, from, row, k, n, to);
  else if (w == 5) packTurn(5, from, row, k, n, to);
  else packTurn(4, from, row, k, n, to);
}

function packColumns(turned: bool, from: usize, row: usize, k: i32, n: i32, to: usize): void {
  if (COLUMNS == 16) {
    if (turned) packTurn(16, from, row, k, n, to);
    else packCopy(16, from, row, k, n, to);
  } else if (turned) packTurn(8, from, row, k, n, to);
  else packCopy(8, from, row, k, n, to);
}

function tile(rows: i32, k: i32, a: usize, b: usize, c: usize, row: usize, bias: usize, flags: i32): void {
  if (COLUMNS == 16) {
    if (rows == 6) tile6x16(k, a, b, c, row, bias, flags);
    else tile4x16(k, a, b, c, row, bias, flags);
  } else if (rows == 6) tile6x8(k, a, b, c, row, bias, flags);
  else if (rows == 5) tile5x8(k, a, b, c, row, bias, flags);
  else tile4x8(k, a, b, c, row, bias, flags);
}

/** A tile at the border: computed in scratch memory, of which the part inside C is copied. */
function borderTile(rows: i32, k: i32, a: usize, b: usize, c: usize, row: usize, bias: usize, flags: i32, m: i32, n: i32, scratch: usize): void {
  const line = (<usize>COLUMNS) << 2;
  if (flags & 1)
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) store<f32>(scratch + <usize>i * line + ((<usize>j) << 2), load<f32>(c + <usize>i * row + ((<usize>j) << 2)));
  tile(rows, k, a, b, scratch, line, bias, flags);
  for (let i = 0; i < m; i++) {
    let s = scratch + <usize>i * line, t = c + <usize>i * row;
    if (n & 16) { v128.store(t, v128.load(s)); v128.store(t, v128.load(s, 16), 16); v128.store(t, v128.load(s, 32), 32); v128.store(t, v128.load(s, 48), 48); }
    if (n & 8) { v128.store(t, v128.load(s)); v128.store(t, v128.load(s, 16), 16); t += 32; s += 32; }
    if (n & 4) { v128.store(t, v128.load(s)); t += 16; s += 16; }
    if (n & 2) { store<u64>(t, load<u64>(s)); t += 8; s += 8; }
    if (n & 1) store<u32>(t, load<u32>(s));
  }
}

/** One panel of B against all rows of a packed block of A. */
function tiles(a: usize, b: usize, k: i32, rows: i32, full: i32, n: i32, c: usize, row: usize, bias: usize, flags: i32, scratch: usize): void {
  const whole = n == COLUMNS;
  let i = 0;
  for (; i < full; i += ROWS) {
    const m = min(ROWS, full - i);
    if (whole && m == ROWS) tile(ROWS, k, a, b, c, row, bias, flags);
    else borderTile(ROWS, k, a, b, c, row, bias, flags, m, n, scratch);
    c += row * ROWS; a += (<usize>(ROWS * k)) << 2;
  }
  for (; i < rows; i += 4) {
    const m = min(4, rows - i);
    if (whole && m == 4) tile(4, k, a, b, c, row, bias, flags);
    else borderTile(4, k, a, b, c, row, bias, flags, m, n, scratch);
    c += row << 2; a += (<usize>k) << 4;
  }
}

/** Size of equal blocks of whole units, none above the most. */
function blockSize(n: i32, most: i32, unit: i32): i32 {
  const blocks = (n + most - 1) / most;
  return blocks == 1 ? n : (((n + blocks - 1) / blocks + unit - 1) / unit) * unit;
}

/** Rows m0 to m1 and columns n0 to n1 of `C = op(A) op(B) + bias`; leading dimensions in bytes. */
function block(
  turnA: bool, turnB: bool, m0: i32, m1: i32, n0: i32, n1: i32, k: i32,
  a: usize, rowA: usize, b: usize, rowB: usize, c: usize, rowC: usize, bias: usize, relu: i32, scratch: usize,
): void {
  if (m1 <= m0 || n1 <= n0) return;
  const mostK = blockSize(k, MOST_K, 1), mostRows = blockSize(m1 - m0, MOST_ROWS, ROWS), mostColumns = blockSize(n1 - n0, MOST_COLUMNS, COLUMNS);
  const packedA = scratch + TILE_BYTES;
  const packedB = packedA + ((((<usize>((mostRows + 8) * mostK)) << 2) + 63) & ~63);
  for (let j0 = n0; j0 < n1; j0 += mostColumns) {
    const columns = min(mostColumns, n1 - j0);
    for (let p = 0; p < k; p += mostK) {
      const steps = min(mostK, k - p);
      const flags = (p == 0 ? 0 : 1) | (p + steps == k ? relu : 0);
      packColumns(turnB, turnB ? b + <usize>j0 * rowB + ((<usize>p) << 2) : b + <usize>p * rowB + ((<usize>j0) << 2), rowB, steps, columns, packedB);
      for (let i0 = m0; i0 < m1; i0 += mostRows) {
        const rows = min(mostRows, m1 - i0), full = rowsInFullTiles(rows);
        const from = turnA ? a + <usize>p * rowA + ((<usize>i0) << 2) : a + <usize>i0 * rowA + ((<usize>p) << 2);
        packRows(ROWS, turnA, from, rowA, steps, full, packedA);
        packRows(4, turnA, turnA ? from + ((<usize>full) << 2) : from + <usize>full * rowA, rowA, steps, rows - full, packedA + ((<usize>(full * steps)) << 2));
        for (let j = 0; j < columns; j += COLUMNS)
          tiles(
            packedA, packedB + ((<usize>(j * steps)) << 2), steps, rows, full, min(COLUMNS, columns - j),
            c + <usize>i0 * rowC + ((<usize>(j0 + j)) << 2), rowC, p == 0 && bias != 0 ? bias + ((<usize>(j0 + j)) << 2) : 0, flags, scratch,
          );
      }
    }
  }
}

/**
 * `C = op(A) op(B) + bias`, then relu where flags & 2. Words: A, B, C, bias (0 for none), m, n, k, transposeA,
 * transposeB, flags, scratch memory, its bytes for each thread.
 */
export function gemm_f32(part: i32, parts: i32): void {
  const m = word(4), n = word(5), k = word(6);
  const turnA = word(7) != 0, turnB = word(8) != 0;
  const rowA = (<usize>(turnA ? m : k)) << 2, rowB = (<usize>(turnB ? k : n)) << 2, rowC = (<usize>n) << 2;
  const byColumns = n > m;
  const m0 = byColumns ? 0 : partStart(part, parts, m, ROWS), m1 = byColumns ? m : partStart(part + 1, parts, m, ROWS);
  const n0 = byColumns ? partStart(part, parts, n, COLUMNS) : 0, n1 = byColumns ? partStart(part + 1, parts, n, COLUMNS) : n;
  block(turnA, turnB, m0, m1, n0, n1, k, address(0), rowA, address(1), rowB, address(2), rowC, address(3), word(9), address(10) + <usize>thread * address(11));
}

/**
 * The products of a list of matrices, each part whole ones. Words as gemm_f32's; behind them, at 12 and 13,
 * how many there are and the address of their offsets in bytes: A, B, C for each.
 */
export function gemmBatch_f32(part: i32, parts: i32): void {
  const m = word(4), n = word(5), k = word(6);
  const turnA = word(7) != 0, turnB = word(8) != 0;
  const rowA = (<usize>(turnA ? m : k)) << 2, rowB = (<usize>(turnB ? k : n)) << 2, rowC = (<usize>n) << 2;
  const count = word(12), offsets = address(13);
  const end = partStart(part + 1, parts, count, 1);
  for (let i = partStart(part, parts, count, 1); i < end; i++) {
    const at = offsets + <usize>i * 12;
    block(
      turnA, turnB, 0, m, 0, n, k, address(0) + <usize>load<u32>(at), rowA, address(1) + <usize>load<u32>(at, 4), rowB,
      address(2) + <usize>load<u32>(at, 8), rowC, address(3), word(9), address(10) + <usize>thread * address(11),
    );
  }
}
