/** What gradients are taken by: one tensor or Variable, or an array or plain object of them. */
import { ValueError } from "@crease/backend";
import { Tensor, Variable } from "@crease/tensor";

/** A place that a gradient can be taken by. */
export type Source = Tensor | Variable;
/** One source, or an array or plain object of sources. */
export type Sources = Source | readonly Source[] | { readonly [name: string]: Source };
/** Gradients in the structure of their sources; null where target and source are not connected. */
export type Gradients<S extends Sources> = S extends Source ? Tensor | null : { [K in keyof S]: Tensor | null };

/** All sources in order. @throws ValueError for anything else among them. */
export function listSources(op: string, sources: Sources): readonly Source[] {
  const isGroup = typeof sources === "object" && sources !== null && !isSource(sources);
  const list = isGroup ? Object.values(sources as { readonly [name: string]: Source }) : [sources as Source];
  for (const source of list)
    if (!isSource(source))
      throw new ValueError({
        op,
        problem: `${source === null || source === undefined ? source : `a ${typeof source}`} is no source of gradients`,
        fix: "Give a Tensor, a Variable, or an array or plain object of these",
      });
  return list;
}

/** The values, one for each listed source, in the structure of the sources. */
export function inStructure<S extends Sources>(sources: S, values: readonly (Tensor | null)[]): Gradients<S> {
  if (isSource(sources)) return values[0] as Gradients<S>;
  if (Array.isArray(sources)) return values as unknown as Gradients<S>;
  return Object.fromEntries(Object.keys(sources).map((name, i) => [name, values[i]])) as Gradients<S>;
}

function isSource(value: unknown): value is Source {
  return value instanceof Tensor || value instanceof Variable;
}
