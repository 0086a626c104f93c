/** Methods that multiply and sum: products of matrices, vectors and tensors. */
import { ShapeError, type Spec, sizeOf } from "@crease/backend";
import { type ContractedAxes, contractedAxes } from "../contraction.ts";
import type { TensorLike } from "../operands.ts";
import { scope } from "../scope.ts";
import type { Tensor } from "../tensor.ts";
import { TensorBase } from "./base.ts";
import { Indexing } from "./indexing.ts";

/** Which operands of a product are transposed, in their last two axes; vectors are not. */
export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** Contractions; bool, int8 and uint8 widen to int32. */
export abstract class Contract extends Indexing {
  /**
   * The matrix product over the last two axes, leading ones broadcast: `out[i, j] = sum(a[i, k] * b[k, j])`.
   * A vector is a row on the left and a column on the right, and that axis goes from the result.
   *
   * @throws ShapeError where inner sizes differ, leading axes do not broadcast, or one is a scalar.
   * @example
   * ```ts
   * tensor([[1, 2], [3, 4]]).matmul([[1, 0], [0, 2]]); // => [[1. 4.] [3. 8.]]
   * tensor([[1, 2], [3, 4]]).matmul([1, 1]); // => [3. 7.]
   * ```
   */
  matmul(this: Tensor, other: TensorLike, { transposeA = false, transposeB = false }: MatmulOptions = {}): Tensor {
    if (other instanceof TensorBase && this.shape.length > 1 && other.shape.length > 1)
      return this.run("matmul", [this, other as Tensor], { transposeA, transposeB })[0];
    return scope(() => {
      const b = this.operand("matmul", other);
      for (const x of [this, b])
        if (x.shape.length === 0)
          throw new ShapeError({ op: "matmul", problem: "takes no scalar", got: [this, b], fix: "Use `mul` to scale" });
      const isRow = this.shape.length === 1;
      const isColumn = b.shape.length === 1;
      if (isRow || isColumn) requireInner("matmul", this, b, transposeA, transposeB);
      const product = this.run("matmul", [isRow ? this.expandDims(0) : this, isColumn ? b.expandDims(1) : b], {
        transposeA: transposeA && !isRow,
        transposeB: transposeB && !isColumn,
      })[0];
      return isRow || isColumn ? product.squeeze([...(isRow ? [-2] : []), ...(isColumn ? [-1] : [])]) : product;
    });
  }
  /**
   * NumPy's dot: of vectors their inner product, of matrices the matrix product, with a scalar `mul`; in general the
   * sum over the last axis of the left and the second to last of the right.
   *
   * @throws ShapeError where the summed sizes differ.
   * @example
   * ```ts
   * tensor([1, 2, 3]).dot([4, 5, 6]).toString(); // => 32.
   * ```
   */
  dot(this: Tensor, other: TensorLike): Tensor {
    return scope(() => {
      const b = this.operand("dot", other);
      if (this.shape.length === 0 || b.shape.length === 0) return this.mul(b);
      requireInner("dot", this, b, false, false);
      return b.shape.length < 3 ? this.matmul(b) : this.tensordot(b, [-1, -2]);
    });
  }
  /**
   * The sum of products over pairs of axes: the last `axes` of the left with the first of the right, or the axes
   * named in two lists. The others stay, those of the left first.
   *
   * @throws ShapeError where paired sizes differ; AxisError, ValueError for axes that do not pair up.
   * @example
   * ```ts
   * ones([2, 3, 4]).tensordot(ones([4, 5]), 1).shape; // => [2, 3, 5]
   * ones([2, 3]).tensordot(ones([3, 2]), [[0, 1], [1, 0]]).toString(); // => 6.
   * ```
   */
  tensordot(this: Tensor, other: TensorLike, axes: ContractedAxes = 2): Tensor {
    return scope(() => {
      const b = this.operand("tensordot", other);
      const [left, right] = contractedAxes(this, b, axes);
      const leftFree = this.shape.map((_, axis) => axis).filter((axis) => !left.includes(axis));
      const rightFree = b.shape.map((_, axis) => axis).filter((axis) => !right.includes(axis));
      const leftSizes = leftFree.map((axis) => this.shape[axis] as number);
      const rightSizes = rightFree.map((axis) => b.shape[axis] as number);
      const inner = sizeOf(left.map((axis) => this.shape[axis] as number));
      const rows = this.transpose([...leftFree, ...left]).reshape([sizeOf(leftSizes), inner]);
      const columns = b.transpose([...right, ...rightFree]).reshape([inner, sizeOf(rightSizes)]);
      return rows.matmul(columns).reshape([...leftSizes, ...rightSizes]);
    });
  }
  /**
   * `out[i, j] = a[i] * b[j]` of the flattened tensors.
   *
   * @example
   * ```ts
   * tensor([1, 2]).outer([1, 10]); // => [[ 1. 10.] [ 2. 20.]]
   * ```
   */
  outer(this: Tensor, other: TensorLike): Tensor {
    return scope(() => {
      const b = this.operand("outer", other);
      return this.reshape([sizeOf(this.shape), 1]).mul(b.flatten());
    });
  }
}

/** Checks the summed sizes with the specs that the user gave, before vectors become matrices. */
function requireInner(op: string, a: Spec, b: Spec, transposeA: boolean, transposeB: boolean): void {
  const left = a.shape.at(transposeA && a.shape.length > 1 ? -2 : -1);
  const right = b.shape.at(b.shape.length === 1 || transposeB ? -1 : -2);
  if (left !== right)
    throw new ShapeError({
      op,
      problem: `inner sizes differ (${left} vs ${right})`,
      got: [a, b],
      fix: "The last axis of the left must equal the second to last (a vector: the only one) of the right",
    });
}
