/** What this package sees of tfjs-node-gpu: its native binding to libtensorflow, and the store of data above it. */
import type { Shape } from "@crease/backend";

/** An attribute of an op; types are inferred from the inputs where they are left out. */
export interface OpAttr {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean | string | Shape;
}

/** An output of an op. */
export interface OpOutput {
  readonly id: number;
  readonly shape: Shape;
  readonly dtype: number;
}

/** The native module: eager ops of libtensorflow on tensors that are known by numbers. */
export interface Binding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_ATTR_STRING: number;
  createTensor(shape: Shape, dtype: number, values: Float32Array | Int32Array | Uint8Array): number;
  deleteTensor(id: number): void;
  executeOp(op: string, attrs: readonly OpAttr[], inputs: readonly number[], outputs: number): readonly OpOutput[];
  /** Whether libtensorflow registered a GPU. */
  isUsingGpuDevice(): boolean;
}

/** A tfjs tensor without its class. */
export interface Info {
  readonly dataId: object;
  readonly shape: Shape;
  readonly dtype: string;
}

/** tfjs-node-gpu's `NodeJSKernelBackend`. */
export interface NodeStore {
  readonly binding: Binding;
  readonly tensorMap: { get(dataId: object): { id: number }; set(dataId: object, data: object): void };
  /** The binding's numbers for tensors; what was only written so far is handed over. */
  getInputTensorIds(tensors: readonly Info[]): number[];
}
