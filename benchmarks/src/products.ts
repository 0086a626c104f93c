/** The matrix products of the case `gemm`: the case's own first, then chapter2's in the forms that training needs. */

/** `[m, k]` by `[k, n]`, an operand stored transposed where its flag says so. */
export interface Product {
  readonly name: string;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const product = (m: number, k: number, n: number, transposed: "" | "A" | "B" = ""): Product => ({
  name: `${m}x${k} by ${k}x${n}${transposed === "" ? "" : `, ${transposed} transposed`}`,
  m,
  k,
  n,
  transposeA: transposed === "A",
  transposeB: transposed === "B",
});

/** All products. */
export const products: readonly Product[] = [
  product(512, 512, 512),
  product(128, 784, 512),
  product(784, 128, 512, "A"),
  product(128, 512, 784, "B"),
  product(128, 512, 10),
];

/** GFLOP/s of each repeat. */
export function gflops({ m, k, n }: Product, milliseconds: readonly number[]): number[] {
  return milliseconds.map((ms) => (2 * m * k * n) / ms / 1e6);
}
