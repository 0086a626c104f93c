/** MD5 digests, which some data sets are known by and browsers do not compute (RFC 1321). */

const shifts: readonly (readonly number[])[] = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];

/** The MD5 digest of `bytes` as 32 hexadecimal digits: against damage, not against intent. */
export function md5(bytes: Uint8Array): string {
  const table = Int32Array.from({ length: 64 }, (_, i) => Math.floor(2 ** 32 * Math.abs(Math.sin(i + 1))));
  const words = paddedWords(bytes);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  for (let block = 0; block < words.length; block += 16) {
    let [a, b, c, d] = state as unknown as [number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const [mixed, word] = round(i, b, c, d);
      const sum = (a + mixed + (table[i] as number) + (words[block + word] as number)) | 0;
      const shift = shifts[i >> 4]?.[i & 3] as number;
      [a, d, c] = [d, c, b];
      b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
    }
    [a, b, c, d].forEach((word, i) => {
      state[i] = ((state[i] as number) + word) | 0;
    });
  }
  const view = new DataView(new ArrayBuffer(16));
  state.forEach((word, i) => {
    view.setInt32(4 * i, word, true);
  });
  return Array.from(new Uint8Array(view.buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The round's function of three words, and the number of the word that it takes in. */
function round(i: number, b: number, c: number, d: number): [mixed: number, word: number] {
  if (i < 16) return [(b & c) | (~b & d), i];
  if (i < 32) return [(d & b) | (~d & c), (5 * i + 1) & 15];
  if (i < 48) return [b ^ c ^ d, (3 * i + 5) & 15];
  return [c ^ (b | ~d), (7 * i) & 15];
}

/** Little-endian words: the bytes, a one bit, zeros, and the length in bits. */
function paddedWords(bytes: Uint8Array): Int32Array {
  const blocks = Math.floor((bytes.length + 8) / 64) + 1;
  const padded = new Uint8Array(64 * blocks);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, bytes.length << 3, true);
  view.setUint32(padded.length - 4, Math.floor(bytes.length / 2 ** 29), true);
  return Int32Array.from({ length: padded.length / 4 }, (_, i) => view.getInt32(4 * i, true));
}
