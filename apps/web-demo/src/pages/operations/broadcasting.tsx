/** Broadcasting: two shapes of the reader's, axis by axis, and the library's word on them. */
import type { JSX } from "preact";
import { fill } from "../../app/words.ts";
import { Button } from "../../components/button.tsx";
import { Code } from "../../components/code.tsx";
import { NumberField } from "../../components/fields.tsx";
import { Figure } from "../../components/figure.tsx";
import { Notice } from "../../components/notice.tsx";
import type { Broadcast } from "./calls.ts";
import { NumberGrid } from "./numberGrid.tsx";
import { type AxisMeeting, meetingsOf, mostElements, resultSize } from "./shapeText.ts";
import type { OperationsWords, PartProps } from "./words.ts";

const examples = [
  ["[3, 4]", "[4]"],
  ["[3, 1]", "[1, 5]"],
  ["[64, 3, 32, 10]", "[32, 10]"],
  ["[3, 4]", "[3]"],
  ["[2, 3]", "[]"],
] as const;

/** The figure. */
export function Broadcasting({ session, words }: PartProps): JSX.Element {
  const texts = session.shapeTexts.value;
  const [a, b] = session.shapes.value;
  const problemOf = (shape: typeof a): string | undefined =>
    typeof shape === "string" ? words[`shape.${shape}`] : undefined;
  const type = (which: 0 | 1, text: string): void => {
    session.shapeTexts.value = which === 0 ? [text, texts[1]] : [texts[0], text];
  };
  return (
    <Figure class="operations-code">
      <div class="operations-shapes">
        <NumberField label={words.shapeA} value={texts[0]} problem={problemOf(a)} onInput={(text) => type(0, text)} />
        <NumberField label={words.shapeB} value={texts[1]} problem={problemOf(b)} onInput={(text) => type(1, text)} />
      </div>
      <div class="button-row operations-examples">
        {examples.map((example) => (
          <Button
            key={example.join()}
            pressed={example.join() === texts.join()}
            onClick={() => {
              session.shapeTexts.value = example;
            }}
          >
            {example[0]} + {example[1]}
          </Button>
        ))}
      </div>
      {typeof a !== "string" && typeof b !== "string" && <Meeting session={session} words={words} a={a} b={b} />}
    </Figure>
  );
}

type MeetingProps = PartProps & { readonly a: readonly number[]; readonly b: readonly number[] };

function Meeting({ session, words, a, b }: MeetingProps): JSX.Element {
  const meetings = meetingsOf(a, b);
  const answer = session.broadcast.answer.value;
  if (resultSize(meetings) > mostElements) return <Notice kind="info">{words["shape.tooLarge"]}</Notice>;
  const isCurrent = answer?.input.a.join() === a.join() && answer.input.b.join() === b.join();
  const output = answer?.kind === "ready" && isCurrent ? answer.output : undefined;
  const code = `arange(${sizeOf(a)}).reshape([${a.join(", ")}]).add(\n  arange(${sizeOf(b)}).reshape([${b.join(", ")}]).mul(10),\n).shape;`;
  return (
    <>
      <AxisTable words={words} meetings={meetings} shape={output?.shape} />
      <Code code={output === undefined ? code : `${code} // [${output.shape.join(", ")}]`} label={words.codeLabel} />
      {answer?.kind === "refused" && isCurrent && (
        <Notice kind="warning">
          <strong>{answer.error}:</strong> {answer.message}
        </Notice>
      )}
      {output?.grids !== undefined && <Grids words={words} grids={output.grids} a={a} b={b} />}
    </>
  );
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((x, y) => x * y, 1);
}

interface AxisTableProps {
  readonly words: OperationsWords;
  readonly meetings: readonly AxisMeeting[];
  readonly shape: readonly number[] | undefined;
}

function AxisTable({ words, meetings, shape }: AxisTableProps): JSX.Element {
  const count = meetings.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: many axes scroll, by keyboard too.
    <section class="operations-meeting" tabIndex={0} aria-label={words.meetingLabel}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.axis}</th>
            {meetings.map((_, i) => (
              <th key={i} scope="col">
                {i - count}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(["a", "b"] as const).map((side) => (
            <tr key={side}>
              <th scope="row">{side}</th>
              {meetings.map((meeting, i) => {
                const isGrown = meeting.kind.endsWith(side.toUpperCase());
                return (
                  <td key={i} class={meeting.kind === "clash" ? "is-clash" : isGrown ? "is-grown" : ""}>
                    {meeting[side] ?? "·"}
                  </td>
                );
              })}
            </tr>
          ))}
          <tr>
            <th scope="row">a + b</th>
            {meetings.map(({ kind }, i) => (
              <td key={i} class={kind === "clash" ? "is-clash" : "is-result"}>
                {kind === "clash" ? "✕" : (shape?.[i] ?? "…")}
              </td>
            ))}
          </tr>
          <tr class="operations-verdicts">
            <td />
            {meetings.map((meeting, i) => (
              <td key={i}>{fill(words[`meeting.${meeting.kind}`], { a: meeting.a ?? "", b: meeting.b ?? "" })}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}

interface GridsProps {
  readonly words: OperationsWords;
  readonly grids: NonNullable<Broadcast["grids"]>;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** Both operands as large as the result; what is there only because it was repeated is a ghost. */
function Grids({ words, grids, a, b }: GridsProps): JSX.Element {
  const ghosts = (shape: readonly number[]) => (row: number, column: number) =>
    row >= (shape.at(-2) ?? 1) || column >= (shape.at(-1) ?? 1) ? "is-ghost" : "";
  return (
    <>
      <div class="operations-row operations-small">
        <NumberGrid rows={grids.a} label="a" mark={ghosts(a)} />
        <div class="operations-term">
          <span class="operations-sign">+</span>
          <NumberGrid rows={grids.b} label="b" mark={ghosts(b)} />
        </div>
        <div class="operations-term">
          <span class="operations-sign">=</span>
          <NumberGrid rows={grids.sum} label={words.result} />
        </div>
      </div>
      <p class="hint">{words.ghosts}</p>
    </>
  );
}
