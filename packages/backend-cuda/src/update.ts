/** TensorFlow's update steps, which write into resource variables: made for one call around the tensors that they change. */
import type { Binding, Info, NodeStore, OpAttr, OpOutput } from "./binding.ts";

/** A kernel of an update as the adapter calls it. */
export interface UpdateCall {
  readonly inputs: { readonly targets: readonly Info[]; readonly gradient: Info };
  readonly attrs: {
    /** Which targets may be overwritten. */
    readonly unshared: readonly boolean[];
    /** Inputs of the op between the targets and the gradient. */
    readonly numbers: readonly number[];
  };
  readonly backend: NodeStore;
}

/** TensorFlow's name for a variable that goes when its handle does. */
const anonymous = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

/** Runs an op such as ResourceApplyRMSProp; returns the targets, new ones for those that may not be overwritten. */
export function applyUpdate(
  op: string,
  { inputs: { targets, gradient }, attrs: { unshared, numbers }, backend: store }: UpdateCall,
): readonly Info[] {
  const { binding, tensorMap } = store;
  const [gradientId] = store.getInputTensorIds([gradient]) as [number];
  const dtype: OpAttr = { name: "dtype", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
  const variables = targets.map(({ shape }) => makeVariable(binding, dtype, shape));
  const scalars = numbers.map((x) => binding.createTensor([], binding.TF_FLOAT, Float32Array.of(x)));
  const read = (i: number): OpOutput =>
    binding.executeOp("ReadVariableOp", [dtype], [variables[i] as number], 1)[0] as OpOutput;
  try {
    for (const [i, target] of targets.entries()) {
      const [id] = store.getInputTensorIds([target]) as [number];
      binding.executeOp("AssignVariableOp", [], [variables[i] as number, id], 0);
      // A variable that alone holds its elements is changed where it is; else TensorFlow copies them first.
      if (unshared[i]) binding.deleteTensor(id);
    }
    try {
      binding.executeOp(op, [], [...variables, ...scalars, gradientId], 0);
    } finally {
      for (const [i, { dataId }] of targets.entries()) if (unshared[i]) tensorMap.get(dataId).id = read(i).id;
    }
    return targets.map((target, i) => {
      if (unshared[i]) return target;
      const dataId = {};
      tensorMap.set(dataId, { ...read(i), values: null, refCount: 1 });
      return { ...target, dataId };
    });
  } finally {
    for (const id of [...variables, ...scalars]) binding.deleteTensor(id);
  }
}

function makeVariable(binding: Binding, dtype: OpAttr, shape: readonly number[]): number {
  const attrs: readonly OpAttr[] = [
    dtype,
    { name: "shape", type: binding.TF_ATTR_SHAPE, value: shape },
    { name: "shared_name", type: binding.TF_ATTR_STRING, value: anonymous },
  ];
  return (binding.executeOp("VarHandleOp", attrs, [], 1)[0] as OpOutput).id;
}
