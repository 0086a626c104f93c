/** The order of a functional model's calls and layers: that of Keras, which files and summaries show. */
import { ValueError } from "@crease/backend";
import { type GraphNode, type Layer, type Symbolics, SymbolicTensor, type Tensors } from "@crease/layers";

type AnyLayer = Layer<Tensors, Tensors>;

/** Calls and layers in order. */
export interface SortedGraph {
  /** All calls but those of inputs, each behind those that it depends on. */
  readonly nodes: readonly GraphNode[];
  /** All layers, those of inputs too. */
  readonly layers: readonly AnyLayer[];
}

/**
 * Sorts by the longest way to an output, and where that is equal by the order in which a walk from the outputs meets
 * the layers. Keras 3 `map_graph`.
 *
 * @throws ValueError for an input that is given twice or reaches no output, and for an output that needs another input.
 */
export function sortGraph(op: string, inputs: readonly SymbolicTensor[], outputs: Symbolics): SortedGraph {
  if (new Set(inputs).size < inputs.length)
    throw new ValueError({ op, problem: "an input is given twice", fix: "Give each input once" });
  const { nodes, met, reached } = walk(op, new Set(inputs), inKerasOrder(outputs));
  const unused = inputs.find((x) => !reached.has(x));
  if (unused !== undefined)
    throw new ValueError({
      op,
      problem: `the input "${unused.name}" reaches no output`,
      fix: "Leave it out of `inputs`, or use it",
    });
  const depths = new Map<GraphNode, number>();
  const layerDepths = new Map<AnyLayer, number>();
  const inGraph = new Set(nodes);
  for (const node of [...nodes].reverse()) {
    const depth = Math.max(depths.get(node) ?? 0, layerDepths.get(node.layer) ?? 0);
    layerDepths.set(node.layer, depth);
    depths.set(node, depth);
    for (const source of sourcesOf(node))
      if (inGraph.has(source)) depths.set(source, Math.max(depths.get(source) ?? 0, depth + 1));
  }
  const order = [...depths].sort(([, a], [, b]) => b - a).map(([node]) => node);
  const layers = [...layerDepths].sort(([a, x], [b, y]) => y - x || (met.get(a) as number) - (met.get(b) as number));
  return { nodes: order.filter((node) => node.inputs !== null), layers: layers.map(([layer]) => layer) };
}

interface Walk {
  /** The calls that the outputs depend on, each behind those that it depends on. */
  readonly nodes: readonly GraphNode[];
  /** When each layer was met first. */
  readonly met: ReadonlyMap<AnyLayer, number>;
  /** The inputs that were met. */
  readonly reached: ReadonlySet<SymbolicTensor>;
}

/** From the outputs back to the inputs, depth first; without recursion, since graphs come from files too. */
function walk(op: string, inputs: ReadonlySet<SymbolicTensor>, outputs: readonly SymbolicTensor[]): Walk {
  const nodes: GraphNode[] = [];
  const met = new Map<AnyLayer, number>();
  const reached = new Set<SymbolicTensor>();
  const seen = new Set<GraphNode>();
  const open: { readonly node: GraphNode; readonly waiting: Iterator<SymbolicTensor> }[] = [];
  const enter = (x: SymbolicTensor): void => {
    const { node } = x;
    if (inputs.has(x)) reached.add(x);
    else if (node.inputs === null)
      throw new ValueError({
        op,
        problem: `the graph is disconnected: an output needs the input "${x.name}"`,
        fix: "Add it to `inputs`",
      });
    if (seen.has(node) || (inputs.has(x) && node.inputs !== null)) return;
    seen.add(node);
    if (!met.has(node.layer)) met.set(node.layer, met.size);
    open.push({ node, waiting: (node.inputs === null ? [] : inKerasOrder(node.inputs))[Symbol.iterator]() });
  };
  for (const output of outputs) {
    enter(output);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.waiting.next();
      if (!next.done) {
        enter(next.value);
        continue;
      }
      nodes.push(top.node);
      open.pop();
    }
  }
  return { nodes, met, reached };
}

function sourcesOf(node: GraphNode): readonly GraphNode[] {
  return node.inputs === null ? [] : inKerasOrder(node.inputs).map((x) => x.node);
}

/** The symbolic tensors as Keras goes through them: those of an object by the order of their names. */
function inKerasOrder(x: Symbolics): readonly SymbolicTensor[] {
  if (x instanceof SymbolicTensor) return [x];
  if (Array.isArray(x)) return x;
  const entries = Object.entries(x as { readonly [name: string]: SymbolicTensor });
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
