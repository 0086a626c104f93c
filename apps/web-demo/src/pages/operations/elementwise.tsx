/** Elementwise operations on two small matrices of the reader's. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { fill } from "../../app/words.ts";
import { Code } from "../../components/code.tsx";
import { Segments } from "../../components/fields.tsx";
import { Figure } from "../../components/figure.tsx";
import { type ElementwiseName, elementwiseNames, type Rows } from "./calls.ts";
import { NumberGrid } from "./numberGrid.tsx";
import type { PartProps } from "./words.ts";

const signs: Readonly<Record<ElementwiseName, string>> = {
  add: "+",
  sub: "−",
  mul: "×",
  maximum: "max",
  relu: "relu",
  neg: "−",
};

/** The figure. */
export function Elementwise({ session, words }: PartProps): JSX.Element {
  const { name, a, b } = session.elementwise.value;
  const result = session.elementwiseResult.ready.value;
  const isUnary = name === "relu" || name === "neg";
  const call = isUnary ? `a.${name}()` : `a.${name}(b)`;
  const printed = result?.input.name === name ? result.output.text.replaceAll(/^/gm, "// ") : "";
  return (
    <Figure>
      <Segments
        label={words.operation}
        value={name}
        options={elementwiseNames.map((value) => ({ value, label: value }))}
        onChange={(value) => session.setElementwise({ name: value })}
      />
      <div class="operations-row operations-elementwise">
        <div class="operations-term">
          <span class="operations-sign">{isUnary && signs[name]}</span>
          <NumberInputs rows={a} name="a" words={words} onChange={(rows) => session.setElementwise({ a: rows })} />
        </div>
        {!isUnary && (
          <div class="operations-term">
            <span class="operations-sign">{signs[name]}</span>
            <NumberInputs rows={b} name="b" words={words} onChange={(rows) => session.setElementwise({ b: rows })} />
          </div>
        )}
        <div class="operations-term">
          <span class="operations-sign">=</span>
          {result !== undefined && (
            <NumberGrid
              rows={result.output.rows}
              label={words.result}
              mark={(i, j) => (name === "relu" && (a[i]?.[j] ?? 0) < 0 ? "is-hot" : "")}
            />
          )}
        </div>
      </div>
      <Code code={`${call};\n${printed}`} label={words.codeLabel} />
    </Figure>
  );
}

interface NumberInputsProps extends Pick<PartProps, "words"> {
  readonly rows: Rows;
  readonly name: string;
  onChange(rows: Rows): void;
}

/** A matrix to type into. What is no number stays as typed, is marked, and changes nothing. */
function NumberInputs({ rows, name, words, onChange }: NumberInputsProps): JSX.Element {
  const [texts, setTexts] = useState<readonly (readonly string[])[]>(rows.map((row) => row.map(String)));
  const type = (i: number, j: number, text: string): void => {
    setTexts(texts.map((row, at) => (at === i ? row.map((old, k) => (k === j ? text : old)) : row)));
    const value = readNumber(text);
    if (value !== undefined)
      onChange(rows.map((row, at) => (at === i ? row.map((old, k) => (k === j ? value : old)) : row)));
  };
  return (
    <table class="operations-grid operations-inputs">
      <tbody>
        {texts.map((row, i) => (
          <tr key={i}>
            {row.map((text, j) => (
              <td key={j}>
                <input
                  type="text"
                  inputMode="decimal"
                  autocomplete="off"
                  value={text}
                  aria-label={fill(words.cellLabel, { name, row: i, column: j })}
                  aria-invalid={readNumber(text) === undefined}
                  onInput={(event) => type(i, j, event.currentTarget.value)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function readNumber(text: string): number | undefined {
  const value = Number(text.replace("−", "-"));
  return text.trim() !== "" && Number.isFinite(value) ? value : undefined;
}
