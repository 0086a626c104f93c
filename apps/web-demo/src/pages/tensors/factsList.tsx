/** The key attributes of a tensor: number of axes, shape, dtype, and the bytes that it takes. */
import type { JSX } from "preact";
import { useApp } from "../../app/appState.ts";
import { fill } from "../../app/words.ts";
import type { Facts } from "./calls.ts";
import type { TensorsWords } from "./words.ts";

/** Whose attributes they are. */
export interface FactsListProps {
  readonly words: TensorsWords;
  readonly facts: Facts | undefined;
  readonly name: string;
}

/** As `[2, 3]`, with the comma of TypeScript. */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}

/** The list; dashes until there is something to say. */
export function FactsList({ words, facts, name }: FactsListProps): JSX.Element {
  const { language } = useApp();
  const grouped = (value: number): string => value.toLocaleString(language.value);
  const entries = [
    ["ndim", facts && String(facts.ndim)],
    ["shape", facts && shapeText(facts.shape)],
    ["dtype", facts?.dtype],
    [words.bytes, facts && fill(words.bytesValue, { count: grouped(facts.bytes) })],
  ] as const;
  return (
    <dl class="tensors-facts" aria-label={fill(words.factsOf, { name })}>
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{value ?? "–"}</dd>
        </div>
      ))}
    </dl>
  );
}
