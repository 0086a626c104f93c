/** The base of layers that take one tensor. */
import { ValueError } from "@crease/backend";
import { Layer } from "./layer.ts";

/** A layer of one tensor: lists and objects of tensors are refused with the way out. */
export abstract class UnaryLayer extends Layer {
  protected override checkArrangement(inputs: readonly unknown[] | { readonly [name: string]: unknown }): void {
    const given = Array.isArray(inputs)
      ? `a list of ${inputs.length}`
      : `an object of ${Object.keys(inputs).join(", ")}`;
    throw new ValueError({
      op: this.className,
      problem: `it takes one tensor, got ${given}`,
      fix: "Pick one, or merge them first: `new Concatenate().apply([a, b])`",
    });
  }
}
