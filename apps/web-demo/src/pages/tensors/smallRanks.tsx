/** Rank 0, 1 and 2: a number, a row of numbers, a table of numbers. */
import type { JSX } from "preact";
import { Code } from "../../components/code.tsx";
import { NumberField } from "../../components/fields.tsx";
import { Figure } from "../../components/figure.tsx";
import { Rich } from "../../components/rich.tsx";
import { Cells } from "./cells.tsx";
import { FactsList } from "./factsList.tsx";
import type { TensorsSession } from "./session.ts";
import { Slicer } from "./slicer.tsx";
import type { TensorsWords } from "./words.ts";

/** What a part of the page works with. */
export interface PartProps {
  readonly session: TensorsSession;
  readonly words: TensorsWords;
}

/** The most numbers of the reader's vector. */
const longest = 12;

/** The three sections. */
export function SmallRanks({ session, words }: PartProps): JSX.Element {
  return (
    <>
      <h2>{words.scalarTitle}</h2>
      <p>
        <Rich text={words.scalarText} />
      </p>
      <ScalarFigure session={session} words={words} />
      <h2>{words.vectorTitle}</h2>
      <p>
        <Rich text={words.vectorText} />
      </p>
      <VectorFigure session={session} words={words} />
      <h2>{words.matrixTitle}</h2>
      <p>
        <Rich text={words.matrixText} />
      </p>
      <Figure wide>
        <div class="tensors-sides">
          <div>
            <Cells exhibit={session.matrix} label={words.matrixLabel} />
            <FactsList words={words} facts={session.matrix.whole.ready.value?.output.facts} name="m" />
          </div>
          <Slicer
            words={words}
            exhibit={session.matrix}
            name="m"
            axes={[words.axisRow, words.axisColumn]}
            presets={[
              { label: words.presetRow, fields: ["0", "null"] },
              { label: words.presetColumn, fields: ["null", "1"] },
              { label: words.presetEven, fields: ["null", "[null, null, 2]"] },
              { label: words.presetBack, fields: ["[null, null, -1]", "null"] },
            ]}
          />
        </div>
      </Figure>
    </>
  );
}

/** The numbers that a text lists; undefined where it lists something else, or too many. */
export function readNumbers(text: string, most: number): readonly number[] | undefined {
  const parts = text.split(/[\s,]+/).filter((part) => part !== "");
  const numbers = parts.map(Number);
  return numbers.length >= 1 && numbers.length <= most && numbers.every(Number.isFinite) ? numbers : undefined;
}

function ScalarFigure({ session, words }: PartProps): JSX.Element {
  const { scalar, scalarText } = session;
  const numbers = readNumbers(scalarText.value, 1);
  const type = (text: string): void => {
    scalarText.value = text;
    const value = readNumbers(text, 1)?.[0];
    if (value !== undefined) scalar.source.value = { kind: "scalar", value };
  };
  const printed = scalar.part.ready.value?.output.text;
  return (
    <Figure>
      <NumberField
        label={words.scalarField}
        value={scalarText.value}
        whole={false}
        problem={numbers === undefined ? words.scalarProblem : undefined}
        onInput={type}
      />
      <Code
        code={`const x = tensor(${numbers?.[0] ?? "…"});\nx.toString(); // ${numbers === undefined ? "" : (printed ?? "")}`}
        label={words.codeLabel}
      />
      <FactsList words={words} facts={scalar.whole.ready.value?.output.facts} name="x" />
    </Figure>
  );
}

function VectorFigure({ session, words }: PartProps): JSX.Element {
  const { vector, vectorText } = session;
  const numbers = readNumbers(vectorText.value, longest);
  const type = (text: string): void => {
    vectorText.value = text;
    const values = readNumbers(text, longest);
    if (values !== undefined) vector.source.value = { kind: "vector", values };
  };
  return (
    <Figure wide>
      <div class="tensors-sides">
        <div>
          <NumberField
            label={words.vectorField}
            value={vectorText.value}
            whole={false}
            problem={numbers === undefined ? words.vectorProblem : undefined}
            onInput={type}
          />
          <Cells exhibit={vector} label={words.vectorLabel} />
          <FactsList words={words} facts={vector.whole.ready.value?.output.facts} name="v" />
        </div>
        <Slicer
          words={words}
          exhibit={vector}
          name="v"
          axes={[words.axisElement]}
          presets={[
            { label: words.presetFirst, fields: ["0"] },
            { label: words.presetLastTwo, fields: ["[-2]"] },
            { label: words.presetEven, fields: ["[null, null, 2]"] },
            { label: words.presetBack, fields: ["[null, null, -1]"] },
          ]}
        />
      </div>
    </Figure>
  );
}
